import CKernels

/// What a convolution multiplies by and adds, packed once for each way to convolve.
///
/// It belongs to the graph, not to a plan: whatever plans make of a convolution, they share what is packed.
final class ConvolutionWeights {
  /// What follows a convolution channel by channel and is folded in: (x ∗ w + b) · scale + shift.
  struct Affine: Hashable {
    /// [M].
    let scale: [Float]
    /// [M].
    let shift: [Float]
  }

  /// w, [M, C/g, kH, kW].
  private let weights: Constant
  /// b, [M].
  private let bias: Constant?
  private let groups: Int
  private let affine: Affine?

  private struct Transformation: Hashable {
    let transform: WinogradTransform
    let isTransposed: Bool
  }

  private var packed: [OpaqueMemory] = []
  private var transformed: [Transformation: WinogradWeights] = [:]
  private var sparse: [Bool: SparseWeights] = [:]
  private var patches: SparseWeights?
  private var uploadedBias: Memory?
  private var knownGain: (factor: Float, offset: Float)?

  init(_ weights: Constant, bias: Constant?, groups: Int, affine: Affine? = nil) {
    self.weights = weights
    self.bias = bias
    self.groups = groups
    self.affine = affine
  }

  /// M.
  var outputChannels: Int { weights.shape[0] }

  /// Whether every channel multiplies every channel of the input.
  var isDense: Bool { groups == 1 }

  /// How often weights have been packed so far.
  var packingCount: Int { packed.count + transformed.count + sparse.count + (patches == nil ? 0 : 1) }

  /// The weights' shape as oneDNN sees it, with an axis for groups where there are some.
  var shape: [Int] {
    isDense
      ? weights.shape : [groups, weights.shape[0] / groups, weights.shape[1]] + weights.shape.dropFirst(2)
  }

  /// The weights in the layout that a primitive asks for.
  func packed(as descriptor: Descriptor, on engine: Engine) throws -> OpaqueMemory {
    if let known = packed.first(where: { $0.descriptor.isEqual(to: descriptor) }) { return known }
    let fresh = try engine.pack(folded(on: engine), shape: shape, as: descriptor)
    packed.append(fresh)
    return fresh
  }

  /// The filters of a dense convolution transformed for Winograd's algorithm: of the way back, transposed.
  func transformed(_ transform: WinogradTransform, transposed: Bool, on engine: Engine) -> WinogradWeights {
    let transformation = Transformation(transform: transform, isTransposed: transposed)
    if let known = transformed[transformation] { return known }
    let (outputs, inputs) = (weights.shape[0], weights.shape[1])
    let fresh = WinogradWeights(
      transform, of: folded(on: engine), inputChannels: transposed ? outputs : inputs,
      outputChannels: transposed ? inputs : outputs, transposed: transposed, on: engine)
    transformed[transformation] = fresh
    return fresh
  }

  /// The weights of a dense convolution as products with sparse pixels read them: of the way back, transposed.
  func sparse(transposed: Bool, on engine: Engine) -> SparseWeights {
    if let known = sparse[transposed] { return known }
    let (outputs, inputs, taps) = (weights.shape[0], weights.shape[1], weights.shape[2...].reduce(1, *))
    let (channels, columns) = transposed ? (outputs, inputs) : (inputs, outputs)
    let fresh = SparseWeights(
      taps: taps, channels: channels, columns: columns, widest: SparseConvolution.widest, of: folded(on: engine),
      in: SparseWeights.Steps(
        tap: 1, channel: transposed ? inputs * taps : taps, column: transposed ? taps : inputs * taps),
      on: engine)
    sparse[transposed] = fresh
    return fresh
  }

  /// The weights of a dense convolution for the way back by patches: for each channel of the output a patch of the input.
  func patches(of window: Window, on engine: Engine) -> SparseWeights {
    if let patches { return patches }
    let values = folded(on: engine).unalignedFloats
    let (outputs, inputs, taps) = (weights.shape[0], weights.shape[1], window.kernel.elementCount)
    let columns = PatchConvolution.columns(window: window, channels: inputs)
    let rows = (0..<outputs).flatMap { output in
      (0..<columns).map { column in
        PatchConvolution.element(of: column, window: window, channels: inputs)
          .map { values[(output * inputs + $0.channel) * taps + $0.tap] } ?? 0
      }
    }
    let fresh = SparseWeights(
      taps: 1, channels: outputs, columns: columns, widest: PatchConvolution.widest,
      of: engine.upload(Tensor(shape: [outputs, columns], rows)),
      in: SparseWeights.Steps(tap: 0, channel: columns, column: 1), on: engine)
    patches = fresh
    return fresh
  }

  /// w · scale, plain and as one row; the file's own bytes where nothing is folded in.
  private func folded(on engine: Engine) -> Memory {
    guard let affine else {
      return Memory(layout: Layout([weights.count]), buffer: Buffer(viewing: weights.bytes))
    }
    var values = weights.floats
    let size = values.count / weights.shape[0]
    for (channel, scale) in affine.scale.enumerated() {
      for index in (channel * size)..<((channel + 1) * size) { values[index] *= scale }
    }
    return engine.upload(Tensor(shape: [values.count], values))
  }

  /// Whether anything is added to the products.
  var hasBias: Bool { bias != nil || affine != nil }

  /// b · scale + shift in memory, [M]; `nil` where there is none.
  func bias(on engine: Engine) -> Memory? {
    guard hasBias else { return nil }
    if let uploadedBias { return uploadedBias }
    let values = foldedBias()
    let memory = engine.upload(Tensor(shape: [values.count], values))
    uploadedBias = memory
    return memory
  }

  private func foldedBias() -> [Float] {
    let bias = bias?.floats ?? [Float](repeating: 0, count: weights.shape[0])
    guard let affine else { return bias }
    return zip(bias, zip(affine.scale, affine.shift)).map { $0 * $1.0 + $1.1 }
  }

  /// How far an output can lie above an input: the largest sum of a filter's magnitudes, and the largest bias.
  var gain: (factor: Float, offset: Float) {
    if let knownGain { return knownGain }
    let (channels, bytes) = (weights.shape[0], weights.bytes)
    let size = weights.count / max(channels, 1)
    var sums = [Float](repeating: 0, count: channels)
    sums.withUnsafeMutableBufferPointer { sums in
      // Unchecked, because each call has an element of its own.
      nonisolated(unsafe) let (sums, start) = (sums, bytes.buffer.baseAddress)
      Threads.forEach(channels) { channel in
        guard let row = start.map({ $0 + channel * size * MemoryLayout<Float>.size }) else { return }
        // Bytes that may be misaligned, which the loop allows.
        let sum = sum_of_magnitudes(row.assumingMemoryBound(to: Float.self), size)
        sums[channel] = sum * abs(affine?.scale[channel] ?? 1)
      }
    }
    // An infinite sum times zero is no number, and no bound.
    let found = (
      factor: sums.reduce(0) { max($0, $1.isFinite ? $1 : .infinity) },
      offset: foldedBias().reduce(0) { max($0, abs($1)) }
    )
    knownGain = found
    return found
  }
}
