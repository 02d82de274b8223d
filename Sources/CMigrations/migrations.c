/* Written by scripts/migrations. */
#include "CMigrations.h"

static const unsigned char m0001[] = {
#embed "../../Migrations/0001_tenant.sql"
};

static const unsigned char m0002[] = {
#embed "../../Migrations/0002_folio.sql"
};

static const unsigned char m0003[] = {
#embed "../../Migrations/0003_journal.sql"
};

static const unsigned char m0004[] = {
#embed "../../Migrations/0004_line_item.sql"
};

static const unsigned char m0005[] = {
#embed "../../Migrations/0005_saved_card.sql"
};

static const unsigned char m0006[] = {
#embed "../../Migrations/0006_hold.sql"
};

static const unsigned char m0007[] = {
#embed "../../Migrations/0007_payment.sql"
};

static const unsigned char m0008[] = {
#embed "../../Migrations/0008_refund.sql"
};

static const unsigned char m0009[] = {
#embed "../../Migrations/0009_check_out.sql"
};

static const unsigned char m0010[] = {
#embed "../../Migrations/0010_receipt.sql"
};

static const unsigned char m0011[] = {
#embed "../../Migrations/0011_stripe_account.sql"
};

static const unsigned char m0012[] = {
#embed "../../Migrations/0012_operation.sql"
};

static const unsigned char m0013[] = {
#embed "../../Migrations/0013_event.sql"
};

static const unsigned char m0014[] = {
#embed "../../Migrations/0014_balance.sql"
};

static const unsigned char m0015[] = {
#embed "../../Migrations/0015_statement.sql"
};

static const unsigned char m0016[] = {
#embed "../../Migrations/0016_found_object.sql"
};

static const unsigned char m0017[] = {
#embed "../../Migrations/0017_request.sql"
};

static const unsigned char m0018[] = {
#embed "../../Migrations/0018_access.sql"
};

static const unsigned char m0019[] = {
#embed "../../Migrations/0019_audit.sql"
};

static const unsigned char m0020[] = {
#embed "../../Migrations/0020_background.sql"
};

static const struct ledger_migration table[] = {
  {"0001_tenant.sql", m0001, sizeof m0001},
  {"0002_folio.sql", m0002, sizeof m0002},
  {"0003_journal.sql", m0003, sizeof m0003},
  {"0004_line_item.sql", m0004, sizeof m0004},
  {"0005_saved_card.sql", m0005, sizeof m0005},
  {"0006_hold.sql", m0006, sizeof m0006},
  {"0007_payment.sql", m0007, sizeof m0007},
  {"0008_refund.sql", m0008, sizeof m0008},
  {"0009_check_out.sql", m0009, sizeof m0009},
  {"0010_receipt.sql", m0010, sizeof m0010},
  {"0011_stripe_account.sql", m0011, sizeof m0011},
  {"0012_operation.sql", m0012, sizeof m0012},
  {"0013_event.sql", m0013, sizeof m0013},
  {"0014_balance.sql", m0014, sizeof m0014},
  {"0015_statement.sql", m0015, sizeof m0015},
  {"0016_found_object.sql", m0016, sizeof m0016},
  {"0017_request.sql", m0017, sizeof m0017},
  {"0018_access.sql", m0018, sizeof m0018},
  {"0019_audit.sql", m0019, sizeof m0019},
  {"0020_background.sql", m0020, sizeof m0020},
};

const struct ledger_migration *const ledger_migrations = table;
const size_t ledger_migrations_count = sizeof table / sizeof table[0];
