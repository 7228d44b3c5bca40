import Diagnostics

/// How faults are shown in a browser.
enum FaultNotice {
  /// More than this helps nobody; the terminal has all of them.
  private static let most = 50

  /// A block that is shown over a page.
  static func block(_ faults: DiagnosticList, title: String) -> String {
    let all = faults.sorted
    let items = all.prefix(most).map { fault in
      let place = fault.location.map { "<code>\(escaped($0.description))</code> " } ?? ""
      let hint = fault.hint.map { "<span>\(escaped($0))</span>" } ?? ""
      return "<li>\(place)\(fault.severity.rawValue): \(escaped(fault.summary))\(hint)</li>"
    }
    let more = all.count > most ? "<p>There are \(all.count - most) more, which the terminal shows.</p>" : ""
    return """
      <link rel="stylesheet" href="/\(PreviewFiles.style)">
      <section class="sitegen-faults" role="alert"><strong>\(escaped(title))</strong><ul>
      \(items.joined(separator: "\n"))
      </ul>\(more)</section>

      """
  }

  /// A page of our own, for want of the site's.
  ///
  /// - Parameter head: HTML for its head.
  static func page(_ title: String, head: String = "", body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'self'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    \(head)<title>\(escaped(title))</title>
    </head>
    <body>
    \(body)</body>
    </html>

    """
  }

  /// `text` as the content of an element, with what would hide or turn it written out.
  private static func escaped(_ text: String) -> String {
    text.visible.reduce(into: "") { escaped, character in
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
  }
}
