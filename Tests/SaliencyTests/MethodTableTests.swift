import Diagnostics
import Foundation
import Testing
import Vocabulary

@testable import Saliency

/// docs/methods.md tells people what `Method.all` has. `SITEGEN_WRITE_DOCS=1 swift test --filter MethodTableTests` writes it
/// anew.
@Suite("The table of methods")
struct MethodTableTests {
  private static let document = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../docs/methods.md")
    .standardizedFileURL

  private static var text: String {
    var lines = [
      "# Methods",
      "",
      "What `methods:` in content and `--method` of `sitegen explain` may name. Where nobody says otherwise, "
        + "\(Saliency.Method.standard.map { "`\($0.id)`" }.formatted(.list(type: .and).locale(Locale(identifier: "en")))) are "
        + "shown.",
      "",
      "y^c is the score of the class before any softmax, x the picture as the network takes it, A^k the maps of the target "
        + "layer. Maps have the layer's resolution; they are normalised when they are painted, and an empty one is said to be.",
    ]
    for method in Saliency.Method.all {
      let needs = Needs.names.filter { method.needs.contains($0.need) }.map(\.name)
      lines += [
        "", "## \(method.name.title)", "", "`\(method.id)`: \(method.summary)", "",
        "| formula | \(method.formulaText.replacing("|", with: "\\|")) |", "| --- | --- |",
        "| needs | \(needs.joined(separator: ", ")) |", "| yields | \(result(of: method)) |",
      ]
      if let settings = method.settings { lines.append("| fixed | \(settings) |") }
      lines.append("| source | \(method.source) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func result(of method: Saliency.Method) -> String {
    switch method.name.picture {
    case .heatMap: "a map \(place(of: method))"
    case .signedMap: "a map of both signs \(place(of: method))"
    case .gradient: "a tensor at the input"
    case .boxes: "a box on the picture"
    }
  }

  private static func place(of method: Saliency.Method) -> String {
    if method.needsLayer { return "at the target layer" }
    if method.needs.contains(.classActivationHead) { return "at the layer before the pooling" }
    return method.needs.contains(.attention) ? "over the patches of the picture" : "of the input's size"
  }

  @Test("docs/methods.md is what the program does")
  func isTrue() throws {
    if ProcessInfo.processInfo.environment["SITEGEN_WRITE_DOCS"] != nil {
      try Data(Self.text.utf8).write(to: Self.document)
    }
    #expect(try String(contentsOf: Self.document, encoding: .utf8) == Self.text)
  }

  @Test("no two methods have one name, and each is found by its own")
  func names() throws {
    #expect(Set(Saliency.Method.all.map(\.id)).count == Saliency.Method.all.count)
    for method in Saliency.Method.all { #expect(try Saliency.Method.named(method.id) == method) }
    let fault = #expect(throws: Diagnostic.self) { try Saliency.Method.named("grad-cm") }
    #expect(try #require(fault).description == "error: “grad-cm” is no method. Did you mean “grad-cam”?")
  }

  @Test("a run computes what methods are made of, each once, and the layer where there is one to choose")
  func cells() {
    #expect(Cell.computed(Saliency.Method.standard, at: []).map(\.method.id) == ["guided-backprop"])
    #expect(Saliency.Method.gradCAM.needs == [.activation, .gradient])
    #expect(Saliency.Method.guidedGradCAM.needs == [.activation, .gradient, .guidedInputGradient])
    #expect(!Saliency.Method.classActivationMap.needsLayer)
  }

  @Test("words for what is not there")
  func findings() {
    let finding = Finding.nothing(method: "counterfactual", layer: "conv5")
    #expect(finding.text == "Layer conv5 holds no evidence against this class.")
    #expect(Finding.nothing(method: "gradient", layer: nil).text == "The gradient is zero everywhere.")
  }
}
