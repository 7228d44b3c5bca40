import Diagnostics
import Foundation
import Gallery
import Imaging
import TestSupport

/// A site of one page about one picture and a small network of a test's own: x [1, 3, 8, 8] → Conv → Relu “r” → `tail`.
struct SmallNetworkSite {
  let folder: TemporaryFolder

  /// - Parameters:
  ///   - block: the lines of the block behind its picture.
  ///   - input: the card's `input:`.
  ///   - weights: [2, 3, 1, 1].
  ///   - tail: writes the nodes from “r” to “logits”.
  init(
    _ block: String, input: String = "{size: [8, 8]}", weights: [Float] = [1, 0.5, 0.25, -1, 2, 0.5],
    _ tail: (inout ONNXBuilder) -> Void
  ) throws {
    folder = try TemporaryFolder()
    try folder.write("title: Site\n", to: "content/site.yml")
    try folder.write("---\ntitle: Net\nfile: net.onnx\ninput: \(input)\n---\n", to: "content/models/net.md")
    try folder.write(
      "---\ntitle: A\nmodel: net\n---\n```explain\nimage: mug.jpg\nalt: a\n\(block)\n```\n",
      to: "content/experiments/a.md")
    try folder.copy(
      TabletopContent.original.appendingPathComponent("images/mug.jpg"), as: "content/images/mug.jpg")
    var model = ONNXBuilder()
    model.input("x", [1, 3, 8, 8])
    model.constant("w", [2, 3, 1, 1], weights)
    model.node("Conv", ["x", "w"], ["c"])
    model.node("Relu", ["c"], ["r"])
    tail(&model)
    model.output("logits")
    try Data(model.bytes).write(to: URL(fileURLWithPath: folder.path("content/models/net.onnx")))
  }

  var gallery: Gallery {
    Gallery(
      BuildOptions(
        content: folder.path("content"), templates: TabletopContent.templates.path, output: folder.path("public"),
        store: folder.path("store")))
  }

  /// What is thrown or warned of, with the temporary folder's path taken out.
  func words(_ work: () throws -> DiagnosticList) -> String {
    let text: String
    do { text = "\(try work())" } catch { text = "\(error)" }
    return text.replacingOccurrences(of: folder.url.path + "/", with: "")
  }

  /// The built page.
  var page: String {
    get throws {
      String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path("public/experiments/a.html"))), as: UTF8.self)
    }
  }

  /// What `sitegen explain` is asked for.
  func request(image: String? = nil, classes: [String], methods: [String], layers: [String] = []) -> StandaloneRequest {
    StandaloneRequest(
      image: image ?? folder.path("content/images/mug.jpg"), model: folder.path("content/models/net.md"),
      classes: classes, layers: layers, methods: methods, output: folder.path("out"), content: folder.path("content"))
  }
}

extension ONNXBuilder {
  /// The mean of each map of `from`, and scores by a matrix [K, classes].
  mutating func scores(of from: String, _ matrix: [Float], maps: Int = 2) {
    constant("m", [maps, matrix.count / maps], matrix)
    node("ReduceMean", [from], ["means"], ["axes": [2, 3], "keepdims": 0])
    node("MatMul", ["means", "m"], ["logits"])
  }
}
