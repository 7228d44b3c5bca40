import Diagnostics

/// Reads a formula in TeX, as papers write them (the part of amsmath that LaTeX's and KaTeX's documentation agree on).
struct MathParser {
  let characters: [Character]
  private var tokens: [MathToken]
  private(set) var index = 0
  private var depth = 0

  /// Deeper, nobody could read it, and neither could browsers.
  private static let deepest = 100
  /// No formula that can be read is longer.
  private static let longest = 20_000

  /// The formula that `tex` writes.
  static func parse(_ tex: String) throws(MathFault) -> MathNode {
    let characters = Array(tex)
    guard characters.count <= longest else {
      throw MathFault(
        place: 0, summary: "The formula has more than \(longest) characters.", hint: "Write it in several.")
    }
    var parser = MathParser(characters)
    let node = try parser.row(until: [])
    if let token = parser.next { throw parser.unexpected(token) }
    return node
  }

  private init(_ characters: [Character]) {
    self.characters = characters
    tokens = MathToken.all(in: characters)
  }

  // MARK: - Tokens

  /// The token that comes next.
  var next: MathToken? { index < tokens.count ? tokens[index] : nil }

  /// Its place, or the end of the formula.
  var place: Int { next?.place ?? characters.count }

  mutating func advance() { index += 1 }

  mutating func skipBlanks() { while next?.kind == .blank { index += 1 } }

  /// Goes on behind a token if it comes next.
  mutating func take(_ kind: MathToken.Kind) -> Bool {
    skipBlanks()
    guard next?.kind == kind else { return false }
    index += 1
    return true
  }

  func unexpected(_ token: MathToken) -> MathFault {
    switch token.kind {
    case .close:
      MathFault(place: token.place, summary: "Nothing is open that this } closes.", hint: "Remove it, or write \\}.")
    case .cell:
      MathFault(
        place: token.place, summary: "An & stands outside of a table.", hint: "Write \\&, or use aligned or a matrix.")
    case .command("right"):
      MathFault(
        place: token.place, summary: "This \\right has no \\left.", hint: "Write \\left before what it encloses.")
    case .command("end"):
      MathFault(place: token.place, summary: "Nothing begins that this \\end ends.", hint: "Remove it.")
    default: MathFault(place: token.place, summary: "This cannot stand here.", hint: "Remove it.")
    }
  }

  // MARK: - Rows

