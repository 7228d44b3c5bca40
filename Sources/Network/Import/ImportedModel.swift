import Diagnostics

/// A model file as a graph with one output: that which is explained.
struct ImportedModel {
  /// With every rectifier as one.
  private(set) var graph: Graph
  /// `nil` where the model has no input.
  private(set) var input: InputShape?
  /// The names of all outputs of the file.
  private(set) var outputNames: [String] = []
  /// Why this output is explained; `nil` where it was named, or is the only one.
  private(set) var outputReason: String?
  /// The outputs that may be scores too, and are not explained.
  private(set) var outputAlternatives: [String] = []

  private let path: String
  private let inputShape: [Int]?
  private let openSizes: [Int]?

  /// - Parameters:
  ///   - inputShape: [1, C, H, W], or `nil` for the shape that the model states.
  ///   - openSizes: [1, C, H, W] to take the sizes from that the model leaves open.
  ///   - output: the name of an output or of a tensor inside, or `nil` for the one that is plainly the list of scores.
  /// - Throws: `DiagnosticList` located at the file, or `Diagnostic`.
  init(_ path: String, inputShape: [Int]?, openSizes: [Int]?, output: String?) throws {
    (self.path, self.inputShape, self.openSizes) = (path, inputShape, openSizes)
    graph = Graph()
    var candidates: [ONNXValueInfo] = []
    do {
      graph = try read { source in
        candidates = try ClassifierOutput.candidates(in: source, named: output)
        return candidates
      }
    } catch let faults as DiagnosticList where candidates.count > 1 {
      // What is not supported may be needed for some of the outputs alone.
      candidates = candidates.filter { candidate in (try? read { _ in [candidate] }) != nil }
      guard !candidates.isEmpty else { throw faults }
      graph = try read { _ in candidates }
    }
    if output == nil, outputNames.count > 1 {
      let choice = try OutputChoice(among: graph)
      (outputReason, outputAlternatives) = (choice.reason, choice.alternatives)
      // What only the others need is not run.
      if graph.outputs.count > 1 { graph = try read { _ in candidates.filter { $0.name == choice.name } } }
    }
    graph = graph.withRectifiers()
  }

  private mutating func read(_ outputs: (ONNXGraph) throws -> [ONNXValueInfo]) throws -> Graph {
    var graph = try ONNXImporter.graph(
      at: path,
      outputs: { source in
        outputNames = source.outputs.map(\.name)
        return try outputs(source)
      },
      inputShapes: { inputs in
        let resolved = try InputShape(inputs, requested: inputShape, openSizes: openSizes)
        input = resolved
        return [resolved.graphShape]
      })
    graph.takesChannelsLast = input?.isChannelsLast ?? false
    return graph
  }
}
