/// Which values of a graph are maps of the picture, and which part of it each lies over.
///
/// Follows the picture through cutting, mirroring, padding and resizing.
struct SpatialViews {
  /// The values whose two spatial axes are those of the picture: [1, C, H, W] or [1, H, W, C].
  private(set) var maps: Set<Int> = []
  private var views: [Int: FieldOfView] = [:]
  /// Height and width of the maps so far.
  private var sizes: Set<[Int]> = []
  private let graph: Graph
  private let arrangements: [Int: Arrangement]
  private let consumers: [Int: [Int]]

  init(_ graph: Graph, _ arrangements: [Int: Arrangement]) {
    self.graph = graph
    self.arrangements = arrangements
    consumers = graph.consumers
    // The picture is the first of them.
    for input in graph.inputs.prefix(1) {
      maps.insert(input)
      views[input] = .whole
      sides(of: input).map { _ = sizes.insert($0) }
    }
    for node in graph.nodes {
      for (position, output) in node.outputs.enumerated() {
        if keepsMaps(node, output) {
          maps.insert(output)
          sides(of: output).map { _ = sizes.insert($0) }
        }
        views[output] = view(of: node, position)
      }
    }
  }

  /// What `value` lies over.
  subscript(value: Int) -> FieldOfView { views[value] ?? .whole }

  /// Whether `value` can be shown as maps of the picture: [1, C, H, W], [1, H, W, C], or tokens.
  func isShown(_ value: Int) -> Bool {
    switch arrangements[value] {
    case .tokens?: true
    case .maps?, .channelsLast?: maps.contains(value)
    case nil: false
    }
  }

  // MARK: - Maps

  private func keepsMaps(_ node: Graph.Node, _ output: Int) -> Bool {
    guard arrangements[output] != nil, graph.values[output].shape.count == 4 else { return false }
    switch node.operation {
    case is Convolution, is MaxPool, is IndexedMaxPool, is AveragePool: return true
    case is Reshape: return sides(of: output).map(sizes.contains) ?? false
    case is Selecting, is Pad, is Resize, is PixelShuffle, is Transpose:
      return node.inputs.contains(where: maps.contains)
    default: return node.inputs.contains { maps.contains($0) && sides(of: $0) == sides(of: output) }
    }
  }

  /// Height and width of maps.
  private func sides(of value: Int) -> [Int]? {
    arrangements[value].map { Array($0.mapShape(of: graph.values[value].shape).dropFirst()) }
  }

  // MARK: - Views

  private func view(of node: Graph.Node, _ position: Int) -> FieldOfView? {
    let sources = node.inputs.filter { views[$0] != nil }
    let maps = sources.filter { arrangements[$0] != nil }
    guard let first = maps.first ?? sources.first, let view = views[first] else { return nil }
    switch node.operation {
    case let selecting as Selecting where self.maps.contains(first):
      guard selecting.selections.indices.contains(position) else { return view }
      let positions = selecting.selections[position].0.positions
      return change(view, first) { span, axis, size in
        guard let part = Self.part(positions[axis], of: size) else { return nil }
        return span.part(part.lower, part.upper)
      }
    case let pad as Pad where self.maps.contains(first):
      return change(view, first) { span, axis, size in
        let part = Self.padded(pad.sources[axis], size)
        guard !isWindowed(node.outputs[0], axis, by: max(-part.lower, part.upper - Double(size))) else { return span }
        return span.part(part.lower / Double(size), part.upper / Double(size))
      }
    case let resize as Resize where self.maps.contains(first):
      return change(view, first) { span, axis, size in
        guard let taps = resize.axes[axis] else { return span }
        // Each position lies where most of it comes from.
        let positions = taps.compactMap { taps in taps.max { abs($0.weight) < abs($1.weight) }?.position }
        guard let part = Self.part(positions, of: size) else { return nil }
        return span.part(part.lower, part.upper)
      }
    case let transpose as Transpose where self.maps.contains(first):
      let isTurned = transpose.permutation.filter { spatialAxes(of: first).contains($0) } != spatialAxes(of: first)
      return isTurned ? view.doubted(.warped) : view
    case let concat as Concat where self.maps.contains(first) && spatialAxes(of: first).contains(concat.axis):
      let axis = spatialAxes(of: first)[0] == concat.axis ? \FieldOfView.vertical : \FieldOfView.horizontal
      return sources.dropFirst().reduce(view) { joined, source in
        var joined = joined
        joined[keyPath: axis] = joined[keyPath: axis].union(self[source][keyPath: axis])
        joined.doubt = joined.doubt ?? self[source].doubt
        return joined
      }
    default:
      if ["GridSample", "RoiAlign", "MaxRoiPool", "AffineGrid"].contains(node.operatorType) {
        return view.doubted(.warped)
      }
      return maps.dropFirst().reduce(view) { $0.meeting(self[$1]) }
    }
  }

