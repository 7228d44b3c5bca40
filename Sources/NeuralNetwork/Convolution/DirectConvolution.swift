/// A convolution by oneDNN's own primitives.
struct DirectConvolution: ConvolutionRun {
  let source: Layout
  let destination: Layout
  let isFused: Bool
  let passesNonFinite: Bool
  private let primitive: Primitive
  private let weights: OpaqueMemory
  /// What the primitive calls its operands: the backward one has other names.
  private let names: (source: Argument, destination: Argument)

  /// y = x ∗ w + b. Asks oneDNN for its favourite layouts first, and then for a primitive in them that does everything.
  ///
  /// - Parameters:
  ///   - recipe: without post-operations.
  ///   - adds: whether a tensor is added before the rectifier.
  ///   - packed: the weights in the layout that the primitive asks for.
  init(
    _ recipe: ConvolutionForward, adds: Bool, rectifier: ElementwiseFunction?, on engine: Engine,
    packed: (Descriptor) throws -> OpaqueMemory
  ) throws {
    var recipe = recipe
    let activation = rectifier.map { [PostOperation($0)] } ?? []
    recipe.postOperations = adds ? [] : activation
    var (primitive, formats) = try engine.formats(
      recipe, .source, .destination, recipe.source, recipe.destination)
    recipe.formats = formats
    source = Layout(recipe.source, formats.source)
    destination = Layout(recipe.destination, formats.destination)
    if primitive == nil || adds {
      if adds { recipe.postOperations = [.add(destination)] + activation }
      primitive = try engine.primitiveIfImplemented(recipe)
    }
    isFused = primitive != nil
    if !isFused { recipe.postOperations = [] }
    // oneDNN's rectifiers make numbers of what is none.
    passesNonFinite = rectifier == nil || !isFused
    self.primitive = try primitive ?? engine.primitive(recipe)
    names = (.source, .destination)
    weights = try packed(self.primitive.descriptor(of: .weights))
  }

  /// dx = dy ∗ᵀ w.
  init(
    _ recipe: ConvolutionBackwardData, on engine: Engine, packed: (Descriptor) throws -> OpaqueMemory
  ) throws {
    var recipe = recipe
    let (primitive, formats) = try engine.formats(
      recipe, .sourceGradient, .destinationGradient, recipe.source, recipe.destination)
    recipe.formats = formats
    source = Layout(recipe.destination, formats.destination)
    destination = Layout(recipe.source, formats.source)
    isFused = true
    passesNonFinite = true
    self.primitive = try primitive ?? engine.primitive(recipe)
    names = (.destinationGradient, .sourceGradient)
    weights = try packed(self.primitive.descriptor(of: .weights))
  }

  func execute(
    _ source: Memory, bias: Memory?, addend: Memory?, into destination: Memory, on engine: Engine
  ) throws {
    var arguments: [(Argument, any MemoryConvertible)] = [
      (names.source, source), (.weights, weights), (names.destination, destination),
    ]
    if let bias { arguments.append((.bias, bias)) }
    if let addend { arguments.append((.fusedAddend, addend)) }
    try engine.execute(primitive, arguments)
  }
}

extension PostOperation {
  fileprivate init(_ function: ElementwiseFunction) {
    switch function {
    case .relu: self = .relu
    case .clip(let lower, let upper): self = .clip(lower: lower, upper: upper)
    }
  }
}

extension Engine {
  /// The primitive of `recipe`, or `nil` where oneDNN cannot do that.
  fileprivate func primitiveIfImplemented(_ recipe: some PrimitiveRecipe) throws -> Primitive? {
    do {
      return try primitive(recipe)
    } catch {
      if error.isUnimplemented { return nil }
      throw error
    }
  }

  /// The formats that oneDNN likes for a convolution, and the primitive in them; plain ones, and no primitive yet, where
  /// it likes formats that are none of ours.
  fileprivate func formats(
    _ recipe: some PrimitiveRecipe, _ source: Argument, _ destination: Argument, _ sourceShape: [Int],
    _ destinationShape: [Int]
  ) throws -> (Primitive?, ConvolutionFormats) {
    let primitive = try primitive(recipe)
    if let source = try primitive.descriptor(of: source).layout(shape: sourceShape),
      let destination = try primitive.descriptor(of: destination).layout(shape: destinationShape)
    {
      return (primitive, ConvolutionFormats(source: source.format, destination: destination.format))
    }
    return (nil, ConvolutionFormats(source: .plain, destination: .plain))
  }
}
