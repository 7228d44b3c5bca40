/// All that one run found, thrown together so that the user can mend it together.
public struct DiagnosticList: Error, Hashable, Sendable {
  /// The diagnostics in the order in which they were found.
  public private(set) var all: [Diagnostic] = []
  /// Those in `all`.
  private var known: Set<Diagnostic> = []

  /// Creates a list.
  public init(_ all: [Diagnostic] = []) {
    self.all = all
    known = Set(all)
  }

  /// Whether any of them stops the build.
  public var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// Adds one diagnostic; the same diagnostic is kept once.
  public mutating func append(_ diagnostic: Diagnostic) {
    if known.insert(diagnostic).inserted { all.append(diagnostic) }
  }

  /// Adds several.
  public mutating func append(contentsOf diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics { append(diagnostic) }
  }

  /// Runs `work` and keeps what it throws, placed at `location` unless it has a place of its own.
  ///
  /// - Returns: what `work` returned, or `nil` after a fault.
  /// - Throws: errors that are not diagnostics: those are bugs, not faults of the user's.
  public mutating func collect<T>(at location: SourceLocation? = nil, _ work: () throws -> T) rethrows -> T? {
    do {
      return try work()
    } catch let diagnostic as Diagnostic {
      append(diagnostic.located(at: location))
    } catch let list as DiagnosticList {
      append(contentsOf: list.all.map { $0.located(at: location) })
    }
    return nil
  }

  /// Throws this list if it has an error.
  public func throwIfErrors() throws(DiagnosticList) {
    if hasErrors { throw self }
  }

  /// The diagnostics sorted by place; those without one come first.
  public var sorted: [Diagnostic] {
    all.enumerated().sorted { a, b in
      switch (a.element.location, b.element.location) {
      case (let left?, let right?) where left != right: left < right
      case (nil, _?): true
      case (_?, nil): false
      default: a.offset < b.offset
      }
    }.map(\.element)
  }
}

extension DiagnosticList: CustomStringConvertible {
  /// One diagnostic a line.
  public var description: String { sorted.map(\.description).joined(separator: "\n") }
}
