import Foundation

/// y at each place is x at the point that a grid names, interpolated: the sampler of spatial transformers.
///
/// x is [N, C, H, W] (or [N, C, D, H, W]), the grid [N, H′, W′, 2] with points (x, y) from −1 to 1, y [N, C, H′, W′].
/// Gradients reach both. Source: ONNX GridSample-16, -20, -22; Jaderberg et al. 2015.
struct GridSample: Operator {
  static let registrations = [
    Registration("GridSample", since: 16) { node in
      let (shape, grid) = (try node.operand(0), try node.operand(1))
      let modes: [String: Mode] = [
        "nearest": .nearest, "bilinear": .linear, "linear": .linear, "bicubic": .cubic, "cubic": .cubic,
      ]
      let name = try node.attributes.string("mode", default: "bilinear")
      let padding = try node.attributes.string("padding_mode", default: "zeros")
      guard let mode = modes[name], let padding = Padding(rawValue: padding) else {
        throw node.fault("has the unknown mode “\(name)” or padding “\(padding)”.")
      }
      guard (4...5).contains(shape.count), grid.count == shape.count, grid[0] == shape[0],
        grid[grid.count - 1] == shape.count - 2
      else { throw node.fault("samples \(shape.shapeText) at \(grid.shapeText), which do not fit.") }
      guard mode != .cubic || padding == .zeros else {
        throw node.fault(
          "samples by cubic interpolation beyond the edge, which is supported only with zeros there.",
          hint: "Export the model with `padding_mode='zeros'` or `mode='bilinear'`.")
      }
      return .operation(
        GridSample(mode: mode, padding: padding, alignsCorners: try node.attributes.flag("align_corners")))
    }
  ]

  enum Mode { case nearest, linear, cubic }

  /// What lies beyond the edge.
  enum Padding: String { case zeros, border, reflection }

  let mode: Mode
  let padding: Padding
  /// Whether −1 and 1 are the centres of the outermost elements, rather than their outer edges.
  let alignsCorners: Bool

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [operands[0].prefix(2) + operands[1][1...].dropLast()] }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let (x, grid) = (try engine.reorder(pass.operands[0], to: .plain), try engine.reorder(pass.operands[1], to: .plain))
    let y = engine.allocate(Layout(try outputShapes(pass.operands.map(\.shape))[0]))
    let sampling = Sampling(self, x.shape, grid.shape)
    let (from, to) = (x.elements, y.elements)
    sampling.forEachPoint(grid) { point in
      for channel in 0..<sampling.channels {
        let (source, target) = sampling.starts(point, channel)
        to[target] = point.taps.reduce(0) { $0 + $1.weight * from[source + $1.offset] }
      }
    }
    return ForwardResult(y)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    let (x, grid) = (
      try engine.reorder(pass.operands[0], to: .plain), try engine.reorder(pass.operands[1], to: .plain)
    )
    let sampling = Sampling(self, x.shape, grid.shape)
    return try [gradientAtData, gradientAtGrid].enumerated().map { index, local in
      guard let gradient = pass.gradient(for: index) else { return nil }
      return try engine.mapParts(gradient, count: pass.wanted[index]) { part in
        let dy = try engine.reorder(part, to: .plain)
        let result = engine.allocate(Layout(index == 0 ? x.shape : grid.shape))
        result.elements.update(repeating: 0)
        local(sampling, x, grid, dy, result)
        return result
      }
    }
  }

  private func gradientAtData(_ sampling: Sampling, _ x: Memory, _ grid: Memory, _ dy: Memory, _ dx: Memory) {
    let (from, to) = (dy.elements, dx.elements)
    sampling.forEachPoint(grid) { point in
      for channel in 0..<sampling.channels {
        let (source, target) = sampling.starts(point, channel)
        for tap in point.taps { to[source + tap.offset] += tap.weight * from[target] }
      }
    }
  }

  private func gradientAtGrid(_ sampling: Sampling, _ x: Memory, _ grid: Memory, _ dy: Memory, _ dgrid: Memory) {
    let (values, from, to) = (x.elements, dy.elements, dgrid.elements)
    sampling.forEachPoint(grid) { point in
      for channel in 0..<sampling.channels {
        let (source, target) = sampling.starts(point, channel)
        for tap in point.taps {
          let value = values[source + tap.offset] * from[target]
          for axis in tap.slopes.indices { to[point.index * tap.slopes.count + axis] += tap.slopes[axis] * value }
        }
      }
    }
  }
}

/// Which elements make up each point of a grid, and how much each.
private struct Sampling {
  struct Tap {
    /// From the beginning of the channel.
    let offset: Int
    let weight: Float
    /// Derivatives of the weight by the grid's coordinates.
    let slopes: [Float]
  }

