#include "embedded.h"

static const unsigned char experiments_two_objects_md[] = {
#embed "../../starter/experiments/two-objects.md"
};
static const unsigned char license[] = {
#embed "../../LICENSE"
};
static const unsigned char images_mug_apple_jpg[] = {
#embed "../../content/images/mug-apple.jpg"
};
static const unsigned char images_mug_jpg[] = {
#embed "../../content/images/mug.jpg"
};
static const unsigned char index_md[] = {
#embed "../../starter/index.md"
};
static const unsigned char models_tabletop_md[] = {
#embed "../../starter/models/tabletop.md"
};
static const unsigned char models_tabletop_labels_txt[] = {
#embed "../../content/models/tabletop/labels.txt"
};
static const unsigned char models_tabletop_model_onnx[] = {
#embed "../../content/models/tabletop/model.onnx"
};
static const unsigned char pages_about_md[] = {
#embed "../../starter/pages/about.md"
};
static const unsigned char site_yml[] = {
#embed "../../starter/site.yml"
};

static const struct embedded_file files[] = {
  FILE_AT("experiments/two-objects.md", experiments_two_objects_md),
  FILE_AT("images/LICENSE", license),
  FILE_AT("images/mug-apple.jpg", images_mug_apple_jpg),
  FILE_AT("images/mug.jpg", images_mug_jpg),
  FILE_AT("index.md", index_md),
  FILE_AT("models/tabletop.md", models_tabletop_md),
  FILE_AT("models/tabletop/LICENSE", license),
  FILE_AT("models/tabletop/labels.txt", models_tabletop_labels_txt),
  FILE_AT("models/tabletop/model.onnx", models_tabletop_model_onnx),
  FILE_AT("pages/about.md", pages_about_md),
  FILE_AT("site.yml", site_yml),
};

const struct embedded_file *embedded_starter(size_t *count) {
  *count = sizeof files / sizeof files[0];
  return files;
}
