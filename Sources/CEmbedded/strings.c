#include "embedded.h"

static const unsigned char en_yml[] = {
#embed "../../strings/en.yml"
};
static const unsigned char ko_yml[] = {
#embed "../../strings/ko.yml"
};

static const struct embedded_file files[] = {
  FILE_AT("en.yml", en_yml),
  FILE_AT("ko.yml", ko_yml),
};

const struct embedded_file *embedded_strings(size_t *count) {
  *count = sizeof files / sizeof files[0];
  return files;
}
