#pragma once
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast of -1 to a function pointer, and sqlite3_config and
   sqlite3_db_config end in "...": Swift imports none of them. */
static inline sqlite3_destructor_type ledger_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline int ledger_sqlite_db_config_int(sqlite3 *db, int option, int value) { return sqlite3_db_config(db, option, value, 0); }
static inline int ledger_sqlite_config_int(int option, int value) { return sqlite3_config(option, value); }

/* What the file system says of a file, which Glibc's module does not import either. */
#include <fcntl.h>
#include <linux/stat.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

/* `born` in nanoseconds since 1970, 0 where it is not known. Returns 0, or -1 with errno. */
static inline int ledger_file_identity(const char *path, int64_t *inode, int64_t *born) {
  struct statx status;
  if (syscall(SYS_statx, AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &status) != 0) return -1;
  *inode = (int64_t)status.stx_ino;
  *born = status.stx_mask & STATX_BTIME ? status.stx_btime.tv_sec * INT64_C(1000000000) + status.stx_btime.tv_nsec : 0;
  return 0;
}
static inline ssize_t ledger_get_attribute(const char *path, const char *name, void *value, size_t size) { return getxattr(path, name, value, size); }
static inline int ledger_set_attribute(const char *path, const char *name, const void *value, size_t size) { return setxattr(path, name, value, size, 0); }
