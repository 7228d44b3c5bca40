#include "embedded.h"

static const unsigned char imagenet[] = {
#embed "../../catalogue/imagenet.txt"
};
static const unsigned char networks[] = {
#embed "../../catalogue/networks.tsv"
};

static const struct embedded_file files[] = {
  FILE_AT("imagenet.txt", imagenet),
  FILE_AT("networks.tsv", networks),
};

const struct embedded_file *embedded_catalogue(size_t *count) {
  *count = sizeof files / sizeof files[0];
  return files;
}
