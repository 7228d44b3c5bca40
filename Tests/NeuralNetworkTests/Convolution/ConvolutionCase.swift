import TestSupport
import Testing

@testable import NeuralNetwork

/// A convolution and what it should give by its definition, in double precision.
struct ConvolutionCase: CustomTestStringConvertible, Sendable {
  let channels: (input: Int, output: Int)
  let size: (height: Int, width: Int)
  let window: Window

  var testDescription: String {
    "\(channels.input) to \(channels.output) channels at \(size.height)×\(size.width), kernel \(window.kernel), "
      + "strides \(window.strides), dilations \(window.dilations), pads \(window.padsBegin + window.padsEnd)"
  }

  var source: [Int] { [1, channels.input, size.height, size.width] }
  var destination: [Int] { [1, channels.output] + window.outputSize([size.height, size.width]) }
  var weights: [Float] { noise(channels.input * channels.output * window.kernel.elementCount, seed: 1) }
  var bias: [Float] { noise(channels.output, seed: 2) }
  var input: Tensor { Tensor(shape: source, noise(source.elementCount, seed: 3)) }

  /// x → Conv → y, with y not yet an output.
  var model: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", source)
    model.constant("w", [channels.output, channels.input] + window.kernel, weights)
    model.constant("b", [channels.output], bias)
    model.node(
      "Conv", ["x", "w", "b"], ["y"],
      [
        "pads": .integers(window.padsBegin + window.padsEnd), "strides": .integers(window.strides),
        "dilations": .integers(window.dilations),
      ])
    return model
  }

  /// y = x ∗ w + b.
  var output: [Double] { output(of: input.values) }

  /// The same for another x.
  func output(of input: [Float]) -> [Double] {
    let weights = weights
    let area = destination[2] * destination[3]
    var sums = bias.flatMap { [Double](repeating: Double($0), count: area) }
    forEachProduct { sums[$2] += Double(input[$0]) * Double(weights[$1]) }
    return sums
  }

  /// dx from dy.
  func inputGradient(of dy: [Float]) -> [Double] {
    let weights = weights
    var sums = [Double](repeating: 0, count: source.elementCount)
    forEachProduct { sums[$0] += Double(weights[$1]) * Double(dy[$2]) }
    return sums
  }

  /// What is multiplied at each output, or for the gradient at each input: the same sum read the other way round.
  private func forEachProduct(_ body: (_ source: Int, _ weight: Int, _ destination: Int) -> Void) {
    let (height, width, taps) = (destination[2], destination[3], window.kernel.elementCount)
    for m in 0..<channels.output {
      for c in 0..<channels.input {
        for y in 0..<height {
          for x in 0..<width {
            for tap in 0..<taps {
              let row = y * window.strides[0] + tap / window.kernel[1] * window.dilations[0] - window.padsBegin[0]
              let column = x * window.strides[1] + tap % window.kernel[1] * window.dilations[1] - window.padsBegin[1]
              guard row >= 0, row < size.height, column >= 0, column < size.width else { continue }
              body(
                (c * size.height + row) * size.width + column, (m * channels.input + c) * taps + tap,
                (m * height + y) * width + x)
            }
          }
        }
      }
    }
  }
}

extension Window {
  /// A square kernel.
  ///
  /// - Parameter pads: above, left, below, right.
  static func square(_ size: Int, stride: Int = 1, dilation: Int = 1, pads: [Int] = [0, 0, 0, 0]) -> Window {
    Window(
      kernel: [size, size], strides: [stride, stride], dilations: [dilation, dilation],
      padsBegin: Array(pads[..<2]), padsEnd: Array(pads[2...]))
  }
}
