import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Networks that are no plain classifiers, on the command line, against PyTorch.
@Suite("Targets on the command line", .enabled(if: TargetNetwork.isPresent, "\(ReferenceData.absence)"))
struct TargetTests {
  private func explain(_ reference: TargetNetwork, _ more: [String], in folder: TemporaryFolder) throws
    -> Program.Outcome
  {
    try Program.run(
      ["explain", reference.file("\(reference.inputs[0]).npy"), "--model", reference.file("model.onnx")]
        + reference.inputs.dropFirst().flatMap { ["--input", "\($0)=\(reference.file($0 + ".npy"))"] } + more
        + ["--arrays", "--output", "out"], in: folder.url)
  }

  @Test("questions, words of a caption, one head of two, similarity and segments give PyTorch's gradients and maps")
  func parity() throws {
    var tally = CaseTally()
    for reference in try TargetNetwork.all() {
      tally.run(reference.name) {
        for (index, answer) in reference.targets.enumerated() {
          let folder = try TemporaryFolder()
          let outcome = try explain(
            reference,
            [
              "--target", answer.text(in: reference), "--layer", answer.layer, "--method", "signed", "--method",
              "gradient",
              "--method", "guided-backprop",
            ], in: folder)
          try #require(outcome.status == 0, "\(outcome.errors)")
          let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).first {
              !$0.contains(".")
            })
          for (method, file, limit) in [
            ("signed", "signed", 1e-4), ("gradient", "gradient", 1e-4), ("guided-backprop", "guided", 1e-3),
          ] {
            let found = try Tensor(contentsOfNPYFile: folder.path("out/\(name)/\(method).npy"))
            let expected = try reference.tensor("target\(index)-\(file)")
            try CaseTally.Deviation.check(
              file, deviation(found.values, from: expected.values), atMost: limit)
          }
        }
      }
    }
    tally.report()
    #expect(tally.isClean)
  }

  @Test("what there is not is told with what there is")
  func refusals() throws {
    let reference = try #require(try TargetNetwork.all().first { $0.name == "caption-lstm" })
    let folder = try TemporaryFolder()
    let cases = [
      (["--target", "wrods[0,0]"], "Did you mean “words”?"), (["--target", "words[99,0]"], "words"),
      (["--target", "words"], "“words” is no target. Write an element of an output as “words[6,11]”"),
      (["--target", "words[0,0]", "--input", "x=y.npy"], "y.npy"),
      (["--target", "words[0,0]", "--method", "cam"], "cam"),
    ]
    for (arguments, words) in cases {
      let outcome = try explain(reference, arguments, in: folder)
      #expect(outcome.status == 1, "\(arguments)")
      #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
    }
    let nothing = try explain(reference, [], in: folder)
    #expect(nothing.status == 2 && nothing.errors.contains("Name what to explain: --class, or --target."))
    let odd = try explain(reference, ["--target", "words[0,0]", "--input", "tokens"], in: folder)
    #expect(odd.status == 2 && odd.errors.contains("“tokens” is no input. Write --input NAME=VALUE."))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }
}
