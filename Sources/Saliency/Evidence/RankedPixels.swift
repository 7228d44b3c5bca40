import Imaging
import NeuralNetwork

/// The pixels of a picture, from the one on whose place a map is highest to the lowest.
struct RankedPixels {
  /// Places in the picture, row by row; where the map is equal, in their order.
  private let order: [Int]
  /// How many change from one picture to the next.
  private let step: Int

  /// - Parameter map: of the picture's size.
  init(_ map: Heatmap, step: Int) {
    let values = map.values
    order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    self.step = step
  }

  /// How many steps it takes to change all pixels.
  var steps: Int { (order.count + step - 1) / step }

  /// One picture that becomes another, both [1, C, H, W]: before the first step, and after each.
  func pictures(from first: Tensor, to last: Tensor) -> PictureSeries {
    PictureSeries(count: steps + 1) { index in
      var picture = first
      let area = order.count
      let changed = order.prefix(index * step)
      picture.values.withUnsafeMutableBufferPointer { values in
        for channel in 0..<first.shape[1] {
          for pixel in changed { values[channel * area + pixel] = last.values[channel * area + pixel] }
        }
      }
      return picture
    }
  }

  /// The area under a curve over equal steps from 0 to 1, by trapezia.
  static func area(under curve: [Double]) -> Double {
    guard let first = curve.first, let last = curve.last, curve.count > 1 else { return 0 }
    return (curve.reduce(0, +) - (first + last) / 2) / Double(curve.count - 1)
  }
}
