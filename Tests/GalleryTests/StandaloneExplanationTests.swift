import Foundation
import Gallery
import NeuralNetwork
import TestSupport
import Testing

@Suite("Explaining one picture")
struct StandaloneExplanationTests {
  static let content = ReferenceData.url("imagenet/content").path
  static let reference = ReferenceData.url("imagenet/reference/cat-dog")

  private func array(_ path: String, in folder: TemporaryFolder) throws -> Tensor {
    try Tensor(contentsOfNPYFile: folder.path("out/" + path))
  }

  private func expected(_ path: String, shape: [Int]) throws -> Tensor {
    let tensor = try Tensor(contentsOfNPYFile: Self.reference.appendingPathComponent(path).path)
    return Tensor(shape: shape, tensor.values)
  }

  @Test(
    "the arrays of a preprocessed tensor agree with PyTorch",
    .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func arrays() throws {
    let folder = try TemporaryFolder()
    var request = StandaloneRequest(
      image: Self.reference.appendingPathComponent("input.npy").path, model: "squeezenet",
      classes: ["tiger cat", "242", "n02108422"], layers: ["fire9/concat"],
      methods: ["gradient", "guided-backprop", "grad-cam", "guided-grad-cam", "counterfactual"],
      output: folder.path("out"), writesArrays: true)
    request.content = Self.content
    let manifest = try StandaloneExplanation(request).run()
    #expect(manifest.classes.map(\.index) == [282, 242, 243])
    #expect(try array("logits.npy", in: folder).deviation(from: expected("logits.npy", shape: [1, 1000])) <= 1e-4)
    for index in [282, 242, 243] {
      for (method, file, shape, tolerance) in [
        ("gradient", "gradient", [3, 227, 227], 1e-4), ("guided-backprop", "guided", [3, 227, 227], 1e-3),
        ("grad-cam", "fire9_concat-gradcam", [13, 13], 1e-4),
        ("counterfactual", "fire9_concat-counterfactual", [13, 13], 1e-4),
        ("guided-grad-cam", "fire9_concat-guided-gradcam", [3, 227, 227], 1e-3),
      ] {
        let found = try array("\(index)/\(method).npy", in: folder)
        let reference = try expected("class-\(index)/\(file).npy", shape: shape)
        #expect(found.deviation(from: reference) <= tolerance, "\(method) of \(index)")
      }
    }
  }

  @Test("several layers get files of their own, and the manifest names everything")
  func layers() throws {
    let folder = try TemporaryFolder()
    var request = StandaloneRequest(
      image: TabletopContent.photo.path, model: "tabletop", classes: ["mug"], layers: ["relu4", "relu8"],
      methods: ["guided-backprop", "grad-cam", "localization"],
      output: folder.path("out"))
    request.content = TabletopContent.original.path
    let manifest = try StandaloneExplanation(request).run()
    let files = try folder.files(in: "out")
    #expect(
      files.keys.sorted() == [
        "8/guided-backprop.png", "8/relu4-grad-cam.png", "8/relu4-localization.png", "8/relu8-grad-cam.png",
        "8/relu8-localization.png", "manifest.json",
      ])
    #expect(manifest.region == [0, 0, 768, 768])
    let box = try #require(manifest.classes[0].results.last?.box)
    // The mug, in the photo's own pixels.
    #expect(box[0] >= 0 && box[1] >= 0 && box[0] + box[2] <= 768 && box[1] + box[3] <= 768)
    let json = try JSONSerialization.jsonObject(with: try #require(files["manifest.json"])) as? [String: Any]
    #expect((json?["classes"] as? [Any])?.count == 1)
  }

  @Test(
    "what is wrong with a request comes out at once",
    arguments: [
      (["nobody"], ["grad-cma"], ["rleu8"], "nowhere.jpg")
    ])
  func faults(classes: [String], methods: [String], layers: [String], image: String) throws {
    let folder = try TemporaryFolder()
    var request = StandaloneRequest(
      image: folder.path(image), model: "tabletop", classes: classes, layers: layers, methods: methods + ["cam"],
      output: folder.path("out"))
    request.content = TabletopContent.original.path
    let error = #expect(throws: (any Error).self) { try StandaloneExplanation(request).run() }
    let text = "\(try #require(error))"
    #expect(text.contains("error: “grad-cma” is no method. Did you mean “grad-cam”?"))
    #expect(text.contains("error: class “nobody” is not a label of Tabletop."))
    #expect(text.contains("nowhere.jpg: error: "))
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }
}
