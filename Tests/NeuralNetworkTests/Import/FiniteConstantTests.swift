import Foundation
import Testing

@testable import NeuralNetwork

/// Weights of several parts, in which every place is looked at.
@Suite("Finite constants")
struct FiniteConstantTests {
  /// Two parts of 2²⁰ numbers, and a third of a few.
  private static let shape = [3, 700_001]

  /// A part's first and last number, and the tensor's.
  static let places = [0, 1 << 20 - 1, 1 << 20, 2 << 20 - 1, 2 << 20, 2_100_002]

  /// The constant, all −¼ but for one element, at an address that suits floats or at an odd one.
  private func constant(_ value: Float, at place: Int, isAligned: Bool) -> Constant {
    var values = [Float](repeating: -0.25, count: Self.shape.elementCount)
    values[place] = value
    let padding = isAligned ? 0 : 1
    let bytes = Bytes([UInt8](repeating: 0, count: padding) + values.withUnsafeBytes(Array.init))
    return Constant(shape: Self.shape, elementType: .float32, bytes: bytes[padding..<bytes.count])
  }

  @Test("the largest magnitude is found anywhere", arguments: places, [true, false])
  func magnitude(place: Int, isAligned: Bool) {
    func found(_ value: Float) -> Float { constant(value, at: place, isAligned: isAligned).greatestMagnitude }
    #expect(found(-0.75) == 0.75)
    #expect(found(-.infinity) == .infinity)
    #expect(found(.nan).isNaN)
  }

  @Test("the fault names the tensor and the place", arguments: places)
  func fault(place: Int) throws {
    let node = ONNXNode("Conv", ["x", "w"], ["y"], name: "c")
    func message(_ value: Float) throws -> String {
      let fault = try #require(throws: (any Error).self) {
        try FiniteConstants().check(constant(value, at: place, isAligned: false), named: "w", readBy: node)
      }
      return "\(fault)"
    }
    let index = [place / Self.shape[1], place % Self.shape[1]]
    let hint = "Export the model again from a checkpoint in which every weight is a finite number."
    let subject = "error: tensor “w”, which node “c” (Conv) reads,"
    #expect(try message(.nan) == "\(subject) is not a number at \(index). \(hint)")
    #expect(try message(.infinity) == "\(subject) is infinite at \(index). \(hint)")
  }
}
