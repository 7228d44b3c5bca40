import Diagnostics
import Foundation
import Gallery
import TestSupport
import Testing

@Suite("Looking into a model")
struct ModelInspectionTests {
  /// A small classifier: a convolution, a rectifier, a SiLU, a mean and a linear layer with a softmax, and a second
  /// output.
  private static var model: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("data", [-1, 3, 8, 6])
    model.constant("w", [4, 3, 3, 3], [Float](repeating: 0.5, count: 108))
    model.constant("m", [4, 5], [Float](repeating: 1, count: 20))
    model.node("Conv", ["data", "w"], ["conv"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["conv"], ["relu"])
    model.node("Sigmoid", ["relu"], ["gate"])
    model.node("Mul", ["relu", "gate"], ["silu"])
    model.node("GlobalAveragePool", ["silu"], ["mean"])
    model.node("Flatten", ["mean"], ["flat"])
    model.node("MatMul", ["flat", "m"], ["scores"])
    model.node("Softmax", ["scores"], ["p"])
    model.node("Identity", ["flat"], ["embedding"])
    model.output("p")
    model.output("embedding")
    return model
  }

  private func folder(_ front: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "---\ntitle: A net\nfile: net.onnx\ninput:\n  size: [6, 8]\n\(front)---\n", to: "content/models/net.md")
    try Data(Self.model.bytes).write(to: folder.url.appendingPathComponent("content/models/net.onnx"))
    return folder
  }

  @Test("the text for people")
  func text() throws {
    let folder = try folder("")
    let inspection = try ModelInspection("net", content: folder.path("content"))
    #expect(
      inspection.text.replacingOccurrences(of: folder.url.path + "/", with: "") == """
        A net
          File:          content/models/net.onnx, 983 B, operator set 17
          Input:         data, 1×3×8×6
          Output:        p, 5 classes, softmax
          Parameters:    128
          Operations:    0.00 GFLOP per picture
          Operators:     1 Conv, 1 Flatten, 1 GlobalAveragePool, 1 MatMul, 1 Mul, 1 Relu, 1 Sigmoid, 1 Softmax
          Default layer: node_silu: the Mul that closes the block of the last convolution, node_conv
          CAM:           at node_silu
          Guided rule:   reaches 1 rectifier, but not 1 SiLU
          Layers that `layer:` can name, by node or by tensor:
            node_conv  4×8×6         Conv                conv
            node_relu  4×8×6         Relu                relu
            node_gate  4×8×6         Sigmoid             gate
            node_silu  4×8×6         Mul                 silu
        warning: “p” is explained because it is behind a softmax, and not “embedding”. `output: p` in a model card, or \
        --output-tensor, settles it.
        warning: The card gives no `mean`, `std` or `scale`: pictures go in from 0 to 1, which most networks do not expect.
        warning: The card names no `labels`: classes are called “class 0”, “class 1”… Add `labels:` with a \
        file of one name a line.
        warning: The Softmax at the end is taken off: what is explained are the scores before it.
        warning: The guided rule reaches 1 rectifier, but not 1 SiLU; the others keep their plain gradient.
        """)
  }

  @Test("the JSON for programs, with what the card says")
  func json() throws {
    let folder = try folder("  scale: 255\noutput: embedding\nlayer: relu\n")
    let inspection = try ModelInspection(folder.path("content/models/net.md"))
    let json = try JSONSerialization.jsonObject(with: Data(inspection.json.utf8)) as? [String: Any]
    #expect(json?["title"] as? String == "A net")
    #expect(json?["parameters"] as? Int == 108)
    #expect(json?["gigaFLOP"] as? Double == 2 * 108 * 48 / 1e9)
    #expect(
      json?["operators"] as? [String: Int] == [
        "Conv": 1, "Flatten": 1, "GlobalAveragePool": 1, "Mul": 1, "Relu": 1, "Sigmoid": 1,
      ])
    let output = json?["output"] as? [String: Any]
    #expect(output?["name"] as? String == "embedding")
    #expect(output?["classes"] as? Int == 4)
    #expect(output?["all"] as? [String] == ["p", "embedding"])
    let layer = json?["defaultLayer"] as? [String: Any]
    #expect(layer?["name"] as? String == "node_relu")
    #expect(layer?["isCards"] as? Bool == true)
    #expect((json?["layers"] as? [[String: Any]])?.map { $0["tensor"] as? String } == ["conv", "relu", "gate", "silu"])
    #expect((json?["warnings"] as? [String])?.contains { $0.contains("`scale`") } == false)
  }

  @Test("a bare file, and a model that there is not")
  func names() throws {
    let folder = try folder("")
    let inspection = try ModelInspection(folder.path("content/models/net.onnx"))
    #expect(inspection.title == "net.onnx")
    #expect(
      inspection.warnings[0] == "No model card says how pictures are normalised; RGB from 0 to 1 is assumed, "
        + "which most networks do not expect.")
    let error = #expect(throws: DiagnosticList.self) { try ModelInspection("nut", content: "content") }
    #expect(
      error?.description == "error: There is no model “nut”: content/models/nut.md does not exist. "
        + "Name a card in content/models, the path of a card, or an .onnx file.")
  }

  @Test("the list of cards, with what is missing and what is wrong")
  func list() throws {
    let folder = try folder("labels: labels.txt\n")
    try folder.write("cat\ndog\n", to: "content/models/labels.txt")
    let source = "source: {url: https://example.org/a.onnx, sha256: \(String(repeating: "0", count: 64))}"
    try folder.write(
      "---\ntitle: Far away\n\(source)\ninput: {size: 32, channels: gray}\n---\n", to: "content/models/far.md")
    try folder.write("---\ntitle: Bad\n---\n", to: "content/models/bad.md")
    let list = try ModelList(content: folder.path("content"))
    let rows = list.text.replacingOccurrences(of: folder.url.path + "/", with: "").split(separator: "\n")
    // How wide the column of files is depends on where the temporary folder is.
    #expect(
      rows.map { $0.replacing(#/ {2,}/#, with: "  ") } == [
        "NAME  TITLE  FILE  SIZE  CLASSES  INPUT",
        "far  Far away  content/models/far/model.onnx  not fetched  no labels  32×32 gray",
        "net  A net  content/models/net.onnx  983 B  2  6×8 rgb",
      ])
    #expect(Set(rows.dropFirst().map { $0.firstRange(of: "content")?.lowerBound.utf16Offset(in: $0) }).count == 1)
    #expect(list.faults.all.count == 2)
    #expect(throws: Diagnostic.self) { try ModelList(content: folder.path("nowhere")) }
  }
}
