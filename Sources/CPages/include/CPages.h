#pragma once
#include <stddef.h>

/// A file of this folder, compiled into the binary.
struct pages_asset {
  const unsigned char *bytes;
  size_t count;
};

extern const struct pages_asset pages_style, pages_script, pages_icon;
