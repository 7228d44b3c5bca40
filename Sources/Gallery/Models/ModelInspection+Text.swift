import Diagnostics
import Foundation
import NeuralNetwork

extension ModelInspection {
  /// The inspection as people read it in a terminal; lines end without a line break at the end of all.
  public var text: String {
    var lines = [title]
    func fact(_ name: String, _ value: String) {
      lines.append("  " + (name + ":").padded(to: 15) + value)
    }
    let origin = [producer, "operator set \(operatorSet)"].filter { !$0.isEmpty }
    fact("File", ([file, bytes.fileSizeText] + origin).joined(separator: ", "))
    let type = input.elementType == .float32 ? "" : ", \(input.elementType.rawValue)"
    fact("Input", "\(input.name), \(input.shape.dimensions)\(type)" + (input.channelsLast ? " (channels last)" : ""))
    if !furtherInputs.isEmpty { fact("Other inputs", furtherInputs.joined(separator: ", ")) }
    let probabilities = output.scores == .probability ? "probabilities already" : output.scores.rawValue
    fact(
      "Output",
      output.classes == 0
        ? "\(output.name), no list of classes: explained by --target, or `target:`"
        : "\(output.name), \(output.classes) classes, \(probabilities)" + (output.isAssumed ? " (assumed)" : ""))
    fact("Parameters", parameters.formatted(.number.locale(Locale(identifier: "en"))))
    fact("Operations", String(format: "%.2f GFLOP per picture", gigaFLOP))
    let counts = operators.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
    fact("Operators", counts.joined(separator: ", "))
    fact("Default layer", defaultLayer.map { "\($0.name): \($0.reason)" } ?? "none")
    fact("CAM", classActivationLayer.map { "at \($0)" } ?? "no linear layer behind global average pooling")
    fact("Guided rule", guidedRule.summary)
    let width = (layers.map(\.name.count).max() ?? 0) + 2
    lines.append("  Layers that `layer:` can name, by node or by tensor:")
    for layer in layers {
      let tensor = layer.tensor == layer.name ? "" : layer.tensor
      let columns = [(layer.name, width), (layer.maps.dimensions, 14), (layer.operatorType, 20), (tensor, 0)]
      lines.append("    " + columns.map { $0.0.padded(to: $0.1) }.joined().trimmingTrailingSpaces)
    }
    return (lines + warnings.map { "warning: \($0)" }).map(\.visible).joined(separator: "\n")
  }

  /// The inspection as JSON, keys sorted.
  public var json: String {
    get throws {
      String(decoding: try ReadableJSON.bytes(self).dropLast(), as: UTF8.self).visibleInJSON
    }
  }
}

extension [Int] {
  /// As people write shapes: `3×224×224`.
  fileprivate var dimensions: String { map(String.init).joined(separator: "×") }
}

extension Int {
  /// A file size: `4.8 MiB`.
  var fileSizeText: String {
    let units = ["B", "KiB", "MiB", "GiB"]
    let power = Swift.min(units.count - 1, self < 1024 ? 0 : (bitWidth - leadingZeroBitCount - 1) / 10)
    return power == 0 ? "\(self) B" : String(format: "%.1f ", Double(self) / Double(1 << (10 * power))) + units[power]
  }
}

extension String {
  /// The string with spaces behind it.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(1, width - count)) }

  fileprivate var trimmingTrailingSpaces: String { String(reversed().drop { $0 == " " }.reversed()) }
}
