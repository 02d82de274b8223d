/* Written by scripts/migrations. */
#include "CMigrations.h"

/* f9f59402b3d7d0b8aebdbe50e0ed31a76bd828a49cd0f6c3b69474d829e3c79d */
static const unsigned char m0001[] = {
#embed "../../Migrations/0001_tenant.sql"
};

/* 9304ba185bb8af98afea1605649c7534557d27bc2d2056b45ead6739dfcdb57b */
static const unsigned char m0002[] = {
#embed "../../Migrations/0002_folio.sql"
};

/* a91035de4e1ec2f3084f1558103297912fd222957e3d06c33d42329b2d5b1176 */
static const unsigned char m0003[] = {
#embed "../../Migrations/0003_journal.sql"
};

/* 02a45ada37b41972ddc40fb9de212f6416dbae365ff1294737e0c6efe6bb7f24 */
static const unsigned char m0004[] = {
#embed "../../Migrations/0004_line_item.sql"
};

/* 020219c340b6997c9ae779d18a5d0766060435925b00de62970f506ecda0bcf5 */
static const unsigned char m0005[] = {
#embed "../../Migrations/0005_saved_card.sql"
};

/* 6b35535c6581e5ef4e82fededb5edc11d72341fcda7a9304021a9f0ab05fe6be */
static const unsigned char m0006[] = {
#embed "../../Migrations/0006_hold.sql"
};

/* a1c10556dec1daa72c2e446b8f394855ae21e51ff5e2de9850f1dc29733b78f3 */
static const unsigned char m0007[] = {
#embed "../../Migrations/0007_payment.sql"
};

/* 2a63c9b7eb481cb5db7367a24cb390570b20332105cef4f98918678884f74c96 */
static const unsigned char m0008[] = {
#embed "../../Migrations/0008_refund.sql"
};

/* e3bda4428e90fb8032c30ef781a8ea11953ed5a49706d6ecc6f11b6a54b4695e */
static const unsigned char m0009[] = {
#embed "../../Migrations/0009_check_out.sql"
};

/* abdb4689648b3d73e4b7c300015eea49576f8241a46e5710f77d3d943c98c728 */
static const unsigned char m0010[] = {
#embed "../../Migrations/0010_document.sql"
};

/* 5494dcee862d4ce4e351acaa5385870529cac7714e1ab8020dd08fbe9b19dff6 */
static const unsigned char m0011[] = {
#embed "../../Migrations/0011_stripe_account.sql"
};

/* 3da44975eb8a16745f90c8074105c3e0c672712e6979895d1e3482fab025fb09 */
static const unsigned char m0012[] = {
#embed "../../Migrations/0012_operation.sql"
};

/* 438317653f41eb1c095d9a50c17818283944fa5b2adc7dbe3e60e661c0169724 */
static const unsigned char m0013[] = {
#embed "../../Migrations/0013_event.sql"
};

/* 66fda26e55bb37c33f3a72e51c0217d4b23d8649a63736803bc1e16942e7e3ab */
static const unsigned char m0014[] = {
#embed "../../Migrations/0014_balance.sql"
};

/* d984186bfa1f9921f634b0b5f4dc3ff4ae08f334399a316b265fd177db812575 */
static const unsigned char m0015[] = {
#embed "../../Migrations/0015_statement.sql"
};

/* bc1ddf8bf9e8173ad05a7f132aa409cf6e2643626e6c96bec25f5aa281f89fb9 */
static const unsigned char m0016[] = {
#embed "../../Migrations/0016_found_object.sql"
};

/* f02955ac745f0840b1c5373fbbaa0b18d87499aabb201e453d6525993b2a9fa2 */
static const unsigned char m0017[] = {
#embed "../../Migrations/0017_request.sql"
};

/* ef8477d5cbdb36cd4c134d7ce14861da6e49da4ca110e1fc9f1e8636dbcf0310 */
static const unsigned char m0018[] = {
#embed "../../Migrations/0018_access.sql"
};

/* a21ea898ec0ec2c86a5f734cccde89ea9507b675efe12acc3397c0d01d9853f6 */
static const unsigned char m0019[] = {
#embed "../../Migrations/0019_audit.sql"
};

/* a6481aa20ea74e2014a4cb1cd48ca5898016f96747e18ea7be2dab3e0a0feabb */
static const unsigned char m0020[] = {
#embed "../../Migrations/0020_background.sql"
};

/* f7b1db3512b9a979344706065d97f9107a4c9ec37673e18c66d2c4d3c8030650 */
static const unsigned char m0021[] = {
#embed "../../Migrations/0021_risk.sql"
};

/* bc3b82cc78f6066d526581d8c133949e46efd87ba367c851d8630238e3663ddf */
static const unsigned char m0022[] = {
#embed "../../Migrations/0022_fee.sql"
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
  {"0021_risk.sql", m0021, sizeof m0021},
  {"0022_fee.sql", m0022, sizeof m0022},
};

const struct ledger_migration *const ledger_migrations = table;
const size_t ledger_migrations_count = sizeof table / sizeof table[0];
