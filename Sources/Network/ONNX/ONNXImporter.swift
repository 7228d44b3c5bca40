import Diagnostics

/// Builds a graph from an ONNX file: every shape inferred, every constant read, everything unsupported reported at once.
struct ONNXImporter {
  /// A tensor of the model while the graph is built.
  private enum Binding {
    case value(Int)
    case constant(Constant)
    /// The output of a node that could not be built; what depends on it is only checked for support.
    case unknown
  }

  private let path: String
  private let decoder: TensorDecoder
  private let finite = FiniteConstants()
  private var graph = Graph()
  private var bindings: [String: Binding] = [:]
  private var problems = DiagnosticList()
  private var unsupported: [String] = []
  /// Elements of all values and computed constants so far.
  private var elementCount = 0
  private var elementLimit = 1 << 30
  /// How the model is made to take one picture where its file states a batch of several.
  private var fixedBatch: FixedBatch?
  /// Computes what depends on constants alone; made when there is something.
  private lazy var engine = Result { try Engine() }

  /// Reads the model at `path` for inputs of the given shapes.
  ///
  /// - Parameters:
  ///   - constants: inputs whose values are known already, by name.
  ///   - outputs: given the model's graph, which has at least one output, the tensors that are wanted as outputs; what only
  ///     others need is not read.
  ///   - inputShapes: given the model's own (name, shape) pairs of the other inputs, the shapes to use.
  /// - Throws: `DiagnosticList`, located at the file.
  static func graph(
    at path: String, constants: [String: Constant] = [:],
    outputs: (ONNXGraph) throws -> [ONNXValueInfo] = { $0.outputs }, inputShapes: ([ONNXValueInfo]) throws -> [[Int]]
  ) throws -> Graph {
    var problems = DiagnosticList()
    let graph = try problems.collect(at: SourceLocation(file: path)) {
      let model = try read(path)
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      var importer = ONNXImporter(path: path, decoder: TensorDecoder(folder: folder.isEmpty ? "/" : folder))
      importer.bindings = constants.mapValues { .constant($0) }
      var whole = importer
      let graph = Result { try importer.build(model, outputs: outputs, inputShapes: inputShapes) }
      guard let batch = importer.fixedBatch else { return try graph.get() }
      // The file as it is, to compare with; what is wrong with that has nothing to do with its batch.
      whole.elementLimit *= batch.size
      let stated = Result { try whole.build(model, outputs: outputs) { _ in batch.statedShapes } }
      return try batch.check(graph, against: stated)
    }
    guard let graph, !problems.hasErrors else { throw problems }
    return graph
  }

