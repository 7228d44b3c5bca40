extension SiteFooter {
  /// The footer of the page whose addresses `linker` makes, as HTML.
  func html(_ linker: PageLinker) -> String {
    let addresses = targets.map { ($0.node, linker.link(to: $0.target.address)) }
    return MarkupText.cleaned(
      tree.html(allowsRawHTML: allowsRawHTML, addresses: Dictionary(addresses) { first, _ in first }))
  }
}
