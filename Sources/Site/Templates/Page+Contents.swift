extension Page {
  /// The headings by those of the highest level, if the page shows them.
  var contents: [ContentsEntry] {
    guard hasContents, let highest = body.headings.map(\.level).min() else { return [] }
    var entries: [ContentsEntry] = []
    for heading in body.headings {
      let title = body.tree.plainText(of: heading.node)
      let address = SiteAddress.file(outputPath, suffix: "#" + heading.id)
      if heading.level == highest || entries.isEmpty {
        entries.append(ContentsEntry(title: title, url: address))
      } else {
        entries[entries.count - 1].parts.append(LinkContext(title: title, url: address))
      }
    }
    return entries
  }
}
