#include "CPages.h"

static const unsigned char style[] = {
#embed "pages.css"
};
static const unsigned char script[] = {
#embed "pages.js"
};
static const unsigned char icon[] = {
#embed "icon.svg"
};

const struct pages_asset pages_style = { style, sizeof style };
const struct pages_asset pages_script = { script, sizeof script };
const struct pages_asset pages_icon = { icon, sizeof icon };
