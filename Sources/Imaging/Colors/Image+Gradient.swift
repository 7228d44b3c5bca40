import Diagnostics

extension Image {
  /// A gradient as a picture: (g − mean) / (std + 10⁻⁵) · 0.1 + 0.5 over all its values, clipped to 0…1; zero is
  /// mid-grey (as far as the mean is zero), and an all-zero gradient is uniformly so.
  ///
  /// - Parameters:
  ///   - planes: [channels, height, width], red, green, blue, or a single channel that becomes grey.
  ///   - channels: 1 or 3.
  ///   - width: columns.
  ///   - height: rows.
  /// - Throws: a `Diagnostic` if the count of values is not `channels` × `height` × `width`, the size or count of
  ///   channels cannot be a picture's, or a value is infinite or not a number.
  public init(gradient planes: [Float], channels: Int, width: Int, height: Int) throws {
    try Self.checkSize(width: width, height: height)
    guard channels == 1 || channels == 3 else {
      throw Diagnostic.error("A gradient with \(channels) channels cannot be shown; pictures have 1 or 3.")
    }
    let area = width * height
    guard planes.count == channels * area else {
      throw Diagnostic.error(
        "A gradient of \(channels) × \(height) × \(width) has \(channels * area) values, not \(planes.count).")
    }
    guard planes.allSatisfy(\.isFinite) else {
      throw Diagnostic.error("A gradient with values that are infinite or not numbers cannot be shown.")
    }
    let (mean, deviation) = Self.meanAndDeviation(of: planes)
    let slope = 0.1 / (deviation + 1e-5)
    self.init(uncheckedWidth: width, height: height) { target in
      planes.withUnsafeBufferPointer { planes in
        for channel in 0..<3 {
          let plane = channels == 1 ? 0 : channel * area
          for index in 0..<area {
            let level = (Double(planes[plane &+ index]) - mean) * slope + 0.5
            target[index &* 3 &+ channel] = UInt8(max(0, min(level, 1)) * 255 + 0.5)
          }
        }
      }
    }
  }

  /// The values that black and white stand for in a picture of a gradient; what lies beyond is shown as they are.
  public static func range(ofGradient planes: [Float]) -> ClosedRange<Double> {
    let (mean, deviation) = meanAndDeviation(of: planes)
    let reach = 5 * (deviation + 1e-5)
    guard mean.isFinite, reach.isFinite else { return 0...0 }
    return (mean - reach)...(mean + reach)
  }

  /// The mean and the population standard deviation.
  private static func meanAndDeviation(of values: [Float]) -> (mean: Double, deviation: Double) {
    let count = Double(max(values.count, 1))
    let mean = values.reduce(0.0) { $0 + Double($1) } / count
    let variance = values.reduce(0.0) { sum, value in
      let distance = Double(value) - mean
      return sum + distance * distance
    }
    return (mean, (variance / count).squareRoot())
  }
}
