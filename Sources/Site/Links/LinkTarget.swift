/// What a link leads to.
enum LinkTarget: Hashable, Sendable {
  /// An address that is passed on as it stands.
  case address(String)
  /// A page of the site by its output path; what follows the path (`#heading`) is kept.
  case page(String, suffix: String)
  /// A file of the content folder, written to `output` in the site.
  case file(ContentFile, output: String, suffix: String)

  /// Where it is in the site, or elsewhere.
  var address: SiteAddress {
    switch self {
    case .address(let address): .web(address)
    case .page(let output, let suffix), .file(_, let output, let suffix): .file(output, suffix: suffix)
    }
  }
}
