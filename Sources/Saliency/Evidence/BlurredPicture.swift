import Foundation
import NeuralNetwork

extension Tensor {
  /// A picture [1, C, H, W], blurred by 11 × 11 pixels of a Gaussian with σ 5; beyond the edge lies 0.
  ///
  /// The kernel is RISE's: a single pixel blurred by SciPy within 11 × 11 pixels, at whose edges it is mirrored. Source:
  /// Petsiuk et al. 2018 and their program.
  func blurred() -> Tensor {
    let kernel = Self.kernel
    let (height, width) = (shape[2], shape[3])
    let reach = kernel.count / 2
    var result = self
    for channel in 0..<shape[1] {
      let start = channel * height * width
      let plane = values[start..<start + height * width].map(Double.init)
      let across = Self.filtered(plane, kernel, reach, length: width, count: height, step: 1, stride: width)
      let down = Self.filtered(across, kernel, reach, length: height, count: width, step: width, stride: 1)
      for place in down.indices { result.values[start + place] = Float(down[place]) }
    }
    return result
  }

  /// Each line convolved with the kernel.
  ///
  /// - Parameters:
  ///   - step: from one element of a line to the next.
  ///   - stride: from one line to the next.
  private static func filtered(
    _ plane: [Double], _ kernel: [Double], _ reach: Int, length: Int, count: Int, step: Int, stride: Int
  ) -> [Double] {
    var result = plane
    for line in 0..<count {
      for place in 0..<length {
        var sum = 0.0
        for other in max(place - reach, 0)...min(place + reach, length - 1) {
          sum += kernel[other - place + reach] * plane[line * stride + other * step]
        }
        result[line * stride + place * step] = sum
      }
    }
    return result
  }

  /// What becomes of the pixel in the middle of eleven.
  private static let kernel: [Double] = {
    let (side, deviation, reach) = (11, 5.0, 20)
    let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
    let sum = weights.reduce(0, +)
    return (0..<side).map { place in
      zip(-reach...reach, weights).reduce(0) { total, part in
        // Mirrored at both edges, which are doubled.
        let turned = (place + part.0 + 4 * side) % (2 * side)
        let source = turned < side ? turned : 2 * side - 1 - turned
        return total + (source == side / 2 ? part.1 / sum : 0)
      }
    }
  }()
}
