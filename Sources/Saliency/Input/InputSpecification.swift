public import Diagnostics
public import Imaging
public import NeuralNetwork
public import Vocabulary

/// How a picture becomes a network's input: the `input:` part of a model card.
public struct InputSpecification: Equatable, Sendable {
  /// What the input's channels hold.
  public enum Channels: Equatable, Sendable {
    case order(ChannelOrder)
    /// So many channels of which nothing is known but their number; no picture becomes such an input.
    case planes(Int)

    /// Number of channels.
    public var count: Int {
      switch self {
      case .order(let order): order.count
      case .planes(let count): count
      }
    }

    /// What cards call them.
    public var name: String {
      switch self {
      case .order(let order): order.rawValue
      case .planes(let count): "\(count) channels"
      }
    }

    /// The channels that are shown as red, green and blue; `nil` where all that there is shows as grey.
    public var shown: [Int]? {
      switch self {
      case .order(.rgb): [0, 1, 2]
      case .order(.bgr): [2, 1, 0]
      case .order(.gray): nil
      case .planes(let count): count < 3 ? nil : [0, 1, 2]
      }
    }
  }

  /// Columns of the input.
  public var width: Int
  /// Rows of the input.
  public var height: Int
  /// How the picture is brought to that size.
  public var resize: Resizing
  /// Order of the channels.
  public var channels: Channels
  /// The value of white before the mean is subtracted.
  public var scale: Float
  /// Subtracted, one for each channel in the order of `channels`.
  public var mean: [Float]
  /// Divided by, likewise.
  public var standardDeviation: [Float]

  /// Creates a specification.
  ///
  /// - Throws: `Diagnostic` where a number cannot be right.
  public init(
    width: Int, height: Int, resize: Resizing = .stretch, channels: Channels = .order(.rgb), scale: Float = 1,
    mean: [Float]? = nil,
    standardDeviation: [Float]? = nil
  ) throws(Diagnostic) {
    self.width = width
    self.height = height
    self.resize = resize
    self.channels = channels
    self.scale = scale
    self.mean = mean ?? [Float](repeating: 0, count: channels.count)
    self.standardDeviation = standardDeviation ?? [Float](repeating: 1, count: channels.count)
    let sides = 1...16384
    guard sides.contains(width), sides.contains(height) else {
      throw .error("the input size \(width)×\(height) is impossible.")
    }
    guard scale > 0, scale.isFinite else {
      throw .error("`scale` must be above 0 and finite.", hint: "Try 1 or 255.")
    }
    guard self.mean.count == channels.count, self.standardDeviation.count == channels.count else {
      throw .error(
        "`mean` and `std` need one number for each of the \(channels.count) channel(s) of \(channels.name).")
    }
    guard self.standardDeviation.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .error("every `std` must be above 0 and finite.")
    }
    guard self.mean.allSatisfy(\.isFinite) else { throw .error("every `mean` must be finite.") }
    if case .crop(let side) = resize, side < max(width, height) {
      throw .error("`shorter_side` is \(side), less than the input size \(width)×\(height) that is cut out of it.")
    }
  }

  /// [1, C, H, W].
  public var shape: [Int] { [1, channels.count, height, width] }

  /// The network's input for a picture, and the part of the picture that it shows.
  ///
  /// - Throws: `Diagnostic` where the picture cannot be shown beside what the network sees, see `check`.
  public func prepare(_ image: Image) throws(Diagnostic) -> PreparedInput {
    try check(image)
    let placement = placement(width: image.width, height: image.height)
    let part = image.resized(width: placement.width, height: placement.height, window: placement.window)
    let isWhole = part.width == width && part.height == height
    let fitted = isWhole ? part : part.cropped(to: placement.frame, fill: meanColor)
    return PreparedInput(tensor: tensor(fitted), region: placement.region, fill: meanColor)
  }

  /// (pixel / 255 · scale − mean) / std, planar.
  private func tensor(_ image: Image) -> Tensor {
    let area = width * height
    var result = Tensor(shape: shape)
    image.pixels.withUnsafeBufferPointer { pixels in
      result.values.withUnsafeMutableBufferPointer { values in
        for channel in 0..<channels.count {
          let (mean, deviation) = (mean[channel], standardDeviation[channel])
          let source = channels.shown?[channel] ?? channel
          for cell in 0..<area {
            let level = channels == .order(.gray) ? luma(pixels, cell) : Float(pixels[cell * 3 + source])
            values[channel * area + cell] = (level * scale / 255 - mean) / deviation
          }
        }
      }
    }
    return result
  }

  /// The picture that a preprocessed tensor came from, as near as 8 bits come. Of channels that are no colours the first
  /// three are shown as red, green and blue; two are shown as grey, their mean.
  ///
  /// - Parameter tensor: [1, C, H, W].
  public func picture(of tensor: Tensor) throws -> Image {
    let area = width * height
    guard tensor.shape == shape else {
      throw Diagnostic.error("the tensor has shape \(tensor.shape), not \(shape).")
    }
    func level(_ plane: Int, _ cell: Int) -> Float {
      (tensor.values[plane * area + cell] * standardDeviation[plane] + mean[plane]) / scale * 255
    }
    var pixels = [UInt8](repeating: 0, count: area * 3)
    for cell in 0..<area {
      for channel in 0..<3 {
        let value =
          if let shown = channels.shown { level(shown[channel], cell) } else {
            (0..<channels.count).reduce(0) { $0 + level($1, cell) } / Float(channels.count)
          }
        pixels[cell * 3 + channel] = UInt8(max(0, min(255, value.rounded())))
      }
    }
    return try Image(width: width, height: height, pixels: pixels)
  }

  /// Grey by Pillow's `convert("L")` (ITU-R 601), 0…255.
  private func luma(_ pixels: UnsafeBufferPointer<UInt8>, _ cell: Int) -> Float {
    let (red, green, blue) = (Int(pixels[cell * 3]), Int(pixels[cell * 3 + 1]), Int(pixels[cell * 3 + 2]))
    return Float((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16)
  }
}
