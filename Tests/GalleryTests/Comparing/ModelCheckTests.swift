import Diagnostics
import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Gallery

/// A network against what PyTorch gave: Fixtures/make_reference.py makes both, with the lines that `sitegen model check` prints.
@Suite("A network beside its author’s own answers")
struct ModelCheckTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Fixtures")
    .standardizedFileURL
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["compared.onnx", "compared.md", "compared.npz"] {
      try folder.copy(Self.fixtures.appendingPathComponent(name), as: name)
    }
  }

  private var answers: [String: Tensor] {
    get throws { try TensorArchive(contentsOfFile: folder.path("compared.npz")).tensors }
  }

  /// What is found wrong with changed answers, or a changed card.
  private func fault(
    _ change: (inout [String: Tensor]) throws -> Void = { _ in }, card: (String) -> String = { $0 }
  ) throws -> String {
    var answers = try answers
    try change(&answers)
    try Data(ArchiveBuilder.npz(answers)).write(to: folder.url.appendingPathComponent("changed.npz"))
    let text = try String(contentsOfFile: folder.path("compared.md"), encoding: .utf8)
    try folder.write(card(text), to: "changed.md")
    do {
      let check = try ModelCheck(folder.path("changed.md"), against: folder.path("changed.npz"))
      return check.faults.description.replacing(folder.url.path + "/", with: "")
    } catch {
      return "\(error)".replacing(folder.url.path + "/", with: "")
    }
  }

  @Test("all agrees, to the network’s rounding, and each number is told")
  func sound() throws {
    let check = try ModelCheck(folder.path("compared.md"), against: folder.path("compared.npz"))
    #expect(check.faults.all.isEmpty)
    let lines = check.text.split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    #expect(lines[0].hasPrefix("Compared and ") && lines[0].contains(", class "))
    for (line, name) in zip(
      lines.dropFirst(),
      ["input made of the picture", "logits", "activation at /features/features.4/Relu", "gradient at the input"])
    {
      #expect(line.hasPrefix("  \(name)  "), "\(line)")
    }
    #expect(lines.dropFirst().allSatisfy { $0.contains(": agrees (up to ") }, "\(check.text)")
  }

  @Test("what differs is told with what most likely went wrong: in the scores")
  func scores() throws {
    let reference = try answers
    let logits = try #require(reference["logits"])
    let powers = logits.values.map { Float(exp(Double($0))) }
    let softmax = Tensor(shape: logits.shape, powers.map { $0 / powers.reduce(0, +) })
    let something = "changed.npz: error: The network gives something else here than in the reference: logits. "
    #expect(
      try fault { $0["logits"] = softmax }
        == something + "The reference holds probabilities: save the model’s logits, before its softmax or sigmoid.")
    #expect(
      try fault { $0["logits"] = Tensor(shape: logits.shape, logits.values.reversed()) }
        == something + "The same scores stand in another order: the file’s classes are ordered otherwise than the "
        + "model’s.")
    #expect(
      try fault { $0["logits"] = Tensor(shape: logits.shape, logits.values.map { $0 * 1.01 }) }
        == something + "Was the model in training mode (`model.eval()` ends it), or the file exported from other "
        + "weights?")
    #expect(
      try fault { $0["logits"] = Tensor(shape: [1, 6], [Float](repeating: 1, count: 6)) }
        == "changed.npz: error: The reference has 6 logits, but the network has 5. Is it the same model? `output:` in the card, "
        + "or --output-tensor, names another output.")
  }

  @Test("… in the input")
  func input() throws {
    // The picture was prepared in one way, and what was saved in another.
    func changed(_ change: (Int, Float) -> Float, channels: [Int] = [0, 1, 2]) throws -> String {
      try fault { answers in
        let input = try #require(answers["input"])
        let area = 16 * 20
        answers["input"] = Tensor(
          shape: input.shape,
          channels.flatMap { channel in
            (0..<area).map { change(channel, input.values[channel * area + $0]) }
          })
        answers = answers.filter { ["input", "logits"].contains($0.key) }
      }
    }
    #expect(try changed({ $1 }, channels: [2, 1, 0]).contains("With the channels reversed it is the same"))
    #expect(try changed { $1 * 255 }.contains("With the input over 255 it is the same"))
    #expect(try changed { $1 / 255 }.contains("With the input times 255 it is the same"))
    let (mean, deviation): ([Float], [Float]) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    #expect(try changed { $1 * deviation[$0] + mean[$0] }.contains("With the card’s `mean` and `std` applied"))
    #expect(
      try changed { ($1 - mean[$0]) / deviation[$0] }.contains("Without the card’s `mean` and `std` it is the same"))
    #expect(try changed { $1 + 0.5 }.contains("Was the model in training mode"))
  }

  @Test("… in gradients")
  func gradients() throws {
    let reference = try answers
    let gradient = try #require(reference["input_gradient"])
    let target = try #require(reference["target"]?.values.first)
    #expect(
      try fault { $0["input_gradient"] = Tensor(shape: gradient.shape, gradient.values.map { $0 * -0.25 }) }.contains(
        "It is -0.25 times the gradient of the logit: something made from it was differentiated"))
    let other: Float = target == 0 ? 1 : 0
    #expect(
      try fault { $0["target"] = Tensor(shape: [], [other]) }.contains(
        "It is the gradient of class \(Int(target)), not of class \(Int(other))."))
    let activation = try #require(reference["activation"])
    #expect(
      try fault { $0["activation"] = Tensor(shape: activation.shape, activation.values.map { $0 + 1 }) }.contains(
        "All else agrees, so the reference’s layer is another one: name it with --layer."))
    #expect(
      try fault { $0["input_gradient"] = Tensor(shape: gradient.shape, gradient.values.reversed()) }.contains(
        "Was a loss differentiated"))
  }

  @Test("… in how the card prepares pictures, at the card")
  func card() throws {
    func fault(_ old: String, _ new: String) throws -> String {
      try self.fault(card: { $0.replacing(old, with: new) })
    }
    let start =
      "changed.md: error: The card prepares the picture otherwise than the reference’s program. It would not with "
    #expect(try fault("input:\n", "input:\n  channels: bgr\n") == start + "`channels: rgb`.")
    #expect(
      try fault("  mean: [0.485, 0.456, 0.406]\n  std: [0.229, 0.224, 0.225]\n", "") == start
        + "`scale: 1`, `mean: [0.485, 0.456, 0.406]` and `std: [0.229, 0.224, 0.225]`.")
    #expect(
      try fault("shorter_side: 22", "shorter_side: 34") == start + "`resize: crop` and `shorter_side: 22`.")
  }

  @Test("what is no reference is said, all of it at once")
  func reading() throws {
    #expect(
      try fault {
        $0 = ["inptu": Tensor(shape: [1], [1]), "logits": Tensor(shape: [2, 3], [1, 2, 3, 4, 5, .nan])]
      } == """
        changed.npz: error: “inptu” is no array that is compared. Did you mean “input”?
        changed.npz: error: “logits” has a value that is not finite, the first as its number 6.
        changed.npz: error: The archive has no “input”. `sitegen model check` without --against prints the lines of Python that \
        save it.
        changed.npz: error: “logits” has shape [2, 3], which is no score for each class of one picture. Save those of one \
        picture: `y[:1]`.
        """)
    #expect(
      try fault { $0["target"] = nil }
        == "changed.npz: error: The archive does not say which class the gradients belong to. Save it as `target`.")
    #expect(try fault { $0["target"] = Tensor(shape: [], [5]) }.contains("There is no class 5 among 5"))
    #expect(try fault { $0["image"] = Tensor(shape: [1, 1], [256]) }.contains("“image” is no picture"))
    #expect(
      try fault { answers in
        let input = try #require(answers["input"])
        answers["input"] = Tensor(shape: [1, 16, 20, 3], input.values)
      }.contains("`x.transpose(0, 3, 1, 2)`"))
  }

  @Test("a network that ends in a softmax is compared behind it, where the reference is")
  func softmax() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 2, 2])
    model.constant("w", [4, 3], (0..<12).map { Float($0 * $0 % 7) - 3 })
    model.node("Flatten", ["x"], ["flat"])
    model.node("MatMul", ["flat", "w"], ["scores"])
    model.node("Softmax", ["scores"], ["p"])
    model.output("p")
    try Data(model.bytes).write(to: folder.url.appendingPathComponent("softmax.onnx"))
    // By hand: x = (1, 0, 0, 1) adds the first and the last row, (−3, −2, 1) and (1, −1, −1) → (−2, −3, 0).
    let input = Tensor(shape: [1, 1, 2, 2], [1, 0, 0, 1])
    func check(_ logits: [Float]) throws -> ModelCheck {
      let reference = ["input": input, "logits": Tensor(shape: [1, 3], logits)]
      try Data(ArchiveBuilder.npz(reference)).write(to: folder.url.appendingPathComponent("softmax.npz"))
      return try ModelCheck(folder.path("softmax.onnx"), against: folder.path("softmax.npz"))
    }
    let network = try Network(contentsOfFile: folder.path("softmax.onnx"))
    let logits = try network.forward(input).logits
    let powers = logits.map { Float(exp(Double($0))) }
    let behind = try check(powers.map { $0 / powers.reduce(0, +) })
    #expect(behind.faults.all.isEmpty)
    #expect(behind.text.contains("  probabilities  ") && behind.text.contains("behind the last Softmax"))
    #expect(try check(logits).faults.all.isEmpty)
    #expect(try check(logits).text.contains("  logits  "))
    #expect(try !check([1, 2, 3]).faults.all.isEmpty)
  }

  @Test("a rectifier that is at zero but for rounding is no fault, and nothing else passes for one")
  func roundingAtZero() throws {
    // Σ relu(x + c), where x + c is 0 in one of a hundred pixels, and else 1 or −1: the gradient there is 0 or 1.
    var model = ONNXBuilder()
    model.input("x", [1, 1, 10, 10])
    model.constant("c", [1, 1, 10, 10], (0..<100).map { $0 == 7 ? -0.5 : $0 % 2 == 0 ? 0.5 : -1.5 })
    model.constant("w", [100, 2], [Float](repeating: 1, count: 200))
    model.node("Add", ["x", "c"], ["sum"])
    model.node("Relu", ["sum"], ["relu"])
    model.node("Flatten", ["relu"], ["flat"])
    model.node("MatMul", ["flat", "w"], ["y"])
    model.output("y")
    try Data(model.bytes).write(to: folder.url.appendingPathComponent("zero.onnx"))
    func check(_ gradient: [Float]) throws -> ModelCheck {
      let shape = [1, 1, 10, 10]
      let reference = [
        "input": Tensor(shape: shape, repeating: 0.5), "logits": Tensor(shape: [1, 2], [50, 50]),
        "target": Tensor(shape: [], [0]), "input_gradient": Tensor(shape: shape, gradient),
      ]
      try Data(ArchiveBuilder.npz(reference)).write(to: folder.url.appendingPathComponent("zero.npz"))
      return try ModelCheck(folder.path("zero.onnx"), against: folder.path("zero.npz"))
    }
    let gradient = (0..<100).map { Float($0 % 2 == 0 ? 1 : 0) }
    let same = try check(gradient).text
    #expect(same.hasSuffix("gradient at the input      0.0e+00 of the largest: agrees (up to 1e-03)"), "\(same)")
    var through = gradient
    through[7] = 1
    let allowed = try check(through)
    #expect(allowed.faults.all.isEmpty)
    #expect(
      allowed.text.hasSuffix(
        "1.0e+00 of the largest, in 1.0 % of the numbers: agrees, for its own rounding makes 1.0e+00"))
    #expect(try !check(gradient.map { 1 - $0 }).faults.all.isEmpty)
    #expect(try !check(gradient.map { $0 * 5 }).faults.all.isEmpty)
  }
}
