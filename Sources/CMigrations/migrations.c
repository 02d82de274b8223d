#include "CMigrations.h"

/* A new migration: one array here, one line in the table below. */
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
#embed "../../Migrations/0005_payment.sql"
};
static const unsigned char m0006[] = {
#embed "../../Migrations/0006_stripe.sql"
};
static const unsigned char m0007[] = {
#embed "../../Migrations/0007_check_out.sql"
};
static const unsigned char m0008[] = {
#embed "../../Migrations/0008_statement.sql"
};
static const unsigned char m0009[] = {
#embed "../../Migrations/0009_access.sql"
};
static const unsigned char m0010[] = {
#embed "../../Migrations/0010_request.sql"
};
static const unsigned char m0011[] = {
#embed "../../Migrations/0011_pages.sql"
};
static const unsigned char m0012[] = {
#embed "../../Migrations/0012_background.sql"
};
static const unsigned char m0013[] = {
#embed "../../Migrations/0013_parked_operation.sql"
};
static const unsigned char m0014[] = {
#embed "../../Migrations/0014_repair.sql"
};
static const unsigned char m0015[] = {
#embed "../../Migrations/0015_notice_code.sql"
};
static const unsigned char m0016[] = {
#embed "../../Migrations/0016_row_numbers.sql"
};
static const unsigned char m0017[] = {
#embed "../../Migrations/0017_request_in_order.sql"
};
static const unsigned char m0018[] = {
#embed "../../Migrations/0018_line_item_kind.sql"
};
static const unsigned char m0019[] = {
#embed "../../Migrations/0019_request_decision.sql"
};
static const unsigned char m0020[] = {
#embed "../../Migrations/0020_ownership.sql"
};
static const unsigned char m0021[] = {
#embed "../../Migrations/0021_others.sql"
};
static const unsigned char m0022[] = {
#embed "../../Migrations/0022_money_back.sql"
};
static const unsigned char m0023[] = {
#embed "../../Migrations/0023_lost_card.sql"
};
static const unsigned char m0024[] = {
#embed "../../Migrations/0024_found_decision.sql"
};
static const unsigned char m0025[] = {
#embed "../../Migrations/0025_webhook_secret.sql"
};
static const unsigned char m0026[] = {
#embed "../../Migrations/0026_known_place.sql"
};
static const unsigned char m0027[] = {
#embed "../../Migrations/0027_audit.sql"
};
static const unsigned char m0028[] = {
#embed "../../Migrations/0028_stripe_rights.sql"
};
static const unsigned char m0029[] = {
#embed "../../Migrations/0029_spent_key.sql"
};

#define MIGRATION(file, array) { file, array, sizeof array }

static const struct ledger_migration table[] = {
  MIGRATION("0001_tenant.sql", m0001),
  MIGRATION("0002_folio.sql", m0002),
  MIGRATION("0003_journal.sql", m0003),
  MIGRATION("0004_line_item.sql", m0004),
  MIGRATION("0005_payment.sql", m0005),
  MIGRATION("0006_stripe.sql", m0006),
  MIGRATION("0007_check_out.sql", m0007),
  MIGRATION("0008_statement.sql", m0008),
  MIGRATION("0009_access.sql", m0009),
  MIGRATION("0010_request.sql", m0010),
  MIGRATION("0011_pages.sql", m0011),
  MIGRATION("0012_background.sql", m0012),
  MIGRATION("0013_parked_operation.sql", m0013),
  MIGRATION("0014_repair.sql", m0014),
  MIGRATION("0015_notice_code.sql", m0015),
  MIGRATION("0016_row_numbers.sql", m0016),
  MIGRATION("0017_request_in_order.sql", m0017),
  MIGRATION("0018_line_item_kind.sql", m0018),
  MIGRATION("0019_request_decision.sql", m0019),
  MIGRATION("0020_ownership.sql", m0020),
  MIGRATION("0021_others.sql", m0021),
  MIGRATION("0022_money_back.sql", m0022),
  MIGRATION("0023_lost_card.sql", m0023),
  MIGRATION("0024_found_decision.sql", m0024),
  MIGRATION("0025_webhook_secret.sql", m0025),
  MIGRATION("0026_known_place.sql", m0026),
  MIGRATION("0027_audit.sql", m0027),
  MIGRATION("0028_stripe_rights.sql", m0028),
  MIGRATION("0029_spent_key.sql", m0029),
};

const struct ledger_migration *const ledger_migrations = table;
const size_t ledger_migrations_count = sizeof table / sizeof table[0];
