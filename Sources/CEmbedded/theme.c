#include "embedded.h"

static const unsigned char all_cards_mustache[] = {
#embed "../../templates/all-cards.mustache"
};
static const unsigned char card_mustache[] = {
#embed "../../templates/card.mustache"
};
static const unsigned char cards_mustache[] = {
#embed "../../templates/cards.mustache"
};
static const unsigned char collected_mustache[] = {
#embed "../../templates/collected.mustache"
};
static const unsigned char collection_js[] = {
#embed "../../templates/collection.js"
};
static const unsigned char collection_mustache[] = {
#embed "../../templates/collection.mustache"
};
static const unsigned char comparison_mustache[] = {
#embed "../../templates/comparison.mustache"
};
static const unsigned char confusion_mustache[] = {
#embed "../../templates/confusion.mustache"
};
static const unsigned char contents_mustache[] = {
#embed "../../templates/contents.mustache"
};
static const unsigned char controls_mustache[] = {
#embed "../../templates/controls.mustache"
};
static const unsigned char evaluation_mustache[] = {
#embed "../../templates/evaluation.mustache"
};
static const unsigned char experiment_mustache[] = {
#embed "../../templates/experiment.mustache"
};
static const unsigned char experiments_mustache[] = {
#embed "../../templates/experiments.mustache"
};
static const unsigned char fact_mustache[] = {
#embed "../../templates/fact.mustache"
};
static const unsigned char figure_alone_mustache[] = {
#embed "../../templates/figure-alone.mustache"
};
static const unsigned char figure_mustache[] = {
#embed "../../templates/figure.mustache"
};
static const unsigned char home_mustache[] = {
#embed "../../templates/home.mustache"
};
static const unsigned char layout_mustache[] = {
#embed "../../templates/layout.mustache"
};
static const unsigned char list_mustache[] = {
#embed "../../templates/list.mustache"
};
static const unsigned char method_card_mustache[] = {
#embed "../../templates/method-card.mustache"
};
static const unsigned char model_mustache[] = {
#embed "../../templates/model.mustache"
};
static const unsigned char models_mustache[] = {
#embed "../../templates/models.mustache"
};
static const unsigned char not_found_mustache[] = {
#embed "../../templates/not-found.mustache"
};
static const unsigned char page_mustache[] = {
#embed "../../templates/page.mustache"
};
static const unsigned char pager_mustache[] = {
#embed "../../templates/pager.mustache"
};
static const unsigned char panel_mustache[] = {
#embed "../../templates/panel.mustache"
};
static const unsigned char picture_mustache[] = {
#embed "../../templates/picture.mustache"
};
static const unsigned char pictures_mustache[] = {
#embed "../../templates/pictures.mustache"
};
static const unsigned char redirect_mustache[] = {
#embed "../../templates/redirect.mustache"
};
static const unsigned char script_js[] = {
#embed "../../templates/script.js"
};
static const unsigned char search_js[] = {
#embed "../../templates/search.js"
};
static const unsigned char search_mustache[] = {
#embed "../../templates/search.mustache"
};
static const unsigned char style_css[] = {
#embed "../../templates/style.css"
};
static const unsigned char tags_mustache[] = {
#embed "../../templates/tags.mustache"
};
static const unsigned char take_away_mustache[] = {
#embed "../../templates/take-away.mustache"
};

static const struct embedded_file files[] = {
  FILE_AT("all-cards.mustache", all_cards_mustache),
  FILE_AT("card.mustache", card_mustache),
  FILE_AT("cards.mustache", cards_mustache),
  FILE_AT("collected.mustache", collected_mustache),
  FILE_AT("collection.js", collection_js),
  FILE_AT("collection.mustache", collection_mustache),
  FILE_AT("comparison.mustache", comparison_mustache),
  FILE_AT("confusion.mustache", confusion_mustache),
  FILE_AT("contents.mustache", contents_mustache),
  FILE_AT("controls.mustache", controls_mustache),
  FILE_AT("evaluation.mustache", evaluation_mustache),
  FILE_AT("experiment.mustache", experiment_mustache),
  FILE_AT("experiments.mustache", experiments_mustache),
  FILE_AT("fact.mustache", fact_mustache),
  FILE_AT("figure-alone.mustache", figure_alone_mustache),
  FILE_AT("figure.mustache", figure_mustache),
  FILE_AT("home.mustache", home_mustache),
  FILE_AT("layout.mustache", layout_mustache),
  FILE_AT("list.mustache", list_mustache),
  FILE_AT("method-card.mustache", method_card_mustache),
  FILE_AT("model.mustache", model_mustache),
  FILE_AT("models.mustache", models_mustache),
  FILE_AT("not-found.mustache", not_found_mustache),
  FILE_AT("page.mustache", page_mustache),
  FILE_AT("pager.mustache", pager_mustache),
  FILE_AT("panel.mustache", panel_mustache),
  FILE_AT("picture.mustache", picture_mustache),
  FILE_AT("pictures.mustache", pictures_mustache),
  FILE_AT("redirect.mustache", redirect_mustache),
  FILE_AT("script.js", script_js),
  FILE_AT("search.js", search_js),
  FILE_AT("search.mustache", search_mustache),
  FILE_AT("style.css", style_css),
  FILE_AT("tags.mustache", tags_mustache),
  FILE_AT("take-away.mustache", take_away_mustache),
};

const struct embedded_file *embedded_theme(size_t *count) {
  *count = sizeof files / sizeof files[0];
  return files;
}
