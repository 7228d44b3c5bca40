import Diagnostics
import Foundation

/// A link to a place on a page.
struct FragmentLink: Sendable {
  /// The page's path in the output.
  let page: String
  /// What stands behind the `#`.
  let fragment: String
  /// Where the link stands.
  let location: SourceLocation

  /// The id that it leads to: behind a semicolon stands how a figure is looked at.
  var place: String { Self.place(of: fragment) }

  static func place(of fragment: String) -> String { String(fragment.prefix { $0 != ";" }) }

  /// The link to `target`, written on the page at `page` in the output, if it leads to a place on a page.
  init?(to target: LinkTarget, on page: String? = nil, at location: SourceLocation) {
    let (output, suffix): (String?, String) =
      switch target {
      case .page(let output, let suffix): (output, suffix)
      case .address(let address): (address.hasPrefix("#") ? page : nil, address)
      case .file: (nil, "")
      }
    guard let output, let hash = suffix.firstIndex(of: "#") else { return nil }
    let written = String(suffix[suffix.index(after: hash)...])
    self.page = output
    fragment = written.removingPercentEncoding ?? written
    self.location = location
  }
}
