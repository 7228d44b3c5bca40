/// Turns the words of tokens into what they stand for, and mailboxes into links.
struct MarkdownInlines {
  let tokens: MarkdownTokens
  private var result: [MarkdownEvent] = []
  /// Whether each open parent is a link or an image, or lies in one: there is no link in a link.
  private var isInLink = [false]

  private init(_ tokens: MarkdownTokens) {
    self.tokens = tokens
  }

  /// The walk without words.
  static func apply(to events: [MarkdownEvent], _ tokens: MarkdownTokens) -> [MarkdownEvent] {
    var pass = MarkdownInlines(tokens)
    for event in events {
      switch event {
      case .enter(let kind, let line):
        pass.isInLink.append(pass.isInLink.last == true || kind.isLink)
        pass.result.append(.enter(pass.restored(kind), line: line))
      case .exit:
        pass.isInLink.removeLast()
        pass.result.append(event)
      case .leaf(.text(let text), let line): pass.text(text, line)
      case .leaf(let kind, let line): pass.result.append(.leaf(pass.restored(kind), line: line))
      }
    }
    return pass.result
  }

  /// Where nothing means anything stands what was written.
  private func restored(_ kind: MarkdownNode.Kind) -> MarkdownNode.Kind {
    guard !tokens.all.isEmpty else { return kind }
    return switch kind {
    case .code(let text): .code(tokens.restored(text))
    case .html(let text): .html(tokens.restored(text))
    case .link(let address, let title):
      .link(address: tokens.restored(address), title: title.map(tokens.restored))
    case .image(let address, let title):
      .image(address: tokens.restored(address), title: title.map(tokens.restored))
    default: kind
    }
  }

  private mutating func text(_ text: String, _ line: Int?) {
    for piece in tokens.pieces(of: text) {
      switch piece {
      case .text(let text): plain(text, line)
      case .token(let token):
        switch token.meaning {
        case .formula(let formula): result.append(.leaf(.formula(formula), line: line))
        case .character(let character): result.append(.leaf(.text(character), line: line))
        case .address(let text, let address): link(text, to: address, line)
        case .footnote(let label):
          result.append(
            .leaf(
              isInLink.last == true ? .text(token.source) : .footnoteMark(id: label, number: 0, occurrence: 0),
              line: line))
        }
      }
    }
  }

  private mutating func plain(_ text: String, _ line: Int?) {
    guard text.utf8.contains(UInt8(ascii: "@")), isInLink.last != true else {
      return result.append(.leaf(.text(text), line: line))
    }
    let bytes = Array(text.utf8)
    var done = 0
    while let place = BareAddress.mailbox(in: bytes, from: done) {
      if place.lowerBound > done { literal(bytes[done..<place.lowerBound], line) }
      let mailbox = String(decoding: bytes[place], as: UTF8.self)
      link(mailbox, to: "mailto:" + mailbox, line)
      done = place.upperBound
    }
    if done < bytes.count { literal(bytes[done...], line) }
  }

  private mutating func literal(_ bytes: ArraySlice<UInt8>, _ line: Int?) {
    result.append(.leaf(.text(String(decoding: bytes, as: UTF8.self)), line: line))
  }

  private mutating func link(_ text: String, to address: String, _ line: Int?) {
    guard isInLink.last != true else { return result.append(.leaf(.text(text), line: line)) }
    result += [
      .enter(.link(address: address, title: nil), line: line), .leaf(.text(text), line: line), .exit,
    ]
  }
}

extension MarkdownNode.Kind {
  /// Whether it is a link or an image.
  fileprivate var isLink: Bool {
    switch self {
    case .link, .image: true
    default: false
    }
  }
}
