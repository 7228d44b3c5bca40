import Diagnostics

/// Builds a graph from an ONNX file: every shape inferred, every constant read that is needed, everything unsupported
/// reported at once.
struct ONNXImporter {
  private let functions: [ONNXFunction.Identifier: ONNXFunction]
  private var sequence: NodeSequence
  private var builder: GraphBuilder
  private var problems = DiagnosticList()
  private var unsupported: UnsupportedOperators
  private var quantized: [ONNXNode] = []
  private var nodeCount = 0
  /// Attributes that a function may have.
  private static let attributeLimit = 64
  /// The first output of each node that others stand for.
  private var expanded: [(node: String, output: String)] = []

  /// Reads the model at `path` for inputs of the given shapes.
  ///
  /// - Parameters:
  ///   - constants: given the model's own inputs, the values of those that are known already, by name.
  ///   - outputs: given the model's graph, which has at least one output, the tensors that are wanted as outputs; what only
  ///     others need is not read.
  ///   - weights: what stands in the place of the file's weights.
  ///   - inputShapes: given the model's own (name, shape) pairs of the other inputs, the shapes to use.
  /// - Throws: `DiagnosticList`, located at the file.
  static func graph(
    at path: String, constants: ([ONNXValueInfo]) throws -> [String: Constant] = { _ in [:] },
    outputs: (ONNXGraph) throws -> [ONNXValueInfo] = { $0.outputs }, weights: ReplacedWeights? = nil,
    inputShapes: ([ONNXValueInfo]) throws -> [[Int]]
  ) throws -> Graph {
    var problems = DiagnosticList()
    let graph = try problems.collect(at: SourceLocation(file: path)) {
      let model = try read(path)
      guard let source = model.graph else { return Graph() }
      let opset = try checkedOpset(of: model)
      guard !source.outputs.isEmpty else { throw Diagnostic.error("the model has no output.") }
      let wanted = try outputs(source).map(\.name)
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      var builder = GraphBuilder(
        constants: try constants(source.inputs), weights: weights,
        origin: Graph.Origin(producer: model.producer, opset: opset),
        decoder: TensorDecoder(folder: folder.isEmpty ? "/" : folder))
      builder.store(initializersOf: source)
      let inputs = source.inputs.filter { !builder.knows($0.name) }
      let shapes = try inputShapes(inputs)
      builder.fixedBatch = FixedBatch(inputs, shapes)
      var importer = ONNXImporter(
        model, builder,
        try NodeSequence(
          source.nodes, outputs: wanted, given: Set(source.initializers.map(\.name) + source.inputs.map(\.name)),
          opset: opset))
      var whole = importer
      let graph = Result { try importer.build(wanted, inputs, shapes) }
      guard let batch = importer.builder.fixedBatch else { return try graph.get() }
      // The file as it is, to compare with; what is wrong with that has nothing to do with its batch.
      whole.builder.fixedBatch = nil
      whole.builder.elementLimit *= batch.size
      return try batch.check(graph, against: Result { try whole.build(wanted, inputs, batch.statedShapes) })
    }
    guard let graph, !problems.hasErrors else { throw problems }
    return graph
  }

  private init(_ model: ONNXModel, _ builder: GraphBuilder, _ sequence: NodeSequence) {
    functions = Dictionary(model.functions.map { ($0.identifier, $0) }) { first, _ in first }
    unsupported = UnsupportedOperators(opset: builder.graph.origin.opset)
    self.builder = builder
    self.sequence = sequence
  }

  /// The messages of the file at `path`.
  private static func read(_ path: String) throws -> ONNXModel {
    let bytes: Bytes
    do {
      bytes = try Bytes(contentsOfFile: path)
    } catch {
      throw Diagnostic.error("the model \(error.reason).")
    }
    let model: ONNXModel
    do throws(WireError) {
      model = try ONNXModel(bytes)
    } catch {
      let reason = error == .truncated ? "it ends too early" : "its bytes make no sense"
      throw ForeignModel.fault(of: bytes)
        ?? .error("this is not an ONNX model: \(reason).", hint: "Try to copy or export the file again.")
    }
    guard model.graph != nil else {
      throw ForeignModel.fault(of: bytes)
        ?? .error("this is not an ONNX model: it holds no graph.", hint: "Try an .onnx file.")
    }
    return model
  }

  private static func checkedOpset(of model: ONNXModel) throws(Diagnostic) -> Int {
    let opset = model.opsets[""] ?? 1
    guard OperatorTable.opsets.contains(opset) else {
      throw .error(
        "the model uses operator set \(opset); supported are \(OperatorTable.opsets.lowerBound) to "
          + "\(OperatorTable.opsets.upperBound).", hint: "Try exporting it with opset 17.")
    }
    return opset
  }

  private mutating func build(_ outputs: [String], _ inputs: [ONNXValueInfo], _ shapes: [[Int]]) throws -> Graph {
    for (input, shape) in zip(inputs, shapes) { try builder.addInput(input.name, shape) }
    do {
      while let entry = try sequence.next() { try translate(entry) }
    } catch let circle as Diagnostic {
      problems.append(circle)
    }
    if !quantized.isEmpty { throw Quantization.fault(quantized, of: nodeCount) }
    problems.append(contentsOf: builder.problems.all)
    problems.append(contentsOf: unsupported.diagnostics)
    try problems.throwIfErrors()
    for name in outputs { try builder.addOutput(name) }
    // An output may be an initializer, which is read only now.
    try builder.problems.throwIfErrors()
    for (node, output) in expanded { builder.name(node, like: output) }
    return builder.graph
  }

