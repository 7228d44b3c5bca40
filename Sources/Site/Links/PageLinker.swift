import Foundation

/// Makes the addresses that one page uses for others.
struct PageLinker {
  /// The page's own path in the output.
  let path: String
  /// Put before every address in place of a relative way there: for a page that is shown at any address.
  var absolutePrefix: String?

  /// The address of the output file at `target`.
  func link(to target: String) -> String {
    absolutePrefix.map { $0 + RelativeLink.encoded(target) } ?? RelativeLink.to(target, from: path)
  }

  /// `address` as the page writes it.
  func link(to address: SiteAddress) -> String {
    switch address {
    case .web(let address): address
    case .file(let path, let suffix): link(to: path) + suffix
    }
  }

  /// The address of the output file at `path` on the web, if the site's own address is known.
  static func canonical(_ path: String, site: URL?) -> String? {
    site.map { $0.absoluteString + (path == "index.html" ? "" : RelativeLink.encoded(path)) }
  }
}
