#pragma once
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast of -1 to a function pointer, and sqlite3_config and
   sqlite3_db_config end in "...": Swift imports none of them. */
static inline sqlite3_destructor_type ledger_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline int ledger_sqlite_db_config_int(sqlite3 *db, int option, int value) { return sqlite3_db_config(db, option, value, 0); }
/* A global of SQLite's, which is read whenever a file for the moment is made. Only the first call counts. */
static inline void ledger_sqlite_temp_directory(const char *folder) {
  if (!sqlite3_temp_directory) sqlite3_temp_directory = sqlite3_mprintf("%s", folder);
}
static inline int ledger_sqlite_config_int(int option, int value) { return sqlite3_config(option, value); }
