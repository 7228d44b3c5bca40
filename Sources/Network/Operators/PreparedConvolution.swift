/// What a convolution works out once for its shapes: primitives, layouts, packed weights.
final class PreparedConvolution {
  /// A primitive with all that it needs but its operands.
  struct Run {
    let primitive: Primitive
    let source: Layout
    let destination: Layout
    let weights: OpaqueMemory
    /// Whether the primitive does the addition and the rectifier too.
    let isFused: Bool
  }

  private var forward: Run?
  private var backward: [Int: Run] = [:]
  private var packed: [OpaqueMemory] = []
  private var bias: Memory?

  /// The forward run, prepared on first use.
  func forward(_ prepare: () throws -> Run) rethrows -> Run {
    if let forward { return forward }
    let run = try prepare()
    forward = run
    return run
  }

  /// The backward run for a batch size, prepared on first use.
  func backward(batch: Int, _ prepare: () throws -> Run) rethrows -> Run {
    if let known = backward[batch] { return known }
    let run = try prepare()
    backward[batch] = run
    return run
  }

  /// The weights in the layout that a primitive asks for, packed once for each layout.
  func weights(as descriptor: Descriptor, _ pack: (Descriptor) throws -> OpaqueMemory) rethrows -> OpaqueMemory {
    if let known = packed.first(where: { $0.descriptor.isEqual(to: descriptor) }) { return known }
    let fresh = try pack(descriptor)
    packed.append(fresh)
    return fresh
  }

  /// The bias, uploaded once.
  func bias(_ upload: () -> Memory) -> Memory {
    if let bias { return bias }
    let memory = upload()
    bias = memory
    return memory
  }
}

extension Engine {
  /// The primitive of `recipe`, or `nil` where oneDNN cannot do that.
  func primitiveIfImplemented(_ recipe: some PrimitiveRecipe) throws -> Primitive? {
    do {
      return try primitive(recipe)
    } catch {
      if error.isUnimplemented { return nil }
      throw error
    }
  }

  /// The formats that oneDNN likes for a convolution, and the primitive in them; plain ones, and no primitive yet, where
  /// it likes formats that are none of ours.
  func formats(
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
