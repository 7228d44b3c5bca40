/// How a resized axis is made of the positions of the old one. Source: ONNX Resize-19.
struct Interpolation {
  enum Mode {
    case nearest, linear, cubic
  }

  /// Where a position of the result lies on the old axis.
  enum Coordinates: String {
    case halfPixel = "half_pixel"
    case halfPixelSymmetric = "half_pixel_symmetric"
    case pytorchHalfPixel = "pytorch_half_pixel"
    case alignCorners = "align_corners"
    case asymmetric
    case cropAndResize = "tf_crop_and_resize"
  }

  /// Which neighbour is nearest.
  enum Nearest: String {
    case roundPreferFloor = "round_prefer_floor"
    case roundPreferCeiling = "round_prefer_ceil"
    case floor
    case ceiling = "ceil"
  }

  /// The positions that make up one of the result; none where it lies outside the region.
  typealias Taps = [(position: Int, weight: Float)]

  let mode: Mode
  var coordinates: Coordinates
  var nearest: Nearest
  let antialiases: Bool
  let excludesOutside: Bool
  let cubicCoefficient: Float
  let outside: Float

  init(_ node: inout NodeReader) throws {
    let name = try node.attributes.string("mode", default: "nearest")
    switch name {
    case "nearest": mode = .nearest
    case "linear", "bilinear": mode = .linear
    case "cubic": mode = .cubic
    default: throw node.fault("has the unknown mode “\(name)”.")
    }
    let coordinates = try node.attributes.string("coordinate_transformation_mode", default: "half_pixel")
    let nearest = try node.attributes.string("nearest_mode", default: "round_prefer_floor")
    guard let coordinates = Coordinates(rawValue: coordinates), let nearest = Nearest(rawValue: nearest) else {
      throw node.fault("has the unknown mode “\(coordinates)” or “\(nearest)”.")
    }
    self.coordinates = coordinates
    self.nearest = nearest
    antialiases = try node.attributes.flag("antialias")
    excludesOutside = try node.attributes.flag("exclude_outside")
    cubicCoefficient = try node.attributes.float("cubic_coeff_a", default: -0.75)
    outside = try node.attributes.float("extrapolation_value", default: 0)
  }

  /// What each position of an axis of `result` is made of.
  ///
  /// - Parameters:
  ///   - exact: `size` · `scale` before it was rounded.
  ///   - region: the part of the old axis to look at, from 0 to 1.
  func taps(
    from size: Int, to result: Int, exact: Float, scale: Float, region: (start: Float, end: Float)?
  ) -> [Taps] {
    (0..<result).map { position in
      let x = coordinate(of: position, from: size, to: result, exact: exact, scale: scale, region: region)
      if coordinates == .cropAndResize, !(0...Float(size - 1)).contains(x) { return [] }
      return taps(at: x, size: size, scale: scale)
    }
  }

  private func coordinate(
    of position: Int, from size: Int, to result: Int, exact: Float, scale: Float, region: (start: Float, end: Float)?
  ) -> Float {
    let x = Float(position)
    switch coordinates {
    case .halfPixel: return (x + 0.5) / scale - 0.5
    case .pytorchHalfPixel: return result > 1 ? (x + 0.5) / scale - 0.5 : 0
    case .asymmetric: return x / scale
    case .alignCorners: return result > 1 ? x * Float(size - 1) / (exact - 1) : 0
    case .halfPixelSymmetric:
      let center = Float(size) / 2
      let offset = center * (1 - Float(result) / exact)
      return offset + (x + 0.5) / scale - 0.5
    case .cropAndResize:
      let (start, end) = region ?? (0, 1)
      let last = Float(size - 1)
      return result > 1
        ? start * last + x * (end - start) * last / Float(result - 1) : 0.5 * (start + end) * last
    }
  }

  private func taps(at x: Float, size: Int, scale: Float) -> Taps {
    // Far outside, every position is the edge.
    let x = min(max(x, -Float(size)), 2 * Float(size))
    if mode == .nearest { return [(clamp(nearestPosition(x), size), 1)] }
    // Antialiasing widens the kernel by as much as the axis shrinks.
    let stretch = antialiases ? min(scale, 1) : 1
    let radius = (mode == .linear ? 1 : 2) / stretch
    let positions = Int((x - radius).rounded(.down))...Int((x + radius).rounded(.up))
    var taps = positions.map { (position: $0, weight: kernel((Float($0) - x) * stretch)) }.filter { $0.weight != 0 }
    if excludesOutside { taps.removeAll { !(0..<size).contains($0.position) } }
    let sum = taps.reduce(0) { $0 + $1.weight }
    return taps.map { (clamp($0.position, size), sum == 0 ? 0 : $0.weight / sum) }
  }

  private func nearestPosition(_ x: Float) -> Int {
    switch nearest {
    case .floor: Int(x.rounded(.down))
    case .ceiling: Int(x.rounded(.up))
    case .roundPreferFloor: Int((x - 0.5).rounded(.up))
    case .roundPreferCeiling: Int((x + 0.5).rounded(.down))
    }
  }

  private func clamp(_ position: Int, _ size: Int) -> Int { min(max(position, 0), size - 1) }

  /// Weight of a neighbour at a distance. Source of the cubic: Keys 1981.
  private func kernel(_ distance: Float) -> Float {
    let d = abs(distance)
    let a = cubicCoefficient
    switch mode {
    case .nearest: return 0
    case .linear: return max(0, 1 - d)
    case .cubic:
      if d <= 1 { return ((a + 2) * d - (a + 3)) * d * d + 1 }
      return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0
    }
  }
}
