import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("The order of nodes")
struct NodeSequenceTests {
  private func order(_ nodes: [(String, [String])], outputs: [String]) throws -> [String] {
    var sequence = try NodeSequence(
      nodes.map { ONNXNode("Relu", $0.1, [$0.0]) }, outputs: outputs, given: [], opset: 17)
    var found: [String] = []
    while let entry = try sequence.next() { found.append(entry.node.outputs[0]) }
    return found
  }

  @Test("nodes that are in order keep it, also where another order would do")
  func sorted() throws {
    #expect(
      try order([("a", ["x"]), ("b", ["x"]), ("c", ["b"]), ("d", ["a", "c"]), ("e", ["d", "a"])], outputs: ["e"])
        == ["a", "b", "c", "d", "e"])
  }

  @Test("nodes in any order come behind those that they read")
  func unsorted() throws {
    #expect(
      try order([("e", ["d", "a"]), ("d", ["a", "c"]), ("c", ["b"]), ("b", ["x"]), ("a", ["x"])], outputs: ["e"])
        == ["a", "b", "c", "d", "e"])
  }

  @Test("nodes that no output depends on do not come")
  func unneeded() throws {
    #expect(try order([("a", ["x"]), ("b", ["a"]), ("c", ["a"])], outputs: ["c"]) == ["a", "c"])
  }

  @Test("a hundred thousand nodes in the wrong order")
  func long() throws {
    let count = 100_000
    let nodes = (0..<count).reversed().map { ("n\($0)", ["n\($0 - 1)"]) }
    let found = try order(nodes, outputs: ["n\(count - 1)"])
    #expect(found.count == count)
    #expect(found.first == "n0")
    #expect(found.last == "n\(count - 1)")
  }
}