  struct Point {
    /// Counted through all pictures.
    let index: Int
    let taps: [Tap]
  }

  private typealias Place = (position: Int, weight: Float, slope: Float)

  let channels: Int
  private let operation: GridSample
  /// [H, W].
  private let sides: [Int]
  private let strides: [Int]
  private let area: Int
  /// Points of one picture.
  private let points: Int

  init(_ operation: GridSample, _ shape: [Int], _ grid: [Int]) {
    self.operation = operation
    channels = shape[1]
    sides = Array(shape.dropFirst(2))
    strides = sides.rowMajorStrides
    area = sides.elementCount
    points = Array(grid[1...].dropLast()).elementCount
  }

  /// Where a channel's elements begin in x, and where its point lies in y.
  func starts(_ point: Point, _ channel: Int) -> (source: Int, target: Int) {
    let plane = point.index / points * channels + channel
    return (plane * area, plane * points + point.index % points)
  }

  func forEachPoint(_ grid: Memory, _ body: (Point) -> Void) {
    let (coordinates, rank) = (grid.elements, sides.count)
    for index in 0..<(coordinates.count / rank) {
      var taps = [Tap(offset: 0, weight: 1, slopes: [Float](repeating: 1, count: rank))]
      // The grid's coordinates are the innermost axis first.
      for coordinate in 0..<rank {
        let axis = rank - 1 - coordinate
        let places = places(coordinates[index * rank + coordinate], sides[axis])
        taps = taps.flatMap { tap in
          places.map { place in
            Tap(
              offset: tap.offset + place.position * strides[axis], weight: tap.weight * place.weight,
              slopes: tap.slopes.indices.map { tap.slopes[$0] * ($0 == coordinate ? place.slope : place.weight) })
          }
        }
      }
      body(Point(index: index, taps: taps))
    }
  }

  /// The elements of an axis around a coordinate from −1 to 1; those beyond the edge are zero and left out.
  private func places(_ coordinate: Float, _ size: Int) -> [Place] {
    let count = Float(size)
    // Elements per unit of the coordinate.
    let unit = (operation.alignsCorners ? count - 1 : count) / 2
    let x = operation.alignsCorners ? (coordinate + 1) * unit : (coordinate + 1) * unit - 0.5
    let (inside, direction) = bounded(x, count)
    // No element is near a point that is no number, or far away.
    guard inside > -4, inside < count + 4 else { return [] }
    let factor = unit * direction
    let places: [Place]
    switch operation.mode {
    case .nearest: places = [(Int(inside.rounded(.toNearestOrEven)), 1, 0)]
    case .linear:
      let low = inside.rounded(.down)
      places = [(Int(low), 1 - (inside - low), -factor), (Int(low) + 1, inside - low, factor)]
    case .cubic:
      let low = inside.rounded(.down)
      places = (-1...2).map { step in
        let distance = inside - low - Float(step)
        let (value, slope) = Self.cubic(distance)
        return (Int(low) + step, value, slope * factor)
      }
    }
    return places.filter { (0..<size).contains($0.position) }
  }

  /// The coordinate moved inside as the padding says, and the derivative of that.
  private func bounded(_ x: Float, _ count: Float) -> (position: Float, slope: Float) {
    let (low, high): (Float, Float) = operation.alignsCorners ? (0, count - 1) : (-0.5, count - 0.5)
    switch operation.padding {
    case .zeros: return (x, 1)
    case .border: return clamped(x, count)
    case .reflection:
      guard high > low else { return (0, 0) }
      let distance = abs(x - low)
      let (span, sign): (Float, Float) = (high - low, x < low ? -1 : 1)
      let turns = (distance / span).rounded(.down)
      let rest = distance - turns * span
      let isEven = turns.truncatingRemainder(dividingBy: 2) == 0
      let (position, slope) = clamped(isEven ? low + rest : high - rest, count)
      return (position, slope * (isEven ? sign : -sign))
    }
  }

  private func clamped(_ x: Float, _ count: Float) -> (position: Float, slope: Float) {
    x <= 0 ? (0, 0) : x >= count - 1 ? (count - 1, 0) : (x, 1)
  }

  /// Keys' kernel with a = −0.75, and its derivative.
  private static func cubic(_ distance: Float) -> (value: Float, slope: Float) {
    let (d, sign, a): (Float, Float, Float) = (abs(distance), distance < 0 ? -1 : 1, -0.75)
    if d <= 1 { return (((a + 2) * d - (a + 3)) * d * d + 1, sign * (3 * (a + 2) * d - 2 * (a + 3)) * d) }
    guard d < 2 else { return (0, 0) }
    return (((a * d - 5 * a) * d + 8 * a) * d - 4 * a, sign * ((3 * a * d - 10 * a) * d + 8 * a))
  }
}
