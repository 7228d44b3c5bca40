import Diagnostics
import Foundation
import NeuralNetwork
import TestSupport
import Testing

@Suite("How targets are written")
struct TargetTextTests {
  @Test(
    "an element of an output",
    arguments: [
      ("words[6,11]", "words", [6, 11]), ("words[ 6 , 11 ]", "words", [6, 11]), ("score[]", "score", []),
      ("a/b[0]:0[3]", "a/b[0]:0", [3]),
    ])
  func element(text: String, name: String, place: [Int]) throws {
    #expect(try Target(text) == .element(of: name, at: place))
  }

  @Test("a weighted sum reads its file, whose name it bears")
  func weightedSum() throws {
    let weights = Tensor(shape: [1, 2, 2], [1, 0, -1, 0.5])
    let target = try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("left[1].npy")
      try Data(weights.npyData).write(to: file)
      return try Target("scores=\(file.path)")
    }
    #expect(target == .weightedSum(of: "scores", weights: weights, named: "left[1]"))
    #expect(target.description == "scores=left[1]")
  }

  @Test("a target is written as it is read")
  func description() throws {
    #expect(try Target("words[6,11]").description == "words[6,11]")
    #expect(Target.class(3).description == "class 3")
    #expect(Target.class(3).tensorName == nil)
    #expect(Target.element(of: "words", at: []).tensorName == "words")
  }

  @Test(
    "what is none is told with what is one",
    arguments: ["words", "words[6", "words[a]", "words[-1]", "words[1,,2]", "[1]", "=a.npy", "words=", "", "3"])
  func fault(text: String) {
    let fault = #expect(throws: Diagnostic.self) { try Target(text) }
    #expect(
      fault?.text
        == "“\(text)” is no target. Write an element of an output as “words[6,11]”, with the indices behind the batch axis, or a "
        + "weighted sum as “scores=weights.npy”.")
  }

  @Test("weights that are no file are told with its place")
  func noFile() {
    let fault = #expect(throws: Diagnostic.self) { try Target("scores=/nowhere/weights.npy") }
    #expect(fault?.description == "/nowhere/weights.npy: error: the array does not exist.")
  }
}