  private init(path: String, decoder: TensorDecoder) {
    self.path = path
    self.decoder = decoder
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

  private mutating func build(
    _ model: ONNXModel, outputs: (ONNXGraph) throws -> [ONNXValueInfo],
    inputShapes: ([ONNXValueInfo]) throws -> [[Int]]
  ) throws -> Graph {
    guard var source = model.graph else { return graph }
    let opset = model.opsets[""] ?? 1
    guard OperatorTable.opsets.contains(opset) else {
      throw Diagnostic.error(
        "the model uses operator set \(opset); supported are \(OperatorTable.opsets.lowerBound) to "
          + "\(OperatorTable.opsets.upperBound).", hint: "Try exporting it with opset 17.")
    }
    guard !source.outputs.isEmpty else { throw Diagnostic.error("the model has no output.") }
    source.outputs = try outputs(source)
    graph.origin = Graph.Origin(producer: model.producer, opset: opset)
    guard !source.hasSparseInitializers else {
      throw Diagnostic.error(
        "the model has sparse weights, which are not supported.", hint: "Export it with dense weights.")
    }
    let nodes = Self.nodes(of: source)
    if let fault = Quantization.fault(in: nodes) { throw fault }
    for tensor in source.initializers {
      let constant = try problems.collect { try decoder.decode(tensor) }
      bindings[tensor.name] = constant.map { .constant($0) } ?? .unknown
    }
    let inputs = source.inputs.filter { bindings[$0.name] == nil }
    let shapes = try inputShapes(inputs)
    fixedBatch = FixedBatch(inputs, shapes)
    for (input, shape) in zip(inputs, shapes) {
      try require(shape, of: "the input “\(input.name)”")
      graph.inputs.append(add(input.name, shape))
    }
    for node in nodes { try translate(node, opset: opset) }
    reportUnsupported(opset: opset)
    try problems.throwIfErrors()
    for output in source.outputs {
      switch bindings[output.name] {
      case .value(let value): graph.outputs.append((output.name, .value(value)))
      case .constant(let constant): graph.outputs.append((output.name, .constant(constant)))
      case .unknown, nil: throw Diagnostic.error("nothing computes the output “\(output.name)”.")
      }
    }
    return graph
  }

  /// The nodes that the outputs depend on, in the file's (topological) order, without the outputs that nobody reads.
  private static func nodes(of source: ONNXGraph) -> [ONNXNode] {
    var needed = Set(source.outputs.map(\.name))
    var kept: [ONNXNode] = []
    for node in source.nodes.reversed() where node.outputs.contains(where: needed.contains) {
      needed.formUnion(node.inputs)
      kept.append(node)
    }
    return kept.reversed().map { node in
      var node = node
      node.outputs = node.outputs.map { needed.contains($0) ? $0 : "" }
      return node
    }
  }

  private mutating func translate(_ node: ONNXNode, opset: Int) throws {
    guard node.domain.isEmpty, let registration = OperatorTable.registration(node.operatorType, opset: opset) else {
      let domain = node.domain.isEmpty ? "" : "\(node.domain)."
      unsupported.append("“\(node.displayName)” (\(domain)\(node.operatorType))")
      return bindUnknown(node)
    }
    guard !node.inputs.contains(where: { if case .unknown = bindings[$0] { true } else { false } }) else {
      return bindUnknown(node)
    }
    do {
      let inputs = try node.inputs.map { try input($0, of: node) }
      try build(node, fixedBatch?.adapt(inputs, of: node) ?? inputs, opset: opset, registration)
    } catch let diagnostic as Diagnostic {
      problems.append(diagnostic)
      bindUnknown(node)
    }
  }

  private mutating func build(
    _ node: ONNXNode, _ inputs: [NodeReader.Input], opset: Int, _ registration: Registration
  ) throws {
    var reader = NodeReader(node, inputs: inputs, opset: opset, decode: decoder.decode)
    let translation = try registration.build(&reader)
    try reader.attributes.finish()
    switch translation {
    case .identity: bindIdentity(node, to: reader.operands[0])
    case .identityBeside(let constants):
      bindIdentity(node, to: reader.operands[0])
      for (name, constant) in zip(node.outputs.dropFirst(), constants) { bindings[name] = .constant(constant) }
    case .constants(let constants): try bind(node, to: constants)
    case .operation(let operation):
      if let folded = try fold(operation, reader.operands) { return try bind(node, to: folded) }
      try append(node, operation, reader.operands)
    }
  }

  /// The result of an operation on constants, if it can be had now.
  private mutating func fold(_ operation: any Operator, _ operands: [Graph.Operand]) throws -> [Constant]? {
    let constants = operands.compactMap { if case .constant(let constant) = $0 { constant } else { nil } }
    guard constants.count == operands.count else { return nil }
    if let operation = operation as? any FoldableOperator { return try operation.fold(constants) }
    guard constants.allSatisfy({ $0.elementType == .float32 }) else { return nil }
    let engine = try engine.get()
    let memories = constants.map { engine.view($0, allowsMisalignment: operation.acceptsMisalignedConstants) }
    return try operation.forward(memories, on: engine).outputs.map { memory in
      let tensor = try engine.download(memory)
      return Constant(shape: tensor.shape, tensor.values)
    }
  }

  private mutating func append(_ node: ONNXNode, _ operation: any Operator, _ operands: [Graph.Operand]) throws {
    for operand in operands {
      guard case .constant(let constant) = operand else { continue }
      guard constant.elementType == .float32 else {
        throw Diagnostic.error(
          "\(node.label) computes with \(constant.elementType) constants, which is supported only for shapes.")
      }
      guard constant.count > 0 else {
        throw Diagnostic.error("\(node.label) reads an empty tensor, \(constant.shape.shapeText).")
      }
    }
    let shapes = try operation.outputShapes(
      operands.map { operand in
        switch operand {
        case .value(let value): graph.values[value].shape
        case .constant(let constant): constant.shape
        }
      })
    for shape in shapes { try require(shape, of: "the output of \(node.label)") }
    let outputs = zip(node.outputs, shapes).map { add($0, $1) }
    if let first = outputs.first, !node.name.isEmpty, graph.names[node.name] == nil { graph.names[node.name] = first }
    graph.nodes.append(
      Graph.Node(
        name: node.displayName, operatorType: node.operatorType, operation: operation, operands: operands,
        outputs: outputs))
  }

  /// Throws where a tensor cannot be computed, or makes the network too large.
  private mutating func require(_ shape: [Int], of name: String) throws(Diagnostic) {
    guard shape.count <= Layout.maximumRank, shape.allSatisfy({ $0 > 0 }) else {
      throw .error(
        "\(name) has shape \(shape.shapeText); supported are up to \(Layout.maximumRank) axes, none of them empty.")
    }
    try reserve(shape, for: name)
  }

  private mutating func reserve(_ shape: [Int], for name: String) throws(Diagnostic) {
    let count = shape.elementCount
    guard count <= elementLimit - elementCount else {
      throw .error(
        "\(name) has shape \(shape.shapeText), with which the network takes more than 4 GiB.",
        hint: "Try a smaller input size.")
    }
    elementCount += count
  }

  /// Gives a tensor a value.
  private mutating func add(_ name: String, _ shape: [Int]) -> Int {
    let value = graph.values.count
    graph.values.append(Graph.Value(name: name, shape: shape))
    graph.names[name] = value
    bindings[name] = .value(value)
    return value
  }

  private mutating func bind(_ node: ONNXNode, to constants: [Constant]) throws(Diagnostic) {
    for constant in constants { try reserve(constant.shape, for: "the output of \(node.label)") }
    for (name, constant) in zip(node.outputs, constants) { bindings[name] = .constant(constant) }
  }

  private mutating func bindIdentity(_ node: ONNXNode, to operand: Graph.Operand) {
    guard let output = node.outputs.first else { return }
    switch operand {
    case .constant(let constant): bindings[output] = .constant(constant)
    case .value(let value):
      bindings[output] = .value(value)
      for name in [output, node.name] where !name.isEmpty && graph.names[name] == nil { graph.names[name] = value }
    }
  }

  private mutating func bindUnknown(_ node: ONNXNode) {
    for output in node.outputs { bindings[output] = .unknown }
  }

  private func input(_ name: String, of node: ONNXNode) throws -> NodeReader.Input {
    if name.isEmpty { return .omitted }
    switch bindings[name] {
    case .value(let value): return .value(value, shape: graph.values[value].shape)
    case .constant(let constant):
      try finite.check(constant, named: name, readBy: node)
      return .constant(constant)
    case .unknown: return .omitted
    case nil:
      throw Diagnostic.error(
        "\(node.label) reads “\(name)”, which nothing before it computes.", hint: "The file is damaged.")
    }
  }

  private mutating func reportUnsupported(opset: Int) {
    guard !unsupported.isEmpty else { return }
    let count = unsupported.count == 1 ? "1 node uses an operator" : "\(unsupported.count) nodes use operators"
    problems.append(
      .error(
        "\(count) that sitegen does not support in operator set \(opset): \(unsupported.joined(separator: ", ")).",
        hint: "Try exporting the model with opset 17, or another classifier."))
  }
}
