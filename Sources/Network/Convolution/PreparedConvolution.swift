/// A convolution, forward or backward, prepared for its shapes: it needs nothing more but its operands.
protocol ConvolutionRun {
  /// The layout in which it reads.
  var source: Layout { get }
  /// The layout in which it writes.
  var destination: Layout { get }
  /// Whether the addition and the rectifier are done too.
  var isFused: Bool { get }
  /// Whether what is infinite or not a number comes out as it would by the definition.
  var passesNonFinite: Bool { get }

  /// - Parameters:
  ///   - source: in the layout `source`.
  ///   - addend: what is added before the rectifier, in the layout `destination`.
  ///   - destination: uninitialised memory in the layout `destination`.
  func execute(
    _ source: Memory, bias: Memory?, addend: Memory?, into destination: Memory, on engine: Engine) throws
}

/// What a convolution works out once for its shapes: primitives, layouts, packed weights.
final class PreparedConvolution {
  private struct Transformation: Hashable {
    let transform: WinogradTransform
    let isTransposed: Bool
  }

  private struct SparseWay: Hashable {
    let isBackward: Bool
    let batch: Int
  }

  private var forward: (any ConvolutionRun)?
  private var plainForward: (any ConvolutionRun)?
  private var gain: (factor: Float, offset: Float)?
  private var backward: [Int: any ConvolutionRun] = [:]
  private var packed: [OpaqueMemory] = []
  private var transformed: [Transformation: WinogradWeights] = [:]
  private var sparseWeights: [Bool: SparseWeights] = [:]
  private var sparse: [SparseWay: SparseConvolution] = [:]
  private var bias: Memory?

  /// The forward run, prepared on first use.
  func forward(_ prepare: () throws -> any ConvolutionRun) rethrows -> any ConvolutionRun {
    if let forward { return forward }
    let run = try prepare()
    forward = run
    return run
  }

  /// The forward run without anything fused in, prepared on first use.
  func plainForward(_ prepare: () throws -> any ConvolutionRun) rethrows -> any ConvolutionRun {
    if let plainForward { return plainForward }
    let run = try prepare()
    plainForward = run
    return run
  }

  /// How far an output can lie above an input, worked out once.
  func gain(_ work: () -> (factor: Float, offset: Float)) -> (factor: Float, offset: Float) {
    if let gain { return gain }
    let found = work()
    gain = found
    return found
  }

  /// The backward run for a batch size, prepared on first use.
  func backward(batch: Int, _ prepare: () throws -> any ConvolutionRun) rethrows -> any ConvolutionRun {
    if let known = backward[batch] { return known }
    let run = try prepare()
    backward[batch] = run
    return run
  }

  /// The weights in the layout that a primitive asks for, packed once for each layout.
  func weights(as descriptor: Descriptor, _ pack: () throws -> OpaqueMemory) rethrows -> OpaqueMemory {
    if let known = packed.first(where: { $0.descriptor.isEqual(to: descriptor) }) { return known }
    let fresh = try pack()
    packed.append(fresh)
    return fresh
  }

  /// The filters transformed for Winograd's algorithm, once forward and once backward for each size of tile.
  func winogradWeights(
    _ transform: WinogradTransform, transposed: Bool, _ make: () -> WinogradWeights
  ) -> WinogradWeights {
    let transformation = Transformation(transform: transform, isTransposed: transposed)
    if let known = transformed[transformation] { return known }
    let fresh = make()
    transformed[transformation] = fresh
    return fresh
  }

  /// The weights as sparse products read them, packed once forward and once backward. A convolution's way back is either by
  /// tap or by patch.
  func sparseWeights(transposed: Bool, _ pack: () -> SparseWeights) -> SparseWeights {
    if let known = sparseWeights[transposed] { return known }
    let fresh = pack()
    sparseWeights[transposed] = fresh
    return fresh
  }

  /// The run that leaves zeros out, prepared on first use.
  func sparse(isBackward: Bool, batch: Int, _ prepare: () -> SparseConvolution) -> SparseConvolution {
    let way = SparseWay(isBackward: isBackward, batch: batch)
    if let known = sparse[way] { return known }
    let run = prepare()
    sparse[way] = run
    return run
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
