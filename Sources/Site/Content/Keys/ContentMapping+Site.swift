extension ContentMapping {
  /// Of `site.yml`.
  static let siteKeys = [
    YAMLKey("title", "What the network looked at", "The site’s name. Must be there."),
    YAMLKey("description", "A classifier of things on a table.", "One sentence about the site, for search engines."),
    YAMLKey("language", "ko", "The language that the site is written in, as a BCP 47 tag; `en` by default."),
    YAMLKey(
      "url", "https://example.org/gallery/",
      "The address that the site will have. With it there are a feed, a site map, previews in other people’s pages, and "
        + "addresses in citations."),
    YAMLKey("author", "The gallery’s authors", "Who answers for the site: at the foot of each page, and in citations."),
    YAMLKey(
      "navigation", "[{title: Experiments, link: index.md}]",
      "The menu, in order. Without it: the experiments, the models and the pages that there are."),
    YAMLKey("page_size", "12", "The most experiments on one page of a list, 1 to 1000; 24 by default."),
    YAMLKey("theme", "{accent: teal}", "What is changed of the look."),
    YAMLKey(
      "raw_html", "true",
      "Whether HTML in Markdown is passed on, on every page that does not say otherwise; `false` by default."),
    YAMLKey(
      "smart_punctuation", "true",
      "Whether straight quotes and double hyphens become typographic ones; `false` by default."),
    YAMLKey(
      "defaults", "{model: tabletop}", "What explain blocks leave unsaid, when page and card leave it unsaid too."),
  ]

  /// Of an entry of `navigation:`.
  static let navigationKeys = [
    YAMLKey("title", "About", "What readers see. Must be there."),
    YAMLKey("link", "pages/about.md", "A Markdown file of the content folder, or an address. Must be there."),
  ]

  /// Of `theme:`.
  static let themeKeys = [
    YAMLKey(
      "accent", "teal",
      "The colour of links and marks, in any form of CSS; one with `#` needs quotes, since YAML takes `#` for a comment. Or "
        + "two of them."),
    YAMLKey("fonts", "{sans: Inter}", "Fonts that readers have; nothing is loaded."),
    YAMLKey("width", "42rem", "How wide the column of text is, in `rem`, `em`, `ch` or `px`."),
    YAMLKey("footer", "Made by us.", "What stands at the foot of each page, as Markdown."),
  ]

  /// Of `accent:` in `theme:`.
  static let accentKeys = [
    YAMLKey("light", "\"#1b5e84\"", "On light pages."),
    YAMLKey("dark", "\"#8cc4e6\"", "On dark ones; by default that of light pages."),
  ]

  /// Of `fonts:` in `theme:`.
  static let fontKeys = [
    YAMLKey(
      "serif", "[Charter, Georgia]", "Of the text: one, or several of which readers get the first that they have."),
    YAMLKey("sans", "Inter", "Of menus, labels and numbers."),
    YAMLKey("mono", "Menlo", "Of code."),
  ]
}