  /// The view with each spatial axis changed; in doubt where a change cannot be said.
  private func change(
    _ view: FieldOfView, _ value: Int, _ change: (FieldOfView.Span, _ axis: Int, _ size: Int) -> FieldOfView.Span?
  ) -> FieldOfView {
    let (axes, shape) = (spatialAxes(of: value), graph.values[value].shape)
    guard let vertical = change(view.vertical, axes[0], shape[axes[0]]),
      let horizontal = change(view.horizontal, axes[1], shape[axes[1]])
    else { return view.doubted(.warped) }
    var changed = view
    (changed.vertical, changed.horizontal) = (vertical, horizontal)
    return changed
  }

  private func spatialAxes(of value: Int) -> [Int] {
    let isLast = arrangements[value] == .channelsLast || (graph.takesChannelsLast && graph.inputs.first == value)
    return isLast ? [1, 2] : [2, 3]
  }

  /// Whether all that reads `value` slides a window over it that is wider than a border of `border`: then the border is the
  /// window's padding.
  private func isWindowed(_ value: Int, _ axis: Int, by border: Double, depth: Int = 0) -> Bool {
    guard border > 0, depth < 4 else { return false }
    let readers = (consumers[value] ?? []).map { graph.nodes[$0] }
    return !readers.isEmpty
      && readers.allSatisfy { node in
        let window: Window
        switch node.operation {
        case let convolution as Convolution: window = convolution.window
        case let pool as MaxPool: window = pool.window
        case let pool as AveragePool: window = pool.window
        case let transpose as Transpose:
          // Channels come first, or last, in between.
          guard let moved = transpose.permutation.firstIndex(of: axis) else { return false }
          return isWindowed(node.outputs[0], moved, by: border, depth: depth + 1)
        default: return false
        }
        guard axis >= 2, window.kernel.indices.contains(axis - 2) else { return false }
        return Double(window.extent(axis - 2)) > border
      }
  }

  // MARK: - Positions

  /// From where to where positions reach along an axis of `size`, in shares of it; nothing where they are in no order.
  ///
  /// Every other position, as strides pick them, reaches as far as all.
  static func part(_ positions: [Int], of size: Int) -> (lower: Double, upper: Double)? {
    guard let first = positions.first, let last = positions.last, size > 1 else { return (0, 1) }
    let pairs = zip(positions, positions.dropFirst())
    let isRising = pairs.allSatisfy { $0 <= $1 }
    guard isRising || pairs.allSatisfy({ $0 >= $1 }) else {
      // All of them in another order, such as a shifted window’s.
      return Set(positions).count == size ? (0, 1) : nil
    }
    let (lowest, highest) = (min(first, last), max(first, last))
    let step = positions.count > 1 ? max(1, (highest - lowest) / (positions.count - 1)) : 1
    let lower = lowest < step ? 0 : lowest
    let upper = highest >= size - step ? size : highest + 1
    let part = (Double(lower) / Double(size), Double(upper) / Double(size))
    return isRising ? part : (part.1, part.0)
  }

  /// From where to where a padded axis reaches, in positions of the axis before.
  private static func padded(_ sources: [Int], _ size: Int) -> (lower: Double, upper: Double) {
    // What is mirrored or repeated into the border does not rise by one.
    var best = 0..<0
    var start = 0
    for index in sources.indices {
      if index > 0, sources[index] != sources[index - 1] + 1 || sources[index - 1] < 0 { start = index }
      if sources[index] >= 0, index + 1 - start > best.count { best = start..<(index + 1) }
    }
    guard let first = best.first, let last = best.last else { return (0, Double(size)) }
    return (Double(sources[first] - first), Double(sources[last] + sources.count - last))
  }
}

extension FieldOfView {
  /// The same with a reason why it does not say all.
  fileprivate func doubted(_ doubt: Doubt) -> FieldOfView {
    var copy = self
    copy.doubt = self.doubt ?? doubt
    return copy
  }

  /// What a layer sees in which this view and another meet.
  fileprivate func meeting(_ other: FieldOfView) -> FieldOfView {
    guard self != other else { return self }
    guard vertical.isMirrored == other.vertical.isMirrored, horizontal.isMirrored == other.horizontal.isMirrored else {
      return doubted(.mirrorImages)
    }
    var joined = self
    joined.doubt = doubt ?? other.doubt
    joined.vertical = vertical.union(other.vertical)
    joined.horizontal = horizontal.union(other.horizontal)
    // Borders of a cell or two come and go where branches with other windows meet.
    let isNear = [(vertical, other.vertical), (horizontal, other.horizontal)].allSatisfy {
      abs($0.start - $1.start) < 0.15 && abs($0.end - $1.end) < 0.15
    }
    return isNear ? joined : joined.doubted(.severalParts)
  }
}
