import Diagnostics
import Foundation

extension YAMLMapping {
  /// Addresses at which a page was before, as paths of files from the output folder.
  mutating func aliases() -> [Located<String>] {
    let found = distinct("aliases") { mapping, value -> Located<String>? in
      guard let text = mapping.text(of: value, "aliases") else { return nil }
      return mapping.attempt { () throws(Diagnostic) in Located(try Self.alias(text), at: text.location) }
    }
    return found ?? []
  }

  /// The path of the file at an address that is written as `old/page.html`, `/old/` or `old`.
  ///
  /// - Throws: a diagnostic where no page of the site can be there.
  private static func alias(_ text: Located<String>) throws(Diagnostic) -> String {
    let written = text.value
    func fault(_ what: String, _ hint: String) -> Diagnostic {
      .error("The alias “\(written)” \(what).", at: text.location, hint: hint)
    }
    try WebAddress.check(written, at: text.location)
    if WebAddress.scheme(of: written) != nil || written.hasPrefix("//") {
      throw fault(
        "is an absolute address, and only this site’s own can be told to lead on",
        "Write what follows the site’s address, such as `old/page.html`.")
    }
    if written.contains(where: { "?#\\".contains($0) }) {
      throw fault("is no path of a page", "Write one without `?`, `#` and `\\`, such as `old/page.html`.")
    }
    guard let decoded = written.removingPercentEncoding else {
      throw fault("is not percent-encoded text", "Write `%25` for a percent sign.")
    }
    var parts = decoded.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.first == "" { parts.removeFirst() }
    if parts.last == "" { parts.removeLast() }
    if parts.contains("..") {
      throw fault("leads out of its folder", "Write the path from the site’s address, without `..`.")
    }
    guard !parts.contains(where: { ["", "."].contains($0) }), let name = parts.last else {
      throw fault("is no path of a page", "Write one such as `old/page.html`.")
    }
    // A name without an ending is a folder’s, as browsers are led there by every server.
    if decoded.hasSuffix("/") || !name.contains(".") { parts.append("index.html") }
    guard let ending = parts.last?.split(separator: ".").last, ["html", "htm"].contains(ending.lowercased()) else {
      throw fault("would not be sent as a page", "End it with `.html` or `/`.")
    }
    return parts.joined(separator: "/")
  }
}
