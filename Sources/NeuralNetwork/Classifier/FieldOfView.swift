/// Which part of the input picture a layer's maps lie over.
///
/// Convolution and pooling keep it as it is, whatever their padding: a map is laid over all that its layer was given.
public struct FieldOfView: Hashable, Codable, Sendable {
  /// From where to where the maps reach along one axis of the picture, whose sides are 0 and 1.
  public struct Span: Hashable, Codable, Sendable {
    /// Where the first row or column begins.
    public var start: Double
    /// Where the last one ends; before `start` where the picture is mirrored.
    public var end: Double

    /// Creates a span.
    public init(start: Double, end: Double) {
      (self.start, self.end) = (start, end)
    }

    /// The whole axis.
    public static let whole = Span(start: 0, end: 1)

    /// Whether the maps run against the picture.
    public var isMirrored: Bool { end < start }
    /// The smaller and the larger end.
    public var limits: (lower: Double, upper: Double) { (min(start, end), max(start, end)) }

    /// The part of this span from `lower` to `upper`, which are counted from its start and in its lengths.
    func part(_ lower: Double, _ upper: Double) -> Span {
      Span(start: start + (end - start) * lower, end: start + (end - start) * upper)
    }

    /// The span that covers both.
    func union(_ other: Span) -> Span {
      let lower = Swift.min(limits.lower, other.limits.lower)
      let upper = Swift.max(limits.upper, other.limits.upper)
      return isMirrored ? Span(start: upper, end: lower) : Span(start: lower, end: upper)
    }

    /// Whether nothing is missing or added but a margin that nobody sees.
    fileprivate var isNearlyWhole: Bool { !isMirrored && abs(start) < 0.02 && abs(end - 1) < 0.02 }
  }

  /// What makes it impossible to say.
  public enum Doubt: String, Codable, Sendable {
    /// The picture and its mirror image meet in the layer.
    case mirrorImages
    /// Several parts of the picture meet in the layer.
    case severalParts
    /// Rows and columns are exchanged, or the picture is bent.
    case warped
  }

  /// From top to bottom.
  public var vertical = Span.whole
  /// From left to right.
  public var horizontal = Span.whole
  /// Why the spans do not say all.
  public var doubt: Doubt?

  /// The whole picture as it is.
  public static let whole = FieldOfView()

  /// Whether the maps are laid over the whole picture as it is.
  public var isWhole: Bool { vertical.isNearlyWhole && horizontal.isNearlyWhole && doubt == nil }

  /// What a reader should know of a layer that sees this, as full sentences; `nil` for the whole picture.
  public func remark(of layer: String) -> String? {
    if isWhole { return nil }
    switch doubt {
    case .mirrorImages?:
      return "Layer \(layer) sees the picture and its mirror image at once; its map is laid over the picture as it is."
    case .severalParts?:
      return "Layer \(layer) sees several parts of the picture at once; its map is laid over all that they cover."
    case .warped?:
      return
        "Layer \(layer) sees the picture turned or bent, in a way that is not followed; its map is laid over it as it is."
    case nil: break
    }
    var sentences: [String] = []
    let sides = [(horizontal, "from left to right"), (vertical, "from top to bottom")]
    let parts = sides.filter { $0.0.limits.lower > 0.02 || $0.0.limits.upper < 0.98 }
    if !parts.isEmpty {
      let text = parts.map { "\(percent($0.0.limits.lower)) to \(percent($0.0.limits.upper)) % \($0.1)" }
      sentences.append(
        "Layer \(layer) sees only a part of what goes in, \(text.joined(separator: " and ")): its map is laid over that part."
      )
    } else if sides.contains(where: { $0.0.limits.lower < -0.02 || $0.0.limits.upper > 1.02 }) {
      sentences.append(
        "Layer \(layer) sees a border around what goes in; its map is laid over it with that border cut off.")
    }
    let mirrors = [(horizontal, "left and right"), (vertical, "top and bottom")].filter { $0.0.isMirrored }.map(\.1)
    if !mirrors.isEmpty {
      sentences.append(
        "Layer \(layer) sees a mirrored picture, with \(mirrors.joined(separator: " and ")) exchanged: its map is mirrored "
          + "back before it is laid over the picture.")
    }
    return sentences.joined(separator: " ")
  }

  private func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
}
