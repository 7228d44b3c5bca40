import Diagnostics

/// What stands behind a backslash.
extension MathParser {
  /// The node of a command, behind which everything is still to be read.
  mutating func command(_ name: String, at start: Int) throws(MathFault) -> MathNode {
    let written = "\\" + name
    if let symbol = MathSymbols.all[name] {
      switch symbol.kind {
      case .letter:
        return symbol.text.first?.isLetter == true
          ? .identifier(symbol.text, isUpright: symbol.text.first?.isUppercase == true)
          : .identifier(symbol.text, isUpright: true)
      case .operation:
        return MathSymbols.delimiters.contains(name) ? .delimiter(symbol.text, size: nil) : .operation(symbol.text)
      case .large, .integral: return .operation(symbol.text)
      }
    }
    if let hasLimits = MathSymbols.functions[name] {
      let words = ["liminf": "lim inf", "limsup": "lim sup", "argmax": "arg max", "argmin": "arg min"]
      return .function(words[name] ?? name, hasLimits: hasLimits)
    }
    if let width = MathSymbols.spaces[name] { return .space(width) }
    if let accent = MathSymbols.accents[name] {
      let base = try argument(of: written, at: start)
      return .accent(base, accent.text, isBelow: accent.isBelow, grows: accent.grows)
    }
    if let alphabet = MathAlphabet(command: name) {
      return Self.lettered(try argument(of: written, at: start), alphabet)
    }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac", "binom":
      let (above, below) = (try argument(of: written, at: start), try argument(of: written, at: start))
      switch name {
      case "binom": return .fenced("(", .fraction(above, below, hasLine: false), ")")
      case "dfrac", "tfrac": return .style(.fraction(above, below, hasLine: true), isDisplay: name == "dfrac")
      default: return .fraction(above, below, hasLine: true)
      }
    case "sqrt":
      var degree: MathNode?
      if take(.character("[")) {
        degree = try row(until: [.character("]")])
        guard take(.character("]")) else {
          throw MathFault(place: start, summary: "The degree of this root is not closed.", hint: "Write ] behind it.")
        }
      }
      return .root(try argument(of: written, at: start), degree: degree)
    case "text", "textrm", "mbox", "textnormal", "textbf", "textit", "texttt", "textsf":
      return .text(try rawText(of: written, at: start))
    case " ": return .text("\u{A0}")
    case "mathrm", "mathup", "mathnormal", "mathit":
      let content = try argument(of: written, at: start)
      return name == "mathrm" || name == "mathup" ? Self.upright(content) : content
    case "operatorname":
      let hasLimits = take(.character("*"))
      return .function(try rawText(of: written, at: start), hasLimits: hasLimits)
    case "left": return try fenced(at: start)
    case "middle": return .middle(try delimiter(of: written, at: start))
    case "big", "bigl", "bigr", "bigm": return .delimiter(try delimiter(of: written, at: start), size: "1.2em")
    case "Big", "Bigl", "Bigr", "Bigm": return .delimiter(try delimiter(of: written, at: start), size: "1.8em")
    case "bigg", "biggl", "biggr", "Bigg", "Biggl", "Biggr":
      return .delimiter(try delimiter(of: written, at: start), size: "2.4em")
    case "overset", "stackrel", "underset":
      let (script, base) = (try argument(of: written, at: start), try argument(of: written, at: start))
      return name == "underset"
        ? .scripts(base, below: script, above: nil, areLimits: true)
        : .scripts(base, below: nil, above: script, areLimits: true)
    case "not":
      guard case .operation(let sign) = try argument(of: written, at: start) else {
        throw MathFault(place: start, summary: "\\not negates a sign only.", hint: "Write it before a relation.")
      }
      return .operation(sign + "\u{338}")
    case "bmod", "mod": return .function("mod", hasLimits: false)
    case "pmod":
      let modulus = try argument(of: written, at: start)
      return .row([
        .space("0.444em"), .delimiter("(", size: nil), .function("mod", hasLimits: false), .space("0.333em"),
        modulus, .delimiter(")", size: nil),
      ])
    case "begin": return try environment(at: start)
    default: throw Self.unknown(name, at: start)
    }
  }

  private static func unknown(_ name: String, at place: Int) -> MathFault {
    let near = Suggestion.nearest(to: name, in: commands)
    return MathFault(
      place: place, summary: "“\\\(name)” is not a command that formulas here can have.",
      hint: near.map { "Did you mean “\\\($0)”?" } ?? "Write it in other words, or as \\text{…} or \\operatorname{…}.")
  }

  /// The commands that have rules of their own.
  private static let others = [
    "frac", "dfrac", "tfrac", "cfrac", "binom", "sqrt", "text", "textrm", "textbf", "textit", "texttt", "textsf",
    "mbox",
    "mathrm", "mathit", "mathscr", "operatorname", "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl",
    "bigr", "Bigl", "Bigr", "overset", "underset", "stackrel", "not", "bmod", "pmod", "begin", "end", "displaystyle",
    "textstyle", "limits", "nolimits", "bm",
  ]

  /// All that are known, for suggestions.
  private static let commands =
    (others + MathSymbols.all.keys + MathSymbols.functions.keys + MathSymbols.accents.keys
    + MathSymbols.spaces.keys.filter { $0.count > 1 } + MathAlphabet.allCases.map(\.rawValue)).sorted()

  // MARK: - Letters

  /// `node` in upright letters; letters in a row are one name.
  private static func upright(_ node: MathNode) -> MathNode {
    switch node {
    case .identifier(let name, _): return .identifier(name, isUpright: true)
    case .operation("−"): return .operation("-")
    case .row(let nodes):
      var result: [MathNode] = []
      for node in nodes.map(upright) {
        if case .identifier(let name, true) = node, case .identifier(let before, true)? = result.last {
          result[result.count - 1] = .identifier(before + name, isUpright: true)
        } else {
          result.append(node)
        }
      }
      return result.count == 1 ? result[0] : .row(result)
    default: return node
    }
  }

  private static func lettered(_ node: MathNode, _ alphabet: MathAlphabet) -> MathNode {
    switch node {
    case .identifier(let name, _): .identifier(String(name.map(alphabet.letter)), isUpright: true)
    case .number(let digits): .number(String(digits.map(alphabet.letter)))
    case .row(let nodes): .row(nodes.map { lettered($0, alphabet) })
    case .scripts(let base, let below, let above, let areLimits):
      .scripts(
        lettered(base, alphabet), below: below.map { lettered($0, alphabet) },
        above: above.map { lettered($0, alphabet) },
        areLimits: areLimits)
    case .accent(let base, let text, let isBelow, let grows):
      .accent(lettered(base, alphabet), text, isBelow: isBelow, grows: grows)
    default: node
    }
  }

  // MARK: - Enclosed

  private mutating func fenced(at start: Int) throws(MathFault) -> MathNode {
    let opening = try delimiter(of: "\\left", at: start)
    let content = try row(until: [.command("right")])
    guard take(.command("right")) else {
      throw MathFault(
        place: start, summary: "This \\left has no \\right.", hint: "Write \\right. if nothing closes it.")
    }
    return .fenced(opening, content, try delimiter(of: "\\right", at: place))
  }

  /// The sign behind `\left` and the like; a point stands for none.
  private mutating func delimiter(of command: String, at start: Int) throws(MathFault) -> String {
    skipBlanks()
    let token = next
    advance()
    switch token?.kind {
    case .character("."): return ""
    case .character("<"): return "⟨"
    case .character(">"): return "⟩"
    case .character(let sign) where "()[]|/".contains(sign): return String(sign)
    case .command(let name) where MathSymbols.delimiters.contains(name):
      if let symbol = MathSymbols.all[name] { return symbol.text }
    default: break
    }
    throw MathFault(
      place: token?.place ?? start, summary: "Behind \(command) must stand a sign that encloses.",
      hint: "Use ( ) [ ] | \\{ \\} \\langle \\rangle, or a point for none.")
  }

  // MARK: - Tables

  private static let environments: [String: (opening: String, closing: String, table: MathTable)] = [
    "matrix": ("", "", .centred), "smallmatrix": ("", "", .centred), "pmatrix": ("(", ")", .centred),
    "bmatrix": ("[", "]", .centred), "Bmatrix": ("{", "}", .centred), "vmatrix": ("|", "|", .centred),
    "Vmatrix": ("‖", "‖", .centred), "cases": ("{", "", .left), "aligned": ("", "", .aligned),
    "align": ("", "", .aligned), "align*": ("", "", .aligned), "split": ("", "", .aligned),
    "gathered": ("", "", .centred), "gather": ("", "", .centred), "gather*": ("", "", .centred),
    "array": ("", "", .centred), "equation": ("", "", .centred), "equation*": ("", "", .centred),
  ]

  private mutating func environment(at start: Int) throws(MathFault) -> MathNode {
    let name = try rawText(of: "\\begin", at: start)
    guard let environment = Self.environments[name] else {
      let near = Suggestion.nearest(to: name, in: Self.environments.keys.sorted())
      throw MathFault(
        place: start, summary: "“\(name)” is not an environment that formulas here can have.",
        hint: near.map { "Did you mean “\($0)”?" } ?? "Try pmatrix, cases or aligned.")
    }
    if name == "array" { _ = try rawText(of: "\\begin{array}", at: start) }
    var rows: [[MathNode]] = [[]]
    while true {
      let cell = try row(until: [.cell, .command("\\"), .command("cr"), .command("end")])
      rows[rows.count - 1].append(cell)
      guard let token = next else {
        throw MathFault(
          place: start, summary: "This \\begin{\(name)} has no \\end{\(name)}.", hint: "Write it where the table ends.")
      }
      advance()
      if token.kind == .cell { continue }
      if token.kind == .command("end") {
        let end = try rawText(of: "\\end", at: token.place)
        guard end == name else {
          throw MathFault(
            place: token.place, summary: "“\(name)” is open, and “\(end)” ends.", hint: "Write \\end{\(name)} first.")
        }
        break
      }
      rows.append([])
    }
    // A last \\ begins no row.
    if rows.count > 1, rows[rows.count - 1] == [.row([])] { rows.removeLast() }
    let table = MathNode.table(rows, environment.table)
    return environment.opening.isEmpty && environment.closing.isEmpty
      ? table : .fenced(environment.opening, table, environment.closing)
  }
}
