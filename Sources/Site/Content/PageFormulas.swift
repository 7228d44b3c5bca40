import Diagnostics

/// The formulas of a page as MathML.
struct PageFormulas {
  /// By node; those with faults are missing.
  private(set) var html: [Int: String] = [:]
  /// The faults of those that cannot be read, where they stand.
  private(set) var faults: [Diagnostic] = []

  /// Reads the formulas of `tree`, whose file the user knows as `file`.
  init(of tree: MarkdownTree, in file: String) {
    for (index, node) in tree.nodes.enumerated() {
      guard case .formula(let formula) = node.kind else { continue }
      do throws(MathFault) {
        html[index] = try MathML.html(of: formula.tex, isDisplay: formula.isDisplay)
      } catch {
        faults.append(.error(error.summary, at: Self.location(of: error.place, in: formula, file), hint: error.hint))
      }
    }
  }

  private static func location(of place: Int, in formula: MarkdownFormula, _ file: String) -> SourceLocation {
    let before = formula.tex.prefix(place).split(separator: "\n", omittingEmptySubsequences: false)
    let origin = TextOrigin(file: file, firstLine: formula.line, columnOffsets: formula.columnOffsets ?? [])
    return origin.location(
      line: before.count, column: formula.columnOffsets.map { _ in (before.last?.count ?? 0) + 1 })
  }
}
