import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("The lines of Python for a card")
struct ReferenceScriptTests {
  @Test("six of them, with the card’s preprocessing and layer in the words of PyTorch")
  func lines() throws {
    let card = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Fixtures/compared.md").standardizedFileURL
    let parts = try ReferenceScript(card.path).text.split(separator: "\n\n", maxSplits: 1).map(String.init)
    let lines = parts[0].split(separator: "\n").map(String.init)
    #expect(lines.filter { !$0.hasPrefix("#") }.count == 6)
    #expect(
      lines[2] == "#   preprocess = T.Compose([T.Resize(22), T.CenterCrop((16, 20)), T.ToTensor(), "
        + "T.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])")
    #expect(lines.contains { $0.contains("get_submodule(\"features.4\")") })
    #expect(lines.last?.hasPrefix("# Then: sitegen model check ") == true)
    #expect(parts[1].contains(".run([\"y\"], {\"x\": x})"))
  }

  @Test(
    "the module is that of the node, as PyTorch’s exporter names it",
    arguments: [
      ("/layer4/layer4.1/relu_1/Relu", "layer4.1.relu"), ("/features/features.12/Concat", "features.12"),
      ("/Relu", nil), ("node_cat_7", nil), ("/conv/Conv", "conv"), ("/a/a.b_2/b/Relu", "a.b.b"),
      ("/block_a/Add", "block_a"),
    ] as [(String, String?)])
  func module(node: String, module: String?) {
    #expect(ReferenceScript.module(of: node) == module)
  }
}
