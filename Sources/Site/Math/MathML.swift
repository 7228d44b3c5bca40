/// A formula as MathML Core, which browsers set themselves.
///
/// Source: W3C, MathML Core (Candidate Recommendation, 2025).
struct MathML {
  private var html = ""

  /// The formula that `tex` writes as an element `math`; in a line, or displayed on its own.
  static func html(of tex: String, isDisplay: Bool) throws(MathFault) -> String {
    let node = try MathParser.parse(tex)
    var writer = MathML()
    writer.write(node)
    let display = isDisplay ? " display=\"block\"" : ""
    return "<math\(display)><mrow>\(writer.html)</mrow></math>"
  }

  private mutating func element(_ name: String, _ attributes: String = "", _ nodes: MathNode...) {
    html += "<\(name)\(attributes)>"
    for node in nodes { group(node) }
    html += "</\(name)>"
  }

  /// A node as one element.
  private mutating func group(_ node: MathNode) {
    switch node {
    case .row(let nodes) where nodes.count != 1:
      html += "<mrow>"
      write(node)
      html += "</mrow>"
    default: write(node)
    }
  }

  private mutating func leaf(_ name: String, _ text: String, _ attributes: String = "") {
    html += "<\(name)\(attributes)>\(MarkupText.escaped(text))</\(name)>"
  }

  private mutating func write(_ node: MathNode) {
    switch node {
    case .row(let nodes): row(nodes)
    case .identifier(let name, let isUpright):
      leaf("mi", name, isUpright && name.count == 1 && name.utf8.count < 4 ? " mathvariant=\"normal\"" : "")
    case .number(let digits): leaf("mn", digits)
    case .operation(let sign): leaf("mo", sign)
    case .delimiter(let sign, let size):
      leaf("mo", sign, size.map { " minsize=\"\($0)\" maxsize=\"\($0)\"" } ?? " stretchy=\"false\"")
    case .function(let name, hasLimits: true):
      leaf("mo", name, " movablelimits=\"true\" form=\"prefix\" lspace=\"0\" rspace=\"0\"")
    case .function(let name, hasLimits: false): leaf("mi", name, name.count == 1 ? " mathvariant=\"normal\"" : "")
    case .text(let text):
      // Blanks at the ends of an element are left out.
      leaf("mtext", text.map { $0 == " " ? "\u{A0}" : String($0) }.joined())
    case .space(let width): html += "<mspace width=\"\(width)\"></mspace>"
    case .fraction(let above, let below, let hasLine):
      element("mfrac", hasLine ? "" : " linethickness=\"0\"", above, below)
    case .root(let content, nil): element("msqrt", "", content)
    case .root(let content, let degree?): element("mroot", "", content, degree)
    case .scripts(let base, let below?, nil, let areLimits): element(areLimits ? "munder" : "msub", "", base, below)
    case .scripts(let base, nil, let above?, let areLimits): element(areLimits ? "mover" : "msup", "", base, above)
    case .scripts(let base, let below?, let above?, let areLimits):
      element(areLimits ? "munderover" : "msubsup", "", base, below, above)
    case .scripts(let base, nil, nil, _): write(base)
    case .accent(let base, let sign, let isBelow, let grows):
      let (name, attribute) = isBelow ? ("munder", "accentunder") : ("mover", "accent")
      html += "<\(name) \(attribute)=\"true\">"
      group(base)
      leaf("mo", sign, " stretchy=\"\(grows)\"")
      html += "</\(name)>"
    case .fenced(let opening, let content, let closing):
      html += "<mrow>"
      if !opening.isEmpty { leaf("mo", opening, " stretchy=\"true\" fence=\"true\" form=\"prefix\"") }
      write(content)
      if !closing.isEmpty { leaf("mo", closing, " stretchy=\"true\" fence=\"true\" form=\"postfix\"") }
      html += "</mrow>"
    case .middle(let sign): leaf("mo", sign, " stretchy=\"true\" fence=\"true\" form=\"infix\"")
    case .table(let rows, let table): self.table(rows, table)
    case .style(let content, let isDisplay):
      html += "<mstyle displaystyle=\"\(isDisplay)\" scriptlevel=\"0\">"
      write(content)
      html += "</mstyle>"
    }
  }

  /// Nodes in a row; between the name of a function and a letter or a number stands a thin blank.
  private mutating func row(_ nodes: [MathNode]) {
    for (index, node) in nodes.enumerated() {
      if index > 0, nodes[index - 1].isFunction && node.isOrdinary || nodes[index - 1].isOrdinary && node.isFunction {
        write(.space("0.167em"))
      }
      group(node)
    }
  }

  private mutating func table(_ rows: [[MathNode]], _ table: MathTable) {
    html += "<mtable\(table == .aligned ? " displaystyle=\"true\"" : "")>"
    for row in rows {
      html += "<mtr>"
      for (column, cell) in row.enumerated() {
        let side: String? =
          switch table {
          case .centred: nil
          case .left: "left"
          case .aligned: column.isMultiple(of: 2) ? "right" : "left"
          }
        let padding = table == .aligned ? ";padding-\(column.isMultiple(of: 2) ? "right" : "left"):0" : ""
        html += "<mtd\(side.map { " style=\"text-align:\($0)\(padding)\"" } ?? "")>"
        write(cell)
        html += "</mtd>"
      }
      html += "</mtr>"
    }
    html += "</mtable>"
  }
}

extension MathNode {
  /// Whether it is the name of a function, with indices or without.
  fileprivate var isFunction: Bool {
    switch self {
    case .function: true
    case .scripts(.function, _, _, _): true
    default: false
    }
  }

  /// Whether it is a letter, a number or something as large.
  fileprivate var isOrdinary: Bool {
    switch self {
    case .identifier, .number, .function, .fraction, .root, .accent: true
    case .scripts(let base, _, _, areLimits: false): base.isOrdinary
    case .scripts(.function, _, _, _): true
    default: false
    }
  }
}
