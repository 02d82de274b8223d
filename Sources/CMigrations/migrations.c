/* Written by scripts/migrations. */
#include "CMigrations.h"

/* 6aa1bbc5a506e0f02af1eb79fcf51081e12ef35d679017639f318ffab3b5070e */
static const unsigned char m0001[] = {
#embed "../../Migrations/0001_tenant.sql"
};

/* d3e9fd5c4f89f98c94aceed1ed58921c45b97a8fbf9ed0313b12261e416b1355 */
static const unsigned char m0002[] = {
#embed "../../Migrations/0002_folio.sql"
};

/* 385012720978f7102a035ed7383c6045106fbb213a16af6e1e4090452bfcfc15 */
static const unsigned char m0003[] = {
#embed "../../Migrations/0003_journal.sql"
};

/* 086b751e9f400792e2409c255ee73bfa3d9e43cc016ff98b6c7c40b81b2641c1 */
static const unsigned char m0004[] = {
#embed "../../Migrations/0004_line_item.sql"
};

/* 8c4ed7c4cc42b250bd63f1f0bdfbf138640bf0d6bdfc8fc762c980d8dc8cc139 */
static const unsigned char m0005[] = {
#embed "../../Migrations/0005_saved_card.sql"
};

/* 0d3c3f80d4c42936fae04911cb035aecd3f618510e62d3570ceb50572ff467b5 */
static const unsigned char m0006[] = {
#embed "../../Migrations/0006_hold.sql"
};

/* a0201ca67ddfed7bbdf452415c3ce58f607029230a9b6cd662f1f843316e839e */
static const unsigned char m0007[] = {
#embed "../../Migrations/0007_payment.sql"
};

/* ce49c93a28f60557668a3f296e76f07dfbc735038359b2d4663d4330b1156813 */
static const unsigned char m0008[] = {
#embed "../../Migrations/0008_refund.sql"
};

/* 8f49a3bfc98a3c1f29d31ac25edba7765f6927e36b97eface8297cb7525ef18e */
static const unsigned char m0009[] = {
#embed "../../Migrations/0009_check_out.sql"
};

/* 6b236e4f59eacb95a8292cd46efb673b44bbc706a8eaf2c5d4ca22c8c3e9a6b0 */
static const unsigned char m0010[] = {
#embed "../../Migrations/0010_document.sql"
};

/* ddf589a5b4972dfe698b38959eecc243cf85fd163c8113c97514f74c42bfe13a */
static const unsigned char m0011[] = {
#embed "../../Migrations/0011_stripe_account.sql"
};

/* c22662bc567dbe5c040e66cbd040e06d54d536ce8655329253d613b22372eb30 */
static const unsigned char m0012[] = {
#embed "../../Migrations/0012_operation.sql"
};

/* 7ef8d818ab8ed6faef575bcf267cadf3c5a422ae0a34b0b9351fba17c9370f29 */
static const unsigned char m0013[] = {
#embed "../../Migrations/0013_event.sql"
};

/* bc96935c7f2a112304962034d27a1796d2b307e1bd151014930067ebcdec8223 */
static const unsigned char m0014[] = {
#embed "../../Migrations/0014_balance.sql"
};

/* 202bfea5e4045a02f4af2fc0f226e7f23c46523d8908e7efe27df9c5e9d96670 */
static const unsigned char m0015[] = {
#embed "../../Migrations/0015_statement.sql"
};

/* bf8e70d5e8279ac88a24113d6369bebaed5751d55f6bbcd6550a8d4abb8dceb4 */
static const unsigned char m0016[] = {
#embed "../../Migrations/0016_found_object.sql"
};

/* 053699f9047d4a62e7da7495b5ba4c15ae7fbe417165ad7987f153b7d50497e6 */
static const unsigned char m0017[] = {
#embed "../../Migrations/0017_request.sql"
};

/* 25ef8e6b7ef934589f20d78b84355fccdc2bd4794c86d5fd5c0becf4efd4cd24 */
static const unsigned char m0018[] = {
#embed "../../Migrations/0018_access.sql"
};

/* 6fe4012f4e7a90c1011f8246e1b23b51bcda3e5166d2cb5e9a309e36d360f967 */
static const unsigned char m0019[] = {
#embed "../../Migrations/0019_audit.sql"
};

/* 44db6859249bba54998359819fc86e152273eee9707a618682e8b603adc0b0fd */
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
