import CKernels

/// The way back through a convolution of an image with few channels: each gradient of the output makes a patch of the
/// image's gradient, and the patches are added up.
///
/// With three channels there is nothing to fill a vector with but the neighbouring pixels, [H, W, C], so that is how
/// patches lie: a row of a patch is kW · C numbers.
struct PatchConvolution: ConvolutionRun {
  let source: Layout
  let destination: Layout
  let isFused = true
  let passesNonFinite = true
  private let window: Window
  private let weights: SparseWeights

  /// - Parameters:
  ///   - source: the gradient's shape, [N, M, H′, W′].
  ///   - destination: the image's shape, [N, C, H, W].
  ///   - weights: for each channel of M a patch, [kH, kW · C], its rows filled up to whole vectors.
  init(source: [Int], destination: [Int], window: Window, weights: SparseWeights) {
    self.source = Layout(source, .blocked8)
    self.destination = Layout(destination)
    self.window = window
    self.weights = weights
  }

  /// Vectors of eight columns that a block of weights has at most: a pixel's sums of them stay in registers.
  static let widest = 8

  /// Whether the algorithm applies: it is faster wherever it does.
  ///
  /// - Parameters:
  ///   - source: [N, M, H′, W′].
  ///   - destination: [N, C, H, W].
  static func applies(window: Window, source: [Int], destination: [Int]) -> Bool {
    destination.count == 4 && destination[1] <= 4 && source[1] % 8 == 0 && window.dilations == [1, 1]
  }

  /// Columns of the weights: patches with their rows filled up.
  static func columns(window: Window, channels: Int) -> Int { window.kernel[0] * rowWidth(window, channels) }

  /// A column's place in the kernel of one channel, and that channel; `nil` for a filler.
  static func element(of column: Int, window: Window, channels: Int) -> (tap: Int, channel: Int)? {
    let (row, place) = column.quotientAndRemainder(dividingBy: rowWidth(window, channels))
    let (x, channel) = place.quotientAndRemainder(dividingBy: channels)
    return x < window.kernel[1] ? (row * window.kernel[1] + x, channel) : nil
  }

  private static func rowWidth(_ window: Window, _ channels: Int) -> Int { (window.kernel[1] * channels + 7) / 8 * 8 }

  /// Rows of the gradient whose patches a thread adds up.
  private static let rowsOfBand = 8
  /// Patches that are made before they are added.
  private static let patchCount = 16

  func execute(
    _ source: Memory, bias: Memory?, addend: Memory?, into destination: Memory, on engine: Engine
  ) throws {
    for picture in 0..<source.shape[0] {
      let bands = Bands(window: window, source: source.shape, destination: destination.shape, on: engine)
      let gradient = UnsafePointer(source.part(picture, of: source.shape[0]).floats)
      Threads.forEach(bands.count) {
        Workplace(
          // Single pixels: a patch reads few weights, and a row of them more would not pay for a neighbour's zeros.
          pixels: SparsePixels(
            listCount: source.shape[3], group: 1, channels: source.shape[1], weights: weights, on: engine),
          patches: engine.pool.buffer(byteCount: Self.patchCount * bands.patchSize * MemoryLayout<Float>.size))
      } _: { band, own in
        bands.clear(band)
        for row in bands.rows(of: band) {
          add(row, of: gradient, to: bands.address(ofPatchesFrom: row, in: band), bands, own)
        }
      }
      bands.collect(into: destination.part(picture, of: source.shape[0]))
    }
  }

  /// What a thread has for itself.
  private struct Workplace {
    /// Room for a row of the gradient.
    let pixels: SparsePixels
    let patches: Buffer
  }

  /// Makes the patches of a row of the gradient and adds them.
  private func add(
    _ row: Int, of gradient: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, _ bands: Bands,
    _ own: Workplace
  ) {
    let (height, width) = (source.shape[2], source.shape[3])
    let patches = own.patches.address.assumingMemoryBound(to: Float.self)
    own.pixels.list(
      SparseLines.Line(pixel: row * width, count: width, list: 0), of: gradient, plane: height * width, step: 1)
    for start in stride(from: 0, to: width, by: Self.patchCount) {
      let count = min(Self.patchCount, width - start)
      for block in 0..<weights.blocks {
        let vectors = weights.vectors(ofBlock: block)
        var result = sparse_result()
        result.address = patches + vectors.lowerBound * 8
        (result.step, result.block_step) = (bands.patchSize, 8)
        // The weights of all patches are small enough to stay where they are.
        var next = sparse_next()
        for part in 0..<weights.parts {
          result.accumulates = part > 0
          own.pixels.multiply(
            from: start, count: count, part: part, by: weights.panel(block: block, part: part), vectors: vectors.count,
            next: &next, into: result)
        }
      }
      patches_add(
        target + start * bands.step, bands.step, bands.rowSize, patches, count, window.kernel[0],
        bands.patchSize / window.kernel[0] / 8)
    }
  }

  /// The image's gradient in overlapping bands of rows, [h, w, C] with the padding around, one for each thread's work.
  private struct Bands {
    let count: Int
    /// Elements of a patch, of a row of a band, and from one patch to the next in a row.
    let patchSize: Int
    let rowSize: Int
    let step: Int
    private let window: Window
    private let gradientHeight: Int
    private let shape: [Int]
    private let height: Int
    private let buffer: Buffer

    init(window: Window, source: [Int], destination: [Int], on engine: Engine) {
      let channels = destination[1]
      self.window = window
      gradientHeight = source[2]
      shape = destination
      count = (gradientHeight + rowsOfBand - 1) / rowsOfBand
      height = (rowsOfBand - 1) * window.strides[0] + window.kernel[0]
      patchSize = columns(window: window, channels: channels)
      step = window.strides[1] * channels
      // The fillers of the last patch stand behind it.
      rowSize = max((source[3] - 1) * step + patchSize / window.kernel[0], (shape[3] + window.padsBegin[1]) * channels)
      buffer = engine.pool.buffer(byteCount: count * height * rowSize * MemoryLayout<Float>.size)
    }

    private func address(of band: Int) -> UnsafeMutablePointer<Float> {
      buffer.address.assumingMemoryBound(to: Float.self) + band * height * rowSize
    }

    func rows(of band: Int) -> Range<Int> { (band * rowsOfBand)..<min((band + 1) * rowsOfBand, gradientHeight) }

    func clear(_ band: Int) { address(of: band).update(repeating: 0, count: height * rowSize) }

    func address(ofPatchesFrom row: Int, in band: Int) -> UnsafeMutablePointer<Float> {
      address(of: band) + (row - band * rowsOfBand) * window.strides[0] * rowSize
    }

    /// Adds the bands up and sorts channels apart.
    func collect(into image: Memory) {
      let (channels, height, width) = (shape[1], shape[2], shape[3])
      let target = image.floats
      Threads.forEach(height) { y in
        for channel in 0..<channels {
          (target + (channel * height + y) * width).update(repeating: 0, count: width)
        }
        let row = y + window.padsBegin[0]
        let bandStep = rowsOfBand * window.strides[0]
        for band in 0..<count where (band * bandStep..<(band * bandStep + self.height)).contains(row) {
          let source = address(of: band) + (row - band * bandStep) * rowSize + window.padsBegin[1] * channels
          for channel in 0..<channels {
            let line = target + (channel * height + y) * width
            for x in 0..<width { line[x] += source[x * channels + channel] }
          }
        }
      }
    }
  }
}
