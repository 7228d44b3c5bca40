import Diagnostics
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Vocabulary

/// How far the input that a card makes of a picture is from the one that somebody’s own program made of it.
///
/// It is measured in levels of the picture, of which there are 255: programs round on the way, and resize a little differently.
struct InputComparison {
  static let name = "input made of the picture"

  /// The largest difference, in levels.
  let largest: Double
  /// The mean difference, in levels.
  let mean: Double

  private let picture: Image
  private let input: Tensor
  private let specification: InputSpecification

  /// Pillow and what stands on it come within a level; without antialiasing, several times as much.
  private static let limit = 1.0

  /// - Throws: `Diagnostic` where the card makes no input of such a picture.
  init(of picture: Image, as input: Tensor, _ specification: InputSpecification) throws {
    (self.picture, self.input, self.specification) = (picture, input, specification)
    (largest, mean) = try Self.difference(picture, input, specification)
  }

  var isSound: Bool { mean <= Self.limit }

  func text(padding width: Int) -> String {
    Self.name.padded(to: width)
      + String(format: "%.2f of 255 levels on average, at most %.0f: ", mean, largest)
      + (isSound ? "agrees" : "differs") + String(format: " (up to %.0f on average)", Self.limit)
  }

  /// What is different, with what the card should say instead where that can be told.
  var fault: Diagnostic? {
    get throws {
      guard !isSound else { return nil }
      for (variant, cause) in variants {
        guard let found = try? Self.difference(picture, input, variant), found.mean <= Self.limit else { continue }
        return .error("The card prepares the picture otherwise than the reference’s program.", hint: cause)
      }
      return .error(
        "The card prepares the picture otherwise than the reference’s program.",
        hint: "Compare `size`, `resize`, `channels`, `scale`, `mean` and `std` with that program.")
    }
  }

  /// What the card may have meant, one change each.
  private var variants: [(InputSpecification, String)] {
    var variants: [(InputSpecification, String)] = []
    func add(_ cause: String, _ change: (inout InputSpecification) -> Void) {
      var variant = specification
      change(&variant)
      variants.append((variant, cause))
    }
    if specification.channels == .order(.rgb) {
      add("It would not with `channels: bgr`.") { $0.channels = .order(.bgr) }
    } else if specification.channels == .order(.bgr) {
      add("It would not with `channels: rgb`.") { $0.channels = .order(.rgb) }
    }
    let count = specification.channels.count
    let units: [(mean: [Float], deviation: [Float], scale: Float)] = [
      (Array(repeating: 0, count: count), Array(repeating: 1, count: count), 1),
      (Array(repeating: 0, count: count), Array(repeating: 1, count: count), 255),
      (Array(repeating: 0.5, count: count), Array(repeating: 0.5, count: count), 1),
      ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], 1), ([0.406, 0.456, 0.485], [0.225, 0.224, 0.229], 1),
      (specification.mean, specification.standardDeviation, specification.scale == 1 ? 255 : 1),
    ]
    for unit in units where unit.mean.count == count {
      add(
        "It would not with `scale: \(Self.number(unit.scale))`, `mean: \(Self.list(unit.mean))` and "
          + "`std: \(Self.list(unit.deviation))`."
      ) {
        ($0.mean, $0.standardDeviation, $0.scale) = (unit.mean, unit.deviation, unit.scale)
      }
    }
    add("It would not with `resize: stretch`.") { $0.resize = .stretch }
    add("It would not with `resize: pad`.") { $0.resize = .pad }
    let side = max(specification.width, specification.height)
    for shorter in [side, side * 8 / 7, side * 256 / 299] where shorter >= side {
      add("It would not with `resize: crop` and `shorter_side: \(shorter)`.") {
        $0.resize = .crop(shorterSide: shorter)
      }
    }
    return variants
  }

  private static func number(_ value: Float) -> String { String(format: "%g", value) }

  private static func list(_ values: [Float]) -> String { "[\(values.map(number).joined(separator: ", "))]" }

  /// Differences in levels of the specification's own units.
  private static func difference(
    _ picture: Image, _ input: Tensor, _ specification: InputSpecification
  ) throws -> (largest: Double, mean: Double) {
    let found = try specification.prepare(picture).tensor
    guard found.shape == input.shape else { return (.infinity, .infinity) }
    let area = specification.width * specification.height
    var (largest, sum) = (0.0, 0.0)
    for index in found.values.indices {
      let level = specification.standardDeviation[index / area] * 255 / specification.scale
      let difference = Double(abs(found.values[index] - input.values[index]) * level)
      largest = max(largest, difference)
      sum += difference
    }
    return (largest, sum / Double(found.values.count))
  }
}
