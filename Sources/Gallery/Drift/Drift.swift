import Diagnostics
import Files
import Foundation
import NeuralNetwork
import Site

/// Compares two networks, or the results of two, cell by cell: what a network says, and where it looks.
public struct Drift: Sendable {
  private let request: DriftRequest

  /// Creates a comparison.
  public init(_ request: DriftRequest) {
    self.request = request
  }

  /// Compares, and writes the report where one is wanted.
  ///
  /// What networks answer is kept in the store, so that an interrupted run goes on where it was, and the next one computes nothing.
  ///
  /// - Parameter progress: is told what is being done, a line each time, from any thread.
  /// - Throws: `DiagnosticList` with everything that is wrong. Nothing is written then but explanations to the store.
  public func run(progress: @escaping @Sendable (String) -> Void = { _ in }) throws -> DriftReport {
    var faults = DiagnosticList()
    let page = try faults.collect { try request.output.map { try DriftPage($0, request.options) } } ?? nil
    let areFolders = [request.first, request.second].map(isResult)
    if areFolders[0] != areFolders[1] {
      let folder = areFolders[0] ? request.first : request.second
      faults.append(
        .error(
          "“\(folder)” is a folder with results, and “\(areFolders[0] ? request.second : request.first)” a network.",
          hint: "Compare two of a kind: explain both networks with “sitegen explain --arrays”."))
    } else if areFolders[0], let option = request.optionOfNetworks {
      faults.append(
        .error("\(option) is for networks; folders are compared as they are.", hint: "Leave it out."))
    }
    try faults.throwIfErrors()
    let store = Store(request.options.store ?? Store.standardPath(besideContent: request.options.content))
    defer { store.end() }
    let (match, notes) = areFolders[0] ? try matchFolders() : try matchNetworks(store, progress)
    guard !match.pairs.isEmpty else {
      throw Diagnostic.error(
        "“\(request.first)” and “\(request.second)” have no cell in common: no target of the same picture by the same method.",
        hint: "Explain the same pictures, classes and methods.")
    }
    let cells = try DriftCell.all(match)
    let report = DriftReport(
      request.first, request.second, request.limits, notes: notes + cells.layerNotes, cells)
    try page?.write(report, cells, store)
    return report
  }

  /// Whether a name means a folder with results.
  private func isResult(_ name: String) -> Bool {
    let card = ModelReference.card(name, in: PathText.join(request.options.content, "models"))
    return DriftQuestions.isFolder(name) && !FileManager.default.fileExists(atPath: card)
  }

  private func matchFolders() throws -> (DriftMatch, [String]) {
    var faults = DiagnosticList()
    let found = try [request.first, request.second].map { path in
      try faults.collect { try DriftFolder(path: path).sides() }
    }
    guard let first = found[0], let second = found[1] else { throw faults }
    let changed = first.imageHashes.filter { name, hash in second.imageHashes[name].map { $0 != hash } ?? false }
    return (
      DriftMatch(first, second),
      changed.keys.sorted().map { "The picture \($0) is not the same in both." } + Self.otherNames(first, second)
    )
  }

  /// What is said where each side has one picture, and they have different names.
  private static func otherNames(_ first: DriftSides, _ second: DriftSides) -> [String] {
    let names = [first, second].map { Set($0.cells.map(\.place.image)) }
    guard names.allSatisfy({ $0.count == 1 }), names[0] != names[1] else { return [] }
    return ["A’s picture is \(names[0].first ?? ""), B’s is \(names[1].first ?? "")."]
  }

  private func matchNetworks(
    _ store: Store, _ progress: @escaping @Sendable (String) -> Void
  ) throws -> (DriftMatch, [String]) {
    var faults = DiagnosticList()
    if let fault = Network.libraryDiagnostic { faults.append(fault) }
    let options = request.options
    _ = try faults.collect { try store.check(options, output: request.output) }
    let networks = NetworkStore(store)
    defer { networks.hashes.save() }
    let found = try [request.first, request.second].map { name in
      try faults.collect { try DriftNetwork(name, options, networks) }
    }
    guard var first = found[0], var second = found[1] else { throw faults }
    let card = first.cardName ?? second.cardName
    var notes: [String] = []
    if let same = first.run(like: second) {
      first = same
      notes.append("A is run as the card of B says: the same input, labels and layer.")
    } else if let same = second.run(like: first) {
      second = same
      notes.append("B is run as the card of A says: the same input, labels and layer.")
    }
    let questions = try faults.collect { try DriftQuestions(request, card: card) }
    try faults.throwIfErrors()
    guard let questions else { throw faults }
    try store.begin()
    let run = DriftRun(networks, jobs: max(1, options.jobs ?? Parallel.processorCount), progress: progress)
    let outcome = try run.ask(first, second, questions)
    return (DriftMatch(outcome.first, outcome.second), notes + outcome.notes)
  }
}

extension DriftRequest {
  /// An option that says what networks are asked, if there is one.
  fileprivate var optionOfNetworks: String? {
    [
      ("--image", !images.isEmpty), ("--class", !classes.isEmpty), ("--top", top != nil), ("--layer", !layers.isEmpty),
      ("--method", !methods.isEmpty),
    ].first { $0.1 }?.0
  }
}

extension [DriftCell] {
  /// What is said of cells that were computed at layers of different names.
  fileprivate var layerNotes: [String] {
    compactMap { cell in
      guard let a = cell.a?.place.layer, let b = cell.b?.place.layer, a != b else { return nil }
      return "Maps of A at layer \(a) are compared with maps of B at layer \(b)."
    }.withoutRepetitions
  }
}
