/// Any bytes as a page's text; a first byte that is odd allows raw HTML.
func fuzzMarkdown(_ bytes: [UInt8]) throws {
  guard let choice = bytes.first else { return }
  let head = "---\ntitle: A\nmodel: net\nraw_html: \(choice % 2 == 1)\n---\n"
  try FuzzSite.build("experiments/a.md", Array(head.utf8) + bytes.dropFirst())
}
