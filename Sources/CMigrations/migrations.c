/* Written by scripts/migrations. */
#include "CMigrations.h"

/* 6803243a0e16a989679330720502df573054cd1527fde042661fc374aee2f407 */
static const unsigned char m0001[] = {
#embed "../../Migrations/0001_tenant.sql"
};

/* 579902550e769e10838dbea2939d67c7ce264413283b6e1634282fc55580afe7 */
static const unsigned char m0002[] = {
#embed "../../Migrations/0002_folio.sql"
};

/* 58f2b9d564ee3fc2979f9fcef5685a5b51aec6d05d9b566f47cc72187966619b */
static const unsigned char m0003[] = {
#embed "../../Migrations/0003_journal.sql"
};

/* da124638cba7656f9f474c2ebc7a7031f1de561c5ea84909dbebc9f89cc860e9 */
static const unsigned char m0004[] = {
#embed "../../Migrations/0004_line_item.sql"
};

/* 31a9e13492d8585deb35940bae1594d4b2d3e2263d505a0983ee4266a973d8dd */
static const unsigned char m0005[] = {
#embed "../../Migrations/0005_saved_card.sql"
};

/* 8422f41ca84fb565f2c6d20a1c9df9f07651e8ce51f97cd934d616c3dfd53fdb */
static const unsigned char m0006[] = {
#embed "../../Migrations/0006_hold.sql"
};

/* 30ece7dede64296c7edae31708150e57c18adc31807233096e608246d6e8eb9d */
static const unsigned char m0007[] = {
#embed "../../Migrations/0007_payment.sql"
};

/* 99b4a47ab0f3e4429f4324d8ee11fc4a164bd35705b6ef67d8f9998b023589e4 */
static const unsigned char m0008[] = {
#embed "../../Migrations/0008_refund.sql"
};

/* e1b0f3d4885085169f24b4ef8476f069deba0d7ba84ee5409031a0985d719c50 */
static const unsigned char m0009[] = {
#embed "../../Migrations/0009_check_out.sql"
};

/* 6b236e4f59eacb95a8292cd46efb673b44bbc706a8eaf2c5d4ca22c8c3e9a6b0 */
static const unsigned char m0010[] = {
#embed "../../Migrations/0010_document.sql"
};

/* 3f70ad5211f8346a721075b84faf64118adf356c8fea9faae35e82496ee4f143 */
static const unsigned char m0011[] = {
#embed "../../Migrations/0011_stripe_account.sql"
};

/* 5c7e5f494150191b3269a62af79ac26cf1dfa4e40ea5559b832b5783ee2d4a1c */
static const unsigned char m0012[] = {
#embed "../../Migrations/0012_operation.sql"
};

/* 309d8137e9f835a2d1da47407865cc3623c8337a6e161c8e41a1118fb4f53016 */
static const unsigned char m0013[] = {
#embed "../../Migrations/0013_event.sql"
};

/* 768b37e1054806232c7b5172d6b26ccae6deb00e55caebb24b4825085ca7e0a9 */
static const unsigned char m0014[] = {
#embed "../../Migrations/0014_balance.sql"
};

/* 0fcc066a4e1be1a88af4b4faf1af066fce2ed77b19e9ca9e29460f7fce0b48fe */
static const unsigned char m0015[] = {
#embed "../../Migrations/0015_statement.sql"
};

/* 1bcb89e81bbc6877e1e1ec467686ff0b9644a064fe8117d347196fdd7ce59ce2 */
static const unsigned char m0016[] = {
#embed "../../Migrations/0016_found_object.sql"
};

/* 1023823701e1e8263864207bcb91cf0bb79473a149130e80ea0fee17329893e4 */
static const unsigned char m0017[] = {
#embed "../../Migrations/0017_request.sql"
};

/* a4cf3a76b8d5f5149a1853d3a988820d5f615144ae41904370ddedf342fa9a54 */
static const unsigned char m0018[] = {
#embed "../../Migrations/0018_access.sql"
};

/* 907005ff77a16bfe23c77bd1c2576b45215c60ff25f178a08ee6c718c5672b45 */
static const unsigned char m0019[] = {
#embed "../../Migrations/0019_audit.sql"
};

/* 76a5515c553d17f23a401730b5df39c7fc3fb5031988a4e0b70feb401f101288 */
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
  {"0010_document.sql", m0010, sizeof m0010},
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
