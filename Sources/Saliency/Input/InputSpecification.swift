public import Diagnostics
public import Imaging
public import Network

/// How a picture becomes a network's input: the `input:` part of a model card.
public struct InputSpecification: Equatable, Sendable {
  /// How the picture is brought to the network's size.
  public enum Resize: Equatable, Sendable {
    /// Both sides are scaled on their own.
    case stretch
    /// The shorter side is scaled to this length, then the centre is cut out (torchvision's Resize and CenterCrop).
    case crop(shorterSide: Int)
    /// The picture is scaled to fit, and the rest filled with the mean colour.
    case pad
  }

  /// Order of the input's channels.
  public enum Channels: String, Sendable {
    case rgb, bgr, gray

    /// Number of channels.
    public var count: Int { self == .gray ? 1 : 3 }
  }

  /// Columns of the input.
  public var width: Int
  /// Rows of the input.
  public var height: Int
  /// How the picture is brought to that size.
  public var resize: Resize
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
    width: Int, height: Int, resize: Resize = .stretch, channels: Channels = .rgb, scale: Float = 1,
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
    guard scale > 0, scale.isFinite else { throw .error("`scale` must be above 0.", hint: "Try 1 or 255.") }
    guard self.mean.count == channels.count, self.standardDeviation.count == channels.count else {
      throw .error(
        "`mean` and `std` need one number for each of the \(channels.count) channel(s) of \(channels.rawValue).")
    }
    guard self.standardDeviation.allSatisfy({ $0 > 0 && $0.isFinite }), self.mean.allSatisfy(\.isFinite) else {
      throw .error("every `std` must be above 0.")
    }
    if case .crop(let side) = resize, side < max(width, height) {
      throw .error("`shorter_side` is \(side), less than the input size \(width)×\(height) that is cut out of it.")
    }
  }

  /// [1, C, H, W].
  public var shape: [Int] { [1, channels.count, height, width] }

  /// The network's input for a picture, and the part of the picture that it shows.
  public func prepare(_ image: Image) -> PreparedInput {
    switch resize {
    case .stretch:
      let whole = Rect(x: 0, y: 0, width: image.width, height: image.height)
      return PreparedInput(tensor: tensor(image.resized(width: width, height: height)), region: whole)
    case .crop(let side): return crop(image, shorterSide: side)
    case .pad: return pad(image)
    }
  }

  private func crop(_ image: Image, shorterSide: Int) -> PreparedInput {
    let shorter = min(image.width, image.height)
    // torchvision truncates the longer side.
    let scaled = (width: image.width * shorterSide / shorter, height: image.height * shorterSide / shorter)
    let left = centered(width, in: scaled.width)
    let top = centered(height, in: scaled.height)
    let cut = image.resized(width: scaled.width, height: scaled.height)
      .cropped(to: Rect(x: left, y: top, width: width, height: height))
    let region = Rect(
      x: left * image.width / scaled.width, y: top * image.height / scaled.height,
      width: max(1, width * image.width / scaled.width), height: max(1, height * image.height / scaled.height))
    return PreparedInput(tensor: tensor(cut), region: region)
  }

  private func pad(_ image: Image) -> PreparedInput {
    let factor = min(Double(width) / Double(image.width), Double(height) / Double(image.height))
    let scaled = (
      width: min(width, max(1, Int((Double(image.width) * factor).rounded()))),
      height: min(height, max(1, Int((Double(image.height) * factor).rounded())))
    )
    let (left, top) = (centered(scaled.width, in: width), centered(scaled.height, in: height))
    let fitted = image.resized(width: scaled.width, height: scaled.height)
      .cropped(to: Rect(x: -left, y: -top, width: width, height: height), fill: meanColor)
    let region = Rect(
      x: -Int((Double(left) / factor).rounded()), y: -Int((Double(top) / factor).rounded()),
      width: max(1, Int((Double(width) / factor).rounded())), height: max(1, Int((Double(height) / factor).rounded())))
    return PreparedInput(tensor: tensor(fitted), region: region, fill: meanColor)
  }

  /// Where a span begins that lies in the middle of another; halves go to the even neighbour, as Python rounds.
  private func centered(_ inner: Int, in outer: Int) -> Int {
    Int((Double(outer - inner) / 2).rounded(.toNearestOrEven))
  }

  /// The colour that becomes zero in every channel, as near as 8 bits come.
  private var meanColor: RGB {
    let levels = mean.map { UInt8(max(0, min(255, ($0 / scale * 255).rounded()))) }
    switch channels {
    case .rgb: return (levels[0], levels[1], levels[2])
    case .bgr: return (levels[2], levels[1], levels[0])
    case .gray: return (levels[0], levels[0], levels[0])
    }
  }

  /// (pixel / 255 · scale − mean) / std, planar.
  private func tensor(_ image: Image) -> Tensor {
    let area = width * height
    var result = Tensor(shape: shape)
    image.pixels.withUnsafeBufferPointer { pixels in
      result.values.withUnsafeMutableBufferPointer { values in
        for channel in 0..<channels.count {
          let (mean, deviation) = (mean[channel], standardDeviation[channel])
          let source = channels == .bgr ? 2 - channel : channel
          for cell in 0..<area {
            let level = channels == .gray ? luma(pixels, cell) : Float(pixels[cell * 3 + source])
            values[channel * area + cell] = (level * scale / 255 - mean) / deviation
          }
        }
      }
    }
    return result
  }

  /// The picture that a preprocessed tensor came from, as near as 8 bits come.
  ///
  /// - Parameter tensor: [1, C, H, W].
  public func picture(of tensor: Tensor) throws -> Image {
    let area = width * height
    var pixels = [UInt8](repeating: 0, count: area * 3)
    for channel in 0..<3 {
      let plane = channels == .gray ? 0 : channels == .bgr ? 2 - channel : channel
      for cell in 0..<area {
        let value = tensor.values[plane * area + cell] * standardDeviation[plane] + mean[plane]
        pixels[cell * 3 + channel] = UInt8(max(0, min(255, (value / scale * 255).rounded())))
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
