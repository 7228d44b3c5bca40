import Diagnostics

/// How a model file is read.
struct ReadingOptions {
  /// [1, C, H, W], or `nil` for the shape that the model states.
  var inputShape: [Int]?
  /// [1, C, H, W] to take the sizes from that the model leaves open.
  var openSizes: [Int]?
  /// The output or inner tensor that holds a classifier's scores, or `nil` for the one that plainly does.
  var output: String?
  /// Outputs and inner tensors that are wanted, whatever they hold; the model need then be no classifier.
  var outputs: [String] = []
  var inputs: [String: FurtherInput] = [:]
  var weights: ReplacedWeights?
}

/// A model file as a graph with the outputs that are wanted: of a classifier the one that is explained.
struct ImportedModel {
  /// With every rectifier as one, and the picture as the first input.
  private(set) var graph: Graph
  /// The classifier's scores, or why there are none.
  private(set) var head: Result<ClassifierHead, Diagnostic>
  /// `nil` where the model has no input.
  private(set) var input: InputShape?
  /// The names of all outputs of the file.
  private(set) var outputNames: [String] = []
  /// Why this output is explained; `nil` where it was named, or is the only one.
  private(set) var outputReason: String?
  /// The outputs that may be scores too, and are not explained.
  private(set) var outputAlternatives: [String] = []

  private let path: String
  private let options: ReadingOptions

  /// - Throws: `DiagnosticList` located at the file, or `Diagnostic`; without `outputs` also where the model is no
  ///   classifier.
  init(_ path: String, _ options: ReadingOptions) throws {
    (self.path, self.options) = (path, options)
    graph = Graph()
    head = .failure(.error("the model has no output."))
    if options.outputs.isEmpty {
      try readClassifier()
      graph = graph.withRectifiers()
      head = .success(try ClassifierHead(graph))
    } else {
      graph = try read { source in
        let scores = options.output == nil ? [] : try ClassifierOutput.candidates(in: source, named: options.output)
        let wanted = try options.outputs.map { try ClassifierOutput.differentiable($0, in: source) }
        return wanted.reduce(into: scores) { all, output in
          if !all.contains(where: { $0.name == output.name }) { all.append(output) }
        }
      }.withRectifiers()
      head = Result { () throws(Diagnostic) in try classifierHead() }
      if options.output != nil { _ = try head.get() }
    }
  }

  private mutating func readClassifier() throws {
    var candidates: [ONNXValueInfo] = []
    let output = options.output
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
    guard output == nil, outputNames.count > 1 else { return }
    let choice = try OutputChoice(among: graph)
    (outputReason, outputAlternatives) = (choice.reason, choice.alternatives)
    // What only the others need is not run.
    if graph.outputs.count > 1 { graph = try read { _ in candidates.filter { $0.name == choice.name } } }
  }

  /// The scores among the outputs that are wanted: of that which is named as such, or plainly holds some.
  private mutating func classifierHead() throws(Diagnostic) -> ClassifierHead {
    guard options.output == nil, graph.outputs.count > 1 else { return try ClassifierHead(graph) }
    let choice = try OutputChoice(among: graph)
    (outputReason, outputAlternatives) = (choice.reason, choice.alternatives)
    return try ClassifierHead(graph, output: graph.outputs.firstIndex { $0.name == choice.name } ?? 0)
  }

  private mutating func read(_ outputs: (ONNXGraph) throws -> [ONNXValueInfo]) throws -> Graph {
    let given = GivenInputs(options.inputs)
    var picture = ""
    var graph = try ONNXImporter.graph(
      at: path,
      constants: { try given.constants($0) },
      outputs: { source in
        outputNames = source.outputs.map(\.name)
        return try outputs(source)
      },
      weights: options.weights,
      inputShapes: { inputs in
        let found = try given.picture(inputs)
        let resolved = try InputShape(found, requested: options.inputShape, openSizes: options.openSizes)
        (input, picture) = (resolved, found.name)
        return try inputs.map { try given.shape(of: $0) ?? resolved.graphShape }
      })
    graph.takesChannelsLast = input?.isChannelsLast ?? false
    let (first, others) = (
      graph.inputs.filter { graph.values[$0].name == picture }, graph.inputs.filter { graph.values[$0].name != picture }
    )
    graph.inputs = first + others
    return graph
  }
}
