extension ContentMapping {
  /// Of the front matter of `index.md`, explain settings left out.
  static let homeKeys = [
    YAMLKey("title", "Welcome", "The page’s title, in plain text; the site’s by default."),
    summaryKey, dateKey, tagsKey, languageKey, aliasesKey, rawHTMLKey,
  ]

  /// Of the front matter of experiments and pages, explain settings left out.
  static let pageKeys = [
    YAMLKey("title", "Cat or dog?", "The page’s title, in plain text. Must be there."),
    summaryKey, dateKey, tagsKey, languageKey,
    YAMLKey("draft", "true", "Whether the page is left out unless `--drafts` is given; `false` by default."),
    YAMLKey("toc", "true", "Whether a table of the headings stands before the text; `false` by default."),
    YAMLKey(
      "slug", "cat-dog",
      "The last part of the page’s address, of letters and digits of any script; by default the file’s name without ending."
    ),
    aliasesKey, rawHTMLKey,
  ]

  static let summaryKey = YAMLKey(
    "summary", "One picture, two classes.", "One sentence, for lists, search engines and previews.")

  static let rawHTMLKey = YAMLKey(
    "raw_html", "true", "Whether HTML in the page’s Markdown is passed on; what `site.yml` says by default.")

  private static let languageKey = YAMLKey(
    "language", "ko",
    "The language of the page, as a BCP 47 tag; that of the file’s name by default (`cat-dog.ko.md`), else the site’s.")

  static let aliasesKey = YAMLKey(
    "aliases", "[old/cat-dog.html, /2025/cats/]",
    "Where the page was before: addresses that lead on to it, each a path from the site’s own. One without an ending is a "
      + "folder’s.")

  private static let dateKey = YAMLKey(
    "date", "2026-11-22",
    "The day of publication. Experiments are listed by it, the latest first; the feed has what has one.")

  private static let tagsKey = YAMLKey(
    "tags", "[birds]",
    "Words with a page each, which lists the experiments that carry them. Of experiments alone.")
}
