/// A part of a formula.
indirect enum MathNode: Equatable {
  case row([MathNode])
  /// A name; one letter is slanted unless it is to stand upright.
  case identifier(String, isUpright: Bool)
  case number(String)
  case operation(String)
  /// A sign that encloses, in its own size.
  case delimiter(String, size: String?)
  /// The name of a function; limits stand below and above it.
  case function(String, hasLimits: Bool)
  case text(String)
  /// A blank of a width.
  case space(String)
  case fraction(MathNode, MathNode, hasLine: Bool)
  case root(MathNode, degree: MathNode?)
  case scripts(MathNode, below: MathNode?, above: MathNode?, areLimits: Bool)
  case accent(MathNode, String, isBelow: Bool, grows: Bool)
  /// Something between signs that grow with it; `|` in the middle too.
  case fenced(String, MathNode, String)
  case middle(String)
  case table([[MathNode]], MathTable)
  case style(MathNode, isDisplay: Bool)

  /// Whether limits of it stand below and above.
  var takesLimits: Bool {
    switch self {
    case .operation(let sign): MathSymbols.takesLimits.contains(sign)
    case .function(_, let hasLimits): hasLimits
    case .accent(_, "⏞", _, _), .accent(_, "⏟", _, _): true
    case .scripts(let base, _, _, areLimits: true): base.takesLimits && base.isBrace
    default: false
    }
  }

  private var isBrace: Bool { if case .accent = self { true } else { false } }
}

/// How the cells of a table are set.
enum MathTable: Equatable {
  case centred, left
  /// Columns that meet: right, left, right…
  case aligned
}