  private mutating func translate(_ entry: NodeSequence.Entry) throws {
    let node = entry.node
    nodeCount += 1
    do {
      if let function = functions[node.function] { return try expand(entry, function) }
      if node.domain.isEmpty, node.operatorType == "If" { return try expandBranch(entry) }
      if try isQuantized(node) {
        quantized.append(node)
        return builder.bindUnknown(node)
      }
      guard
        let registration = OperatorTable.registration(node.operatorType, domain: node.domain, opset: entry.scope.opset)
      else {
        unsupported.append(node)
        return builder.bindUnknown(node)
      }
      guard try !builder.dependsOnUnknown(node) else { return builder.bindUnknown(node) }
      if let spelling = try builder.build(node, opset: entry.scope.opset, registration) { try expand(entry, spelling) }
    } catch let diagnostic as Diagnostic {
      problems.append(diagnostic)
      builder.bindUnknown(node)
    }
  }

  /// Whether the node computes with integers of few bits, other than on constants.
  private mutating func isQuantized(_ node: ONNXNode) throws -> Bool {
    guard Quantization.isQuantized(node.operatorType) else { return false }
    guard Quantization.isKnownOnConstants(node.operatorType), let input = node.inputs.first else { return true }
    if case .constant? = try builder.binding(input) { return false }
    return true
  }

  // MARK: Expansion

  private mutating func expand(_ entry: NodeSequence.Entry, _ function: ONNXFunction) throws {
    let node = entry.node
    guard !entry.scope.calls.contains(function.identifier) else {
      throw Diagnostic.error("\(node.label) is a function that calls itself.", hint: "The file is damaged.")
    }
    let opset = function.opsets[""] ?? entry.scope.opset
    guard OperatorTable.opsets.contains(opset), node.inputs.count <= function.inputs.count,
      node.outputs.count <= function.outputs.count, Set(function.inputs).count == function.inputs.count
    else {
      throw Diagnostic.error(
        "\(node.label) is a function of \(function.inputs.count) inputs and \(function.outputs.count) outputs in operator "
          + "set \(opset), which is called with \(node.inputs.count) and \(node.outputs.count) or not supported.")
    }
    let known = function.attributes + function.defaults.map(\.name)
    guard node.attributes.count <= known.count, known.count <= Self.attributeLimit else {
      throw Diagnostic.error("\(node.label) has more attributes than its function knows, or than are supported.")
    }
    if let stranger = node.attributes.map(\.name).filter({ !known.contains($0) }).min() {
      throw Diagnostic.error("\(node.label) has an attribute “\(stranger)”, which is not known for this operator.")
    }
    let attributes = Dictionary((node.attributes + function.defaults).map { ($0.name, $0) }) { first, _ in first }
    // Inputs that the call leaves out are left out inside too.
    let inputs = function.inputs.enumerated().map { ($1, $0 < node.inputs.count ? node.inputs[$0] : "") }
    expanded.append((node.name, node.outputs.first ?? ""))
    _ = try sequence.expand(
      entry, function.nodes, outputs: function.outputs, inputs: Dictionary(uniqueKeysWithValues: inputs)
    ) { Scope(of: function.identifier, from: entry.scope, opset: opset, names: $0, attributes: attributes) }
  }

  private mutating func expand(_ entry: NodeSequence.Entry, _ spelling: Spelling) throws {
    let inputs = entry.node.inputs.enumerated().map { (Spelling.input($0), $1) }
    expanded.append((entry.node.name, entry.node.outputs.first ?? ""))
    _ = try sequence.expand(
      entry, spelling.nodes, outputs: spelling.outputs, inputs: Dictionary(uniqueKeysWithValues: inputs),
      namesake: true
    ) { Scope(of: nil, from: entry.scope, opset: Spelling.opset, names: $0) }
  }

  /// Takes the branch of an `If` whose condition is known.
  private mutating func expandBranch(_ entry: NodeSequence.Entry) throws {
    let node = entry.node
    guard let name = node.inputs.first, let condition = try builder.binding(name) else {
      throw Diagnostic.error("\(node.label) lacks its condition.", hint: "The file is damaged.")
    }
    guard case .constant(let constant) = condition else {
      if case .unknown = condition { return builder.bindUnknown(node) }
      throw Diagnostic.error(
        "\(node.label) chooses by what the picture holds; only a choice that is known when the model is loaded is supported.",
        hint: "Export the model without branches that depend on its input.")
    }
    let choice = constant.integers.first.map { $0 != 0 } ?? false ? "then_branch" : "else_branch"
    guard constant.count == 1, let bytes = node.attributes.first(where: { $0.name == choice })?.graph,
      let branch = try? sequence.branch(bytes), branch.outputs.count >= node.outputs.count
    else {
      throw Diagnostic.error("\(node.label) has no \(choice) that fits it.", hint: "The file is damaged.")
    }
    expanded.append((node.name, node.outputs.first ?? ""))
    let initializers = branch.initializers.map(\.name)
    let names = try sequence.expand(
      entry, branch.nodes, outputs: branch.outputs.map(\.name), initializers: initializers
    ) { Scope(inside: entry.scope, names: $0) }
    for (tensor, name) in zip(branch.initializers, names) { builder.store(tensor, as: name) }
  }
}

extension GraphBuilder {
  fileprivate mutating func store(initializersOf graph: ONNXGraph) {
    for tensor in graph.initializers { store(tensor, as: tensor.name) }
    for name in graph.sparseInitializers {
      store(
        .error(
          "the weights “\(name)” are sparse, which is not supported.", hint: "Export the model with dense weights."),
        as: name)
    }
  }
}
