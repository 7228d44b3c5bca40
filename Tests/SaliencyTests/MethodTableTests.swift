import Diagnostics
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Saliency

/// docs/pages/methods.md tells people what `Method.all` has. `SITEGEN_WRITE_DOCS=1 swift test --filter MethodTableTests` writes
/// it anew.
@Suite("The table of methods")
struct MethodTableTests {
  private static var text: String {
    let standard = Saliency.Method.standard.map { "`\($0.id)`" }
    var lines = [
      "Where nobody says otherwise, \(standard.formatted(.list(type: .and).locale(Locale(identifier: "en")))) are shown."
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

  @Test("docs/pages/methods.md is what the program does")
  func isTrue() throws {
    let parts = ["methods": Self.text]
    #expect(try Document("docs/pages/methods.md").settled(parts) == parts)
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
