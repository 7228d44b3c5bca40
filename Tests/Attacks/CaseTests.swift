import Foundation
import Imaging
import NeuralNetwork
import TestSupport
import Testing

private enum Cases {
  static let isPresent = FileManager.default.fileExists(atPath: ReferenceData.url("cases/README.md").path)
}

/// Networks and files that went wrong once, with PyTorch's answers: `cases` of the reference data, through the program.
@Suite("Inputs that went wrong once", .enabled(if: Cases.isPresent, "\(ReferenceData.absence)"))
struct CaseTests {
  /// One folder of the cases.
  struct Row: Sendable {
    let folder: String
    var attack: Attack
    /// Which arrays of `out` must be which of the folder.
    var arrays: [(found: String, expected: String, tolerance: Double)] = []

    /// A case that must be explained, with PyTorch's numbers.
    ///
    /// - Parameter question: what may be said instead, with exit code 1.
    static func agrees(
      _ folder: String, model: String = "model.onnx", must: String, orSays question: String? = nil
    ) -> Row {
      let question =
        question.map { " 2>said; s=$?; cat said; [ $s = 0 ] || grep -q '\($0)' said || s=9; exit $s" } ?? ""
      return Row(
        folder: folder,
        attack: Attack(
          input: folder, must: must, command: explain(model) + question, status: question.isEmpty ? [0] : [0, 1]),
        arrays: [
          ("logits", "expected_logits", 1e-4), ("0/gradient", "expected_gradient_0", 1e-4),
          ("0/guided-backprop", "expected_guided_0", 1e-3), ("0/grad-cam", "expected_gradcam_raw_0", 1e-4),
        ])
    }

    /// A case with an outcome of another kind.
    static func ends(
      _ folder: String, _ command: String, status: Set<Int32>, says: [String] = [], hides: [String] = [],
      verify: String = "", must: String
    ) -> Row {
      Row(
        folder: folder,
        attack: Attack(
          input: folder, must: must, command: command, status: status, says: says, hides: hides, verify: verify,
          changes: ["public", ".sitegen", "out"]))
    }
  }

  static func explain(_ model: String = "model.onnx", input: String = "input.npy", more: String = "") -> String {
    "sitegen explain \(input) --model \(model) --class 0 --method gradient --method guided-backprop --method grad-cam "
      + "--arrays --output out \(more)"
  }

  @Test("every case comes to what is right", .timeLimit(.minutes(5)))
  func table() async throws {
    let trials = await Trial.all(Self.rows) { row in
      Trial(row.attack, on: { try AttackSite(case: row.folder) }) { site in
        guard row.attack.status == [0] || FileManager.default.fileExists(atPath: site.path + "/out/logits.npy") else {
          return []
        }
        return try row.arrays.compactMap { found, expected, tolerance in
          let reference = try Tensor(contentsOfNPYFile: ReferenceData.url("cases/\(row.folder)/\(expected).npy").path)
          let tensor = try Tensor(contentsOfNPYFile: site.appendingPathComponent("out/\(found).npy").path)
          let deviation = deviation(tensor.values, from: reference.values)
          return deviation <= tolerance ? nil : "\(found) deviates by \(deviation)"
        }
      }
    }
    print(Trial.text(trials))
    trials.forEach(expectRight)
  }

  @Test("every case has a row")
  func completeness() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: ReferenceData.url("cases").path)
    #expect(Set(folders.filter { !$0.hasSuffix(".md") }) == Set(Self.rows.map(\.folder)))
  }

  @Test("the default layer of a mixer is what is averaged at the end")
  func mixer() throws {
    let site = try AttackSite(case: "mixer-default-layer")
    #expect(try site.run(Self.explain()).status == 0)
    let map = try Tensor(contentsOfNPYFile: site.url.appendingPathComponent("out/0/grad-cam.npy").path)
    // The references were normalised behind upsampling.
    let found = try Heatmap(width: map.shape[1], height: map.shape[0], values: map.values)
      .upsampled(width: 32, height: 32).normalized()
    let deviations = try ["last_block", "norm"].map { layer in
      let file = ReferenceData.url("cases/mixer-default-layer/expected_gradcam_at_\(layer)_0.npy").path
      return deviation(found.values, from: try Tensor(contentsOfNPYFile: file).values)
    }
    #expect(deviations.contains { $0 <= 1e-4 }, "\(deviations)")
  }

  @Test("Min(Max(x, 0), 6) gives what Clip gives")
  func minMax() throws {
    let site = try AttackSite(case: "relu6-as-min-max")
    #expect(try site.run(Self.explain()).status == 0)
    #expect(try site.run("mv out min-max; " + Self.explain("same-with-clip.onnx")).status == 0)
    for name in ["logits", "0/gradient", "0/guided-backprop", "0/grad-cam"] {
      let tensors = try ["min-max", "out"].map {
        try Tensor(contentsOfNPYFile: site.url.appendingPathComponent("\($0)/\(name).npy").path)
      }
      #expect(tensors[0].deviation(from: tensors[1]) <= 1e-5, "\(name)")
    }
  }

  @Test("1 − p is a probability already")
  func probabilities() throws {
    let site = try AttackSite(case: "one-minus-p")
    #expect(try site.run("sitegen explain input.npy --model model.onnx --class 0 --class 1 --output out").status == 0)
    let manifest = try JSONSerialization.jsonObject(
      with: Data(contentsOf: site.url.appendingPathComponent("out/manifest.json")))
    let classes = (manifest as? [String: Any])?["classes"] as? [[String: Any]] ?? []
    let found = classes.compactMap { $0["probability"] as? Double }
    let file = ReferenceData.url("cases/one-minus-p/expected_probabilities.npy").path
    #expect(deviation(found, from: try Tensor(contentsOfNPYFile: file).values) <= 1e-4)
  }
}
