/* Written by scripts/migrations. */
#include "CMigrations.h"

/* 13c7b41d8de811fcade4f20e2ee7f800b0a9f392ae12b9fb62758051e9cd180e */
static const unsigned char m0001[] = {
#embed "../../Migrations/0001_tenant.sql"
};

/* eb80f67e8c53f794c5ded2e1cdc02eb239317468ca720430ae6acba71652dc99 */
static const unsigned char m0002[] = {
#embed "../../Migrations/0002_folio.sql"
};

/* 1eadecec273d058fbc33ae1f6b0d9cee81a7c9d2e6204acd92a43fcfda47d349 */
static const unsigned char m0003[] = {
#embed "../../Migrations/0003_journal.sql"
};

/* ba3d0122d23b4415d7d8295faeadb0843e7f211aacb1040b4a4a42b4e4f69a34 */
static const unsigned char m0004[] = {
#embed "../../Migrations/0004_line_item.sql"
};

/* 2198452bace79bc327eea8d0d657f717fa5fb4b14c88cee756d0eabef6ff8581 */
static const unsigned char m0005[] = {
#embed "../../Migrations/0005_saved_card.sql"
};

/* 818c28bdf507bacea0ca6d23f9c96af69a458f5ce40f684c0450aa1aa426a629 */
static const unsigned char m0006[] = {
#embed "../../Migrations/0006_hold.sql"
};

/* cb9981c92448cbdee2b805688a416309ed4ecddb4a663faadafed775ad007bbd */
static const unsigned char m0007[] = {
#embed "../../Migrations/0007_payment.sql"
};

/* ce49c93a28f60557668a3f296e76f07dfbc735038359b2d4663d4330b1156813 */
static const unsigned char m0008[] = {
#embed "../../Migrations/0008_refund.sql"
};

/* 40519c53896eef369745b58f82629f617fc0405f70f5ccf1d52a1b64ee983421 */
static const unsigned char m0009[] = {
#embed "../../Migrations/0009_check_out.sql"
};

/* be7753725bea85fbbc5a01e60f9ad2ee56e8fff614ce1f7625e35a7848564c67 */
static const unsigned char m0010[] = {
#embed "../../Migrations/0010_receipt.sql"
};

/* 3b8c1cb0390766c7d705536b85efdbac0e29ced02e3861aa0fe0cd0a9b643566 */
static const unsigned char m0011[] = {
#embed "../../Migrations/0011_stripe_account.sql"
};

/* c4c58d4b6bf1ff8282310afb8afedf92ea319bff2ebb0abde396e1b086fdf0b4 */
static const unsigned char m0012[] = {
#embed "../../Migrations/0012_operation.sql"
};

/* 7ef8d818ab8ed6faef575bcf267cadf3c5a422ae0a34b0b9351fba17c9370f29 */
static const unsigned char m0013[] = {
#embed "../../Migrations/0013_event.sql"
};

/* 4913170fc8bd39cdd718b258d4d93181171fe8db99a443d0842484eea4415727 */
static const unsigned char m0014[] = {
#embed "../../Migrations/0014_balance.sql"
};

/* a3f3dd2a37344a3209145906a8f9ea84311b6f3278cae6448469f40078a5d322 */
static const unsigned char m0015[] = {
#embed "../../Migrations/0015_statement.sql"
};

/* 2c6ac41d74dd99bcd5d6bb2c7861507415779bb78fac3a39a7dbb54276dd4b84 */
static const unsigned char m0016[] = {
#embed "../../Migrations/0016_found_object.sql"
};

/* f637303066a553756001a5e3e59f1a8aebf51564c1a2ea809b3aa0f25d19926a */
static const unsigned char m0017[] = {
#embed "../../Migrations/0017_request.sql"
};

/* 25ef8e6b7ef934589f20d78b84355fccdc2bd4794c86d5fd5c0becf4efd4cd24 */
static const unsigned char m0018[] = {
#embed "../../Migrations/0018_access.sql"
};

/* d510ecfd2e59cce5a5bbfbeb2ba482af4752aabd6432d91e984f65b58b3823c2 */
static const unsigned char m0019[] = {
#embed "../../Migrations/0019_audit.sql"
};

/* 445ab3ca805b0c7a480ceba870b3f440407c490fcf19a301c234711ec1d2bed1 */
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
