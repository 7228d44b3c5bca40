/// The activations other than rectifiers that a graph has, whatever nodes they are spelled with: where each ends, and what is a
/// part of one and so no activation itself.
///
/// A node may look like a rectifier and be half of an ELU, max(x, 0) + min(eˣ − 1, 0), or the gate of a HardSwish. What a
/// piece of the graph is follows from the numbers that it computes (`ActivationCurve`).
struct SpelledActivations {
  /// The names of the activations, by the values in which they end.
  private(set) var names: [Int: String] = [:]
  /// The values that are computed for nothing but one of them.
  private(set) var parts: Set<Int> = []

  init(_ reader: GraphReader) {
    let graph = reader.graph
    let functions = graph.nodes.indices.map { ElementFunction.all(endingAt: $0, reader) }
    for isScaled in [false, true] {
      // From the end, so that the whole is seen before its parts.
      for index in graph.nodes.indices.reversed() {
        guard let output = graph.nodes[index].outputs.first, !parts.contains(output), names[output] == nil else {
          continue
        }
        for function in functions[index] {
          guard let name = Self.name(of: function, isScaled: isScaled, in: graph),
            // What has been told as a whole is no part of what is told by a factor.
            !function.nodes.dropLast().contains(where: { names[graph.nodes[$0].outputs[0]] != nil })
          else { continue }
          names[output] = name
          parts.formUnion(Self.parts(of: function, reader))
          break
        }
      }
    }
  }

  private static func name(of function: ElementFunction, isScaled: Bool, in graph: Graph) -> String? {
    func name(_ place: ElementFunction.Place) -> String? {
      function.values(at: ActivationCurve.points, place, in: graph).flatMap {
        isScaled ? ActivationCurve.name(ofScaled: $0).map { "scaled \($0)" } : ActivationCurve.name(of: $0)
      }
    }
    guard let first = name(.first) else { return nil }
    let isLearned = function.variesByPlace(in: graph)
    guard !isLearned || name(.last) == first else { return nil }
    return first == "LeakyReLU" && (isLearned || function.isParametric(in: graph)) ? "PReLU" : first
  }

  /// The values inside of a function that nothing outside of it reads.
  private static func parts(of function: ElementFunction, _ reader: GraphReader) -> Set<Int> {
    let inside = Set(function.nodes)
    let outputs = Set(reader.graph.outputValues)
    return Set(
      function.nodes.dropLast().map { reader.graph.nodes[$0].outputs[0] }.filter { value in
        !outputs.contains(value) && (reader.consumers[value] ?? []).allSatisfy(inside.contains)
      })
  }
}
