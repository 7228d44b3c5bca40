/// HTML that is put into a page on its way to the browser.
enum PageInsertion {
  /// Puts `top` first into the page's body, and `bottom` last; where no body begins, both go to the end.
  static func insert(top: String, bottom: String, into page: [UInt8]) -> [UInt8] {
    guard let start = bodyStart(in: page) else { return page + Array((top + bottom).utf8) }
    let end = bodyEnd(in: page, from: start)
    return page[..<start] + Array(top.utf8) + page[start..<end] + Array(bottom.utf8) + page[end...]
  }

  /// Where the body's end tag begins, behind which only the page's own may stand; the page's end where there is none.
  private static func bodyEnd(in page: [UInt8], from start: Int) -> Int {
    let body = page[start...]
    let rest = tagStart("</html>", endingWith: body).map { body[..<$0] } ?? body
    return tagStart("</body>", endingWith: rest) ?? page.count
  }

  /// Where a tag begins with which a text ends, but for blanks.
  private static func tagStart(_ tag: String, endingWith text: ArraySlice<UInt8>) -> Int? {
    guard let last = text.lastIndex(where: { $0 > 0x20 }) else { return nil }
    let end = text[...last].suffix(tag.utf8.count)
    let isTag = end.count == tag.utf8.count && zip(end, tag.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    return isTag ? end.startIndex : nil
  }

  /// Where the body's start tag ends; `nil` where the page has none.
  private static func bodyStart(in page: [UInt8]) -> Int? {
    let name = Array("<body".utf8)
    var position = 0
    while position + name.count < page.count {
      let isTag = page[position] == name[0] && zip(page[position...], name).allSatisfy { $0 | 0x20 == $1 | 0x20 }
      if isTag, let end = tagEnd(in: page, from: position + name.count) { return end }
      position += 1
    }
    return nil
  }

  /// Where a tag ends whose name ends at `start`; `nil` where the name goes on, or the tag does not end.
  private static func tagEnd(in page: [UInt8], from start: Int) -> Int? {
    guard [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "/"), UInt8(ascii: ">")].contains(page[start]) else { return nil }
    var quote: UInt8?
    for position in start..<page.count {
      let byte = page[position]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return position + 1
      }
    }
    return nil
  }
}
