public import Imaging
import Vocabulary

extension Method {
  /// Weakly supervised localization: the box around the heaviest part of Grad-CAM.
  ///
  /// Source: Selvaraju et al. 2017, §4.1.
  public static let localization = Method(
    MethodName("localization", title: "Localization", picture: .boxes),
    summary: "The box around the heaviest part of Grad-CAM.",
    formulaText: "the connected component with the most mass above 15 % of the maximum",
    source: "Selvaraju et al. 2017, §4.1",
    nothing: { "Layer \($0) holds no evidence for this class, so there is no box." },
    .of([.gradCAM]) { maps, context in
      guard let map = maps[0].heatmap else { return .box(nil) }
      let (height, width) = (context.inputShape[2], context.inputShape[3])
      let heat = map.normalized().laid(over: context.view, width: width, height: height)
      return .box(Localization.box(in: heat, threshold: context.threshold))
    })
}

/// A box from a map, and how two boxes agree.
public enum Localization {
  /// The threshold of the Grad-CAM paper, as a share of the maximum (the CAM paper uses 0.2).
  public static let defaultThreshold: Float = 0.15

  /// The box around the connected component (four neighbours) with the most mass above a threshold.
  ///
  /// - Parameters:
  ///   - map: at the resolution at which the box is wanted, not negative.
  ///   - threshold: share of the maximum, 0…1, that a cell must exceed.
  /// - Returns: `nil` for a map without any positive value, or one that is not finite.
  ///
  /// Source: Selvaraju et al. 2017, §4.1.
  public static func box(in map: Heatmap, threshold: Float = defaultThreshold) -> Rect? {
    guard map.isFinite, !map.isBlank else { return nil }
    let normalized = map.normalized().values
    let (width, height) = (map.width, map.height)
    var isOpen = normalized.map { $0 > threshold }
    var best: (mass: Double, box: Rect)?
    var frontier: [Int] = []
    for start in isOpen.indices where isOpen[start] {
      var mass = 0.0
      var (left, right, top, bottom) = (width, 0, height, 0)
      frontier.append(start)
      isOpen[start] = false
      while let cell = frontier.popLast() {
        let (x, y) = (cell % width, cell / width)
        mass += Double(normalized[cell])
        (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
        for (next, exists) in [
          (cell - 1, x > 0), (cell + 1, x < width - 1), (cell - width, y > 0), (cell + width, y < height - 1),
        ] where exists && isOpen[next] {
          isOpen[next] = false
          frontier.append(next)
        }
      }
      if mass > best?.mass ?? 0 {
        best = (mass, Rect(x: left, y: top, width: right - left + 1, height: bottom - top + 1))
      }
    }
    return best?.box
  }

  /// Intersection over union of two boxes, 0…1.
  public static func intersectionOverUnion(_ a: Rect, _ b: Rect) -> Float {
    let width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    let height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    guard width > 0, height > 0 else { return 0 }
    let intersection = Float(width) * Float(height)
    return intersection / (Float(a.width) * Float(a.height) + Float(b.width) * Float(b.height) - intersection)
  }
}
