import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// docs/pages/operators.md tells people what `OperatorTable` has. `SITEGEN_WRITE_DOCS=1 swift test --filter
/// OperatorTableTests` writes it anew.
@Suite("The table of operators")
struct OperatorTableTests {
  private static var text: String {
    var lines = [
      "These are known of the standard operator sets \(OperatorTable.opsets.lowerBound) to "
        + "\(OperatorTable.opsets.upperBound) of [ONNX](https://onnx.ai/onnx/operators/). *Known since* "
        + "lists the operator sets in which a meaning begins that sitegen tells apart; each holds until the next. Operators of `com.microsoft` are what ONNX Runtime "
        + "writes when it optimises a model; they have one version.",
      "",
      "Beside these, functions that a model defines itself are expanded, and an `If` whose condition is known when the model "
        + "is loaded becomes the branch that it takes. Nodes may come in any order.",
      "",
      "Forward: on activations and on constants; *constants only* where the result must be known when the model is "
        + "loaded, as in arithmetic on shapes. Axes, shapes, weights of convolutions and, but for those of Gather, indices "
        + "must be constants everywhere. Backward: *passes nothing* where the result steps or counts.",
      "",
      "| operator | known since | forward | backward |",
      "| --- | --- | --- | --- |",
    ]
    for (name, registrations) in OperatorTable.builders.sorted(by: { $0.key < $1.key }) {
      let since = registrations.map(\.since).sorted().map(String.init).joined(separator: ", ")
      let gradient = registrations[0].gradient
      lines.append(
        "| \(name) | \(since) | \(gradient == .constant ? gradient.rawValue : "yes") | "
          + "\(gradient == .constant ? "" : gradient.rawValue) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("docs/pages/operators.md is what the program does")
  func isTrue() throws {
    let parts = ["operators": Self.text]
    #expect(try Document("docs/pages/operators.md").settled(parts) == parts)
  }
}
