#pragma once
#include <stddef.h>

/// A file of Migrations/, compiled into the binary.
struct ledger_migration {
  const char *file;  // "0001_ledger.sql"
  const unsigned char *bytes;
  size_t count;
};

extern const struct ledger_migration *const ledger_migrations;
extern const size_t ledger_migrations_count;