  /// What stands before one of the tokens `ends`, which is not read, or before the end of the formula.
  mutating func row(until ends: [MathToken.Kind]) throws(MathFault) -> MathNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw MathFault(
        place: place, summary: "The formula nests more than \(Self.deepest) deep.", hint: "Take it apart.")
    }
    var nodes: [MathNode] = []
    while let token = next, !ends.contains(token.kind) {
      switch token.kind {
      case .blank: advance()
      case .close, .cell, .command("right"), .command("end"), .command("\\"), .command("cr"):
        if token.kind == .command("\\") || token.kind == .command("cr") {
          // Outside of a table, the formula goes on in the same line.
          advance()
          continue
        }
        throw unexpected(token)
      case .command(let name) where ["displaystyle", "textstyle", "scriptstyle"].contains(name):
        advance()
        let rest = try row(until: ends)
        nodes.append(name == "scriptstyle" ? rest : .style(rest, isDisplay: name == "displaystyle"))
      case .command(let name) where name == "limits" || name == "nolimits":
        advance()
        guard let last = nodes.popLast() else { throw unexpected(token) }
        nodes.append(try scripts(of: last, areLimits: name == "limits"))
      default:
        let base = try atom()
        nodes.append(try scripts(of: base, areLimits: base.takesLimits))
      }
    }
    return nodes.count == 1 ? nodes[0] : .row(nodes)
  }

  /// `base` with the indices and exponents behind it.
  private mutating func scripts(of base: MathNode, areLimits: Bool) throws(MathFault) -> MathNode {
    var (below, above): (MathNode?, MathNode?) = (nil, nil)
    var primes = 0
    while true {
      skipBlanks()
      guard let token = next else { break }
      if token.kind == .character("'") {
        primes += 1
        advance()
      } else if token.kind == .subscript || token.kind == .superscript {
        let isBelow = token.kind == .subscript
        guard isBelow ? below == nil : above == nil else {
          throw MathFault(
            place: token.place, summary: "There are two \(isBelow ? "indices" : "exponents") here.",
            hint: "Put the first one and its base in braces.")
        }
        advance()
        let script = try argument(of: isBelow ? "_" : "^", at: token.place)
        if isBelow { below = script } else { above = script }
      } else {
        break
      }
    }
    if primes > 0 {
      let mark = MathNode.operation(
        primes <= 4 ? ["′", "″", "‴", "⁗"][primes - 1] : String(repeating: "′", count: primes))
      above = above.map { .row([mark, $0]) } ?? mark
    }
    if below == nil, above == nil { return base }
    return .scripts(base, below: below, above: above, areLimits: areLimits)
  }

  // MARK: - Atoms

  /// What a command applies to: a group in braces, or one atom.
  mutating func argument(of command: String, at start: Int) throws(MathFault) -> MathNode {
    skipBlanks()
    guard let token = next, token.kind != .close, token.kind != .cell, token.kind != .command("right"),
      token.kind != .command("end"), token.kind != .superscript, token.kind != .subscript
    else {
      throw MathFault(
        place: start, summary: "\(command) has nothing to apply to.", hint: "Write it in braces behind.")
    }
    if case .number(let digits) = token.kind, digits.count > 1 {
      // \frac12 is a half, and x^10 is x to the power of 1 before a 0.
      tokens[index] = MathToken(kind: .number(String(digits.dropFirst())), place: token.place + 1)
      return .number(String(digits.prefix(1)))
    }
    return try atom()
  }

  private mutating func atom() throws(MathFault) -> MathNode {
    guard let token = next else {
      throw MathFault(place: place, summary: "The formula ends too early.", hint: "Complete it.")
    }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw MathFault(
        place: place, summary: "The formula nests more than \(Self.deepest) deep.", hint: "Take it apart.")
    }
    // A script without a base, as in {}^3He.
    if token.kind == .subscript || token.kind == .superscript { return .row([]) }
    advance()
    switch token.kind {
    case .number(let digits): return .number(digits)
    case .open:
      let group = try row(until: [.close])
      guard take(.close) else {
        throw MathFault(place: token.place, summary: "This { is not closed.", hint: "Write } where it ends.")
      }
      // A comma in braces is one within a number, as in 3{,}000.
      return group == .operation(",") ? .identifier(",", isUpright: true) : group
    case .character(let character): return Self.node(of: character)
    case .command(let name): return try command(name, at: token.place)
    default: throw unexpected(token)
    }
  }

  private static func node(of character: Character) -> MathNode {
    switch character {
    case "-": .operation("−")
    case "*": .operation("∗")
    case "~": .space("0.333em")
    case "(", ")", "[", "]", "|": .delimiter(String(character), size: nil)
    case "'": .scripts(.row([]), below: nil, above: .operation("′"), areLimits: false)
    case _ where character.isLetter: .identifier(String(character), isUpright: false)
    case _ where character.isNumber: .number(String(character))
    default: .operation(String(character))
    }
  }

  // MARK: - Raw text

  /// The text between braces as it stands, with `\%` and the like as the sign alone.
  mutating func rawText(of command: String, at start: Int) throws(MathFault) -> String {
    skipBlanks()
    guard let first = next else {
      throw MathFault(place: start, summary: "\(command) has no text.", hint: "Write it in braces behind.")
    }
    guard first.kind == .open else {
      advance()
      return String(characters[first.place..<place]).trimmingPrefix("\\").description
    }
    var level = 0
    while let token = next {
      advance()
      if token.kind == .open { level += 1 }
      if token.kind == .close { level -= 1 }
      guard level == 0 else { continue }
      var text = ""
      var isEscaped = false
      for character in characters[(first.place + 1)..<token.place] {
        if character == "\\", !isEscaped {
          isEscaped = true
        } else {
          if isEscaped || !"{}$".contains(character) {
            text.append(character == "~" && !isEscaped ? "\u{A0}" : character)
          }
          isEscaped = false
        }
      }
      return text
    }
    throw MathFault(place: first.place, summary: "This { is not closed.", hint: "Write } where it ends.")
  }
}
