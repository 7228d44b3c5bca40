extension Page {
  /// The text of the page as HTML: figures in the place of explain blocks, ids on headings, links that lead somewhere.
  ///
  /// - Parameters:
  ///   - figures: the HTML of each figure, by the number of its block.
  ///   - sizes: how large the files are that the text shows as pictures.
  ///   - evaluations: the HTML of each block about an evaluation, likewise.
  ///   - linker: makes the addresses of pages and files.
  ///   - strings: the words of the interface, in the page’s language.
  func html(
    figures: [Int: String], evaluations: [Int: String] = [:], sizes: [ContentFile: PictureSize] = [:],
    linker: PageLinker, strings: Strings = .english
  ) -> String {
    let addresses = body.targets.map { ($0.node, linker.link(to: $0.target.address)) }
    let blocks =
      body.figureBlocks.enumerated().map { ($1, figures[$0 + 1] ?? "") }
      + body.evaluationBlocks.enumerated().map { ($1, evaluations[$0 + 1] ?? "") }
    let text = body.tree.html(
      allowsRawHTML: allowsRawHTML, addresses: Dictionary(addresses) { first, _ in first },
      pictures: Dictionary(uniqueKeysWithValues: pictures(sizes)), headings: body.headings,
      blocks: Dictionary(blocks) { first, _ in first }.merging(body.formulas) { block, _ in block }, strings: strings)
    return MarkupText.cleaned((hasLeadingFigure ? figures[1] ?? "" : "") + text)
  }

  /// The images of the text whose size is known, by node.
  func pictures(_ sizes: [ContentFile: PictureSize]) -> [(Int, PictureSize)] {
    body.pictures.compactMap { node, file in sizes[file].map { (node, $0) } }
  }
}
