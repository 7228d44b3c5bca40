import Foundation
public import Vocabulary

/// The raw values of a figure's maps, from which a browser can draw them otherwise and say what stands under the pointer.
public struct FigureMaps: Encodable, Sendable {
  /// One map.
  public struct Map: Encodable, Sendable {
    let method: String
    let signed: Bool
    let width, height: Int
    /// Left, top, width and height on the panel, as shares of its sides; may reach beyond 0…1.
    let view: [Double]
    /// Row by row from the top left, as the picture is turned.
    let values: [Float]

    /// Creates a map.
    ///
    /// - Parameter isDifference: whether it is what two maps of the method differ by.
    /// - Precondition: `values` are `width` × `height` finite numbers.
    public init(
      method: MethodName, isDifference: Bool = false, width: Int, height: Int, view: [Double], values: [Float]
    ) {
      self.method = isDifference ? method.id + "-difference" : method.id
      signed = isDifference || method.picture == .signedMap
      self.width = width
      self.height = height
      self.view = view
      self.values = values
    }
  }

  let colormap, blend, scale: String
  let opacity, threshold: Double
  /// By the ids of their panels.
  public var maps: [String: Map] = [:]

  /// Creates an empty list.
  public init(colormap: Colormap, opacity: Double, blend: Blend, scale: MapScale, threshold: Double) {
    self.colormap = colormap.rawValue
    self.opacity = opacity
    self.blend = blend.rawValue
    self.scale = scale.rawValue
    self.threshold = threshold
  }

  /// As text that can stand in a `script` element: nothing in it closes one.
  var json: String? {
    guard !maps.isEmpty else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map {
      String(decoding: $0, as: UTF8.self).replacing("<", with: "\\u003c")
    }
  }
}
