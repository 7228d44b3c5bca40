import Diagnostics

/// Decides which addresses may stand in a page, for links and images of Markdown, menus, and everything else that becomes an
/// `href` or a `src`.
///
/// HTML in Markdown is passed on as it is, where its writer has asked for that.
enum WebAddress {
  /// Schemes that lead somewhere and run nothing: those that browsers let a page hand on to other programs, by the HTML
  /// standard's list, and the web's own.
  private static let schemes: Set<String> = [
    "http", "https", "mailto", "tel", "bitcoin", "doi", "ftp", "ftps", "geo", "im", "irc", "ircs", "magnet", "matrix",
    "mms", "news", "nntp", "openpgp4fpr", "sftp", "sip", "sms", "smsto", "ssh", "urn", "webcal", "wtai", "xmpp",
  ]
  /// Pictures that are written into their own address and cannot hold a script.
  private static let pictures = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"]

  /// Refuses an address that must not stand in a page.
  ///
  /// - Throws: a diagnostic at `location`.
  static func check(_ address: String, isImage: Bool = false, at location: SourceLocation) throws(Diagnostic) {
    if let scalar = address.unicodeScalars.first(where: MarkupText.isControl) {
      throw .error(
        "The address “\(address)” holds the control character \(MarkupText.name(of: scalar)).", at: location,
        hint: "Remove it.")
    }
    guard let scheme = scheme(of: address), !schemes.contains(scheme) else { return }
    if isImage, pictures.contains(where: address.lowercased().hasPrefix) { return }
    throw .error(
      "An address that begins with `\(scheme):` must not stand in a page.", at: location,
      hint: "Use https:, mailto: or tel:; write ./ before a file whose name has a colon.")
  }

  /// The scheme with which browsers read `address`, in lower case; `nil` for a relative one.
  ///
  /// Browsers leave out blanks before an address, and tabs and line breaks anywhere in it.
  static func scheme(of address: String) -> String? {
    var scheme: [UInt8] = []
    for byte in address.utf8.drop(while: { $0 <= 0x20 }) {
      switch byte {
      case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): continue
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): scheme.append(byte)
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        guard !scheme.isEmpty else { return nil }
        scheme.append(byte)
      case UInt8(ascii: ":"): return scheme.isEmpty ? nil : String(decoding: scheme, as: UTF8.self).lowercased()
      default: return nil
      }
    }
    return nil
  }
}
