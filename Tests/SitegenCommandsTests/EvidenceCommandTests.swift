import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Methods of many pictures, profiles and evidence on the command line.
@Suite("Long explanations on the command line")
struct EvidenceCommandTests {
  private static let content = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../content")
    .standardizedFileURL

  private func explain(_ arguments: [String], in folder: TemporaryFolder) throws -> Program.Outcome {
    try Program.run(
      [
        "explain", Self.content.appendingPathComponent("images/scene.png").path, "--content", Self.content.path,
        "--model", "tabletop", "--class", "mug", "--output", "out",
      ] + arguments, in: folder.url)
  }

  private struct Evidence: Decodable {
    let method: String
    let step: Int
    let deletion, insertion: [Double]
    let deletion_auc, insertion_auc, probability, masked_probability, average_drop: Double
    let increase: Bool
    let randomization: [Randomized]
    let others: [Other]?

    struct Randomized: Decodable { let depth: Int }
    struct Other: Decodable { let method: String }
  }

  @Test("evidence.json has the numbers of the first map and those of the others, curves are SVG, and the manifest lists them")
  func evidence() throws {
    let folder = try TemporaryFolder()
    let arguments = ["--method", "guided-backprop", "--method", "grad-cam", "--evidence", "--evidence-step", "4096"]
    let outcome = try explain(arguments, in: folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let line = try #require(outcome.output.split(separator: "\n").first { $0.hasSuffix("evidence.json") })
    let path = line.trimmingCharacters(in: .whitespaces)
    let found = try JSONDecoder().decode(Evidence.self, from: Data(contentsOf: folder.url.appendingPathComponent(path)))
    #expect(found.method == "grad-cam" && found.others?.map(\.method) == ["guided-backprop"])
    #expect(found.step == 4096 && found.deletion.count == found.insertion.count && found.deletion.count > 2)
    #expect(found.deletion[0] == found.probability && found.insertion.last == found.probability)
    let inner = found.deletion.reduce(0, +) - (found.deletion[0] + found.deletion[found.deletion.count - 1]) / 2
    #expect(abs(found.deletion_auc - inner / Double(found.deletion.count - 1)) < 1e-12)
    let drop = max(0, found.probability - found.masked_probability) / found.probability
    #expect(abs(found.average_drop - drop) < 1e-9)
    #expect(found.increase == (found.masked_probability > found.probability))
    #expect(found.randomization.first?.depth == 1 && found.randomization.count > 1)
    let base = path.replacing("evidence.json", with: "")
    for name in ["grad-cam-curves", "grad-cam-randomization", "guided-backprop-curves", "guided-backprop-randomization"] {
      let text = try String(contentsOf: folder.url.appendingPathComponent(base + name + ".svg"), encoding: .utf8)
      #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n") && !text.contains("nan"))
    }
    let manifest = try String(contentsOf: folder.url.appendingPathComponent("out/manifest.json"), encoding: .utf8)
    #expect(manifest.contains("grad-cam-curves.svg") && manifest.contains("evidence.json"))
    // What is not asked for again goes.
    #expect(try explain(["--method", "grad-cam"], in: folder).status == 0)
    #expect(try explain(arguments, in: folder).status == 0)
  }

  @Test("where there is nothing to measure, or no such profile, that is said with a way out")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let boxes = try explain(["--method", "localization", "--evidence"], in: folder)
    #expect(boxes.status == 1 && boxes.errors.contains("There is nothing to measure: localization yields boxes"))
    let profile = try explain(["--profile", "captun"], in: folder)
    #expect(profile.status == 1 && profile.errors.contains("“captun” is no profile. Did you mean “captum”?"))
    let step = try explain(["--evidence-step", "0"], in: folder)
    #expect(step.status == 2 && step.errors.contains("--evidence-step is at least 1 pixel."))
    let attention = try explain(["--method", "attention-rollout"], in: folder)
    #expect(attention.status == 1 && attention.errors.contains("methods of attention need one. Try “grad-cam”"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test("a profile gives a map of the library's size", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func profile() throws {
    let reference = try ReferenceNetwork("resnet-basic")
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      [
        "explain", reference.file("input.npy"), "--model", reference.file("model.onnx"), "--class",
        "index:\(reference.target)", "--layer", reference.layers[0].tensor, "--method", "grad-cam", "--profile",
        "pytorch-grad-cam", "--arrays", "--output", "out",
      ], in: folder.url)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let found = try Tensor(contentsOfNPYFile: folder.path("out/\(reference.target)/grad-cam.npy"))
    #expect(found.deviation(from: try reference.tensor("libraries/pytorch-grad-cam")) <= 1e-4)
  }

  @Test(
    "Ctrl-C ends a long run at once with 130, and leaves nothing behind",
    .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func interruption() throws {
    let folder = try TemporaryFolder()
    let content = ReferenceData.url("imagenet/content")
    let outcome = try Program.run(
      [
        "explain", content.appendingPathComponent("images/cat-dog.png").path, "--content", content.path, "--model",
        "squeezenet", "--class", "boxer", "--method", "occlusion", "--evidence-step", "1", "--output", "out",
      ], in: folder.url, wrapper: ["timeout", "--preserve-status", "--signal=INT", "3"])
    #expect(outcome.status == 130)
    #expect(outcome.errors.contains("This takes about 784 runs of the network") || outcome.errors.contains("Occlusion"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }
}
