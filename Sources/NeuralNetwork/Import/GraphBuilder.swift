import Diagnostics

/// Makes a graph of nodes that come in an order in which they can run: shapes inferred, constants folded.
struct GraphBuilder {
  /// A tensor of the model while the graph is built.
  enum Binding {
    case value(Int)
    case constant(Constant)
    /// The output of a node that could not be built; what depends on it is only checked for support.
    case unknown
  }

  private(set) var graph: Graph
  private let decoder: TensorDecoder
  private let finite = FiniteConstants()
  private let weights: ReplacedWeights?
  private var bindings: [String: Binding]
  /// Initializers that nobody has read yet, and why those cannot be read that must not be.
  private var stored: [String: Result<ONNXTensor, Diagnostic>] = [:]
  /// What is wrong with initializers that were read.
  private(set) var problems = DiagnosticList()
  /// Elements of all values and computed constants so far.
  private var elementCount = 0
  var elementLimit = 1 << 30
  /// How the model is made to take one picture where its file states a batch of several.
  var fixedBatch: FixedBatch?
  /// Computes what depends on constants alone; made when there is something.
  private lazy var engine = Result { try Engine() }

  /// - Parameters:
  ///   - constants: tensors whose values are known already, by name.
  ///   - weights: what stands in the place of initializers.
  init(constants: [String: Constant], weights: ReplacedWeights?, origin: Graph.Origin, decoder: TensorDecoder) {
    self.weights = weights
    bindings = constants.mapValues { .constant($0) }
    graph = Graph()
    graph.origin = origin
    self.decoder = decoder
  }

  // MARK: Tensors

  /// Keeps an initializer, which is decoded when somebody reads it.
  mutating func store(_ tensor: ONNXTensor, as name: String) { stored[name] = .success(tensor) }

  /// Keeps what to say when somebody reads an initializer that is not supported.
  mutating func store(_ fault: Diagnostic, as name: String) { stored[name] = .failure(fault) }

  /// Whether a tensor of this name is there already.
  func knows(_ name: String) -> Bool { bindings[name] != nil || stored[name] != nil }

  /// What stands under a name.
  mutating func binding(_ name: String) throws -> Binding? {
    if let known = bindings[name] { return known }
    guard let tensor = stored.removeValue(forKey: name) else { return nil }
    let (decoder, weights) = (decoder, weights)
    let constant = try problems.collect {
      let constant = try decoder.decode(tensor.get())
      return try weights?.replacement(for: constant, named: name) ?? constant
    }
    bindings[name] = constant.map { .constant($0) } ?? .unknown
    return bindings[name]
  }

  /// Whether the node reads something that could not be built.
  mutating func dependsOnUnknown(_ node: ONNXNode) throws -> Bool {
    try node.inputs.contains { if case .unknown = try binding($0) { true } else { false } }
  }

  mutating func addInput(_ name: String, _ shape: [Int]) throws(Diagnostic) {
    try require(shape, of: "the input “\(name)”")
    graph.inputs.append(add(name, shape))
  }

  /// Makes the tensor of this name an output.
  mutating func addOutput(_ name: String) throws {
    switch try binding(name) {
    case .value(let value): graph.outputs.append((name, .value(value)))
    case .constant(let constant): graph.outputs.append((name, .constant(constant)))
    case .unknown, nil: throw Diagnostic.error("nothing computes the output “\(name)”.")
    }
  }

  /// Lets a node's name mean what a tensor means, unless it has a meaning of its own.
  mutating func name(_ node: String, like tensor: String) {
    if case .value(let value)? = bindings[tensor], !node.isEmpty, graph.names[node] == nil { graph.names[node] = value }
  }

  mutating func bindUnknown(_ node: ONNXNode) {
    for output in node.outputs where !output.isEmpty { bindings[output] = .unknown }
  }

  // MARK: Nodes

  /// Adds what a node computes.
  ///
  /// - Returns: the nodes in which it is spelled out, where it is no operation of its own.
  mutating func build(_ node: ONNXNode, opset: Int, _ registration: Registration) throws -> Spelling? {
    if let attribute = node.attributes.first(where: { !$0.reference.isEmpty }) {
      throw Diagnostic.error(
        "\(node.label): attribute “\(attribute.name)” takes its value from a function, but stands in none.",
        hint: "The file is damaged.")
    }
    let stated = try node.inputs.map { try input($0, of: node) }
    let inputs = fixedBatch?.adapt(stated, of: node) ?? stated
    var reader = NodeReader(node, inputs: inputs, opset: opset, decode: decoder.decode)
    let translation = try registration.build(&reader)
    try reader.attributes.finish()
    switch translation {
    case .identity: bindIdentity(node, to: reader.operands[0])
    case .identityBeside(let constants):
      bindIdentity(node, to: reader.operands[0])
      for (name, constant) in zip(node.outputs.dropFirst(), constants) where !name.isEmpty {
        bindings[name] = .constant(constant)
      }
    case .constants(let constants): try bind(node, to: constants)
    case .operation(let operation):
      if let folded = try fold(operation, reader.operands) {
        try bind(node, to: folded)
      } else {
        try append(node, operation, reader.operands)
      }
    case .spelling(let spelling): return spelling
    }
    return nil
  }

  private mutating func input(_ name: String, of node: ONNXNode) throws -> NodeReader.Input {
    if name.isEmpty { return .omitted }
    switch try binding(name) {
    case .value(let value): return .value(value, shape: graph.values[value].shape)
    case .constant(let constant):
      try finite.check(constant, named: name, readBy: node)
      return .constant(constant)
    case .unknown: return .omitted
    case nil:
      throw Diagnostic.error(
        "\(node.label) reads “\(name.split(separator: "\n").first ?? "")”, which nothing computes.",
        hint: "The file is damaged.")
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
    guard !name.isEmpty else { return value }
    graph.names[name] = value
    bindings[name] = .value(value)
    return value
  }

  private mutating func bind(_ node: ONNXNode, to constants: [Constant]) throws(Diagnostic) {
    for constant in constants { try reserve(constant.shape, for: "the output of \(node.label)") }
    for (name, constant) in zip(node.outputs, constants) where !name.isEmpty { bindings[name] = .constant(constant) }
  }

  private mutating func bindIdentity(_ node: ONNXNode, to operand: Graph.Operand) {
    guard let output = node.outputs.first, !output.isEmpty else { return }
    switch operand {
    case .constant(let constant): bindings[output] = .constant(constant)
    case .value(let value):
      bindings[output] = .value(value)
      for name in [output, node.name] where !name.isEmpty && graph.names[name] == nil { graph.names[name] = value }
    }
  }
}
