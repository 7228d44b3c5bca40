import Foundation
import Gallery
import Network
import TestSupport
import Testing

@Suite("Explaining one picture", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
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

  @Test("the arrays of a preprocessed tensor agree with PyTorch")
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
        ("gradient", "gradient", [3, 227, 227], Float(1e-4)), ("guided-backprop", "guided", [3, 227, 227], 1e-3),
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
      image: Self.content + "/images/cat-dog.png", model: "squeezenet", classes: ["boxer"],
      layers: ["fire5/concat", "fire9/concat"], methods: ["guided-backprop", "grad-cam", "localization"],
      output: folder.path("out"))
    request.content = Self.content
    let manifest = try StandaloneExplanation(request).run()
    let files = try folder.files(in: "out")
    #expect(
      files.keys.sorted() == [
        "242/fire5_concat-grad-cam.png", "242/fire5_concat-localization.png", "242/fire9_concat-grad-cam.png",
        "242/fire9_concat-localization.png", "242/guided-backprop.png", "manifest.json",
      ])
    #expect(manifest.region == [0, 0, 224, 224])
    let box = try #require(manifest.classes[0].results.last?.box)
    // The dog's head and chest, in the photo's own pixels.
    #expect(box[0] >= 0 && box[1] >= 0 && box[0] + box[2] <= 224 && box[1] + box[3] <= 224)
    let json = try JSONSerialization.jsonObject(with: try #require(files["manifest.json"])) as? [String: Any]
    #expect((json?["classes"] as? [Any])?.count == 1)
  }

  @Test(
    "what is wrong with a request comes out at once",
    arguments: [
      (["nobody"], ["grad-cma"], ["fire9/concta"], "cat-dog.jpg")
    ])
  func faults(classes: [String], methods: [String], layers: [String], image: String) throws {
    let folder = try TemporaryFolder()
    var request = StandaloneRequest(
      image: folder.path(image), model: "squeezenet", classes: classes, layers: layers, methods: methods + ["cam"],
      output: folder.path("out"))
    request.content = Self.content
    let error = #expect(throws: (any Error).self) { try StandaloneExplanation(request).run() }
    let text = "\(try #require(error))"
    #expect(text.contains("error: “grad-cma” is no method. Did you mean “grad-cam”?"))
    #expect(text.contains("error: class “nobody” is not a label of SqueezeNet 1.0."))
    #expect(text.contains("cat-dog.jpg: error: "))
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }
}
