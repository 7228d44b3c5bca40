import Files

/// What a Markdown file is called, and the language that its name ends in: `cat-dog` and `ko` of `cat-dog.ko.md`.
///
/// Files of one name in one folder are one page in several languages.
struct PageName: Hashable, Sendable {
  /// The name without the language.
  let name: String
  /// The language, as a BCP 47 tag; `nil` where the file's name does not say one.
  let language: String?

  /// Reads the name of the Markdown file at `path`.
  ///
  /// What looks like a language is one where Foundation knows it, or where the same page stands beside it without it: `v1.2.md`
  /// and `a.new.md` mostly are names as they are.
  init(of path: String, in folder: ContentFolder) {
    let stem = MarkdownName.stem(of: path) ?? PathText.name(of: path)
    if let dot = stem.lastIndex(of: "."), dot != stem.startIndex {
      let (name, tag) = (String(stem[..<dot]), String(stem[stem.index(after: dot)...]))
      let beside = PathText.join(PathText.folder(of: path), name)
      if LanguageTag.isPlain(tag),
        LanguageTag.isKnown(tag) || MarkdownName.extensions.contains(where: { folder.hasFile("\(beside).\($0)") })
      {
        self.name = name
        language = LanguageTag.canonical(tag)
        return
      }
    }
    name = stem
    language = nil
  }
}
