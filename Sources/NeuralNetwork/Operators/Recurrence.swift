import Diagnostics

/// Recurrent layers, spelled out step by step: the length of the sequence is known when the model is loaded.
///
/// x is [T, N, I]; for D directions the weights are [D, G·H, I] and [D, G·H, H] with G gates, the biases [D, 2·G·H], and the
/// states [D, N, H]. Source: ONNX LSTM-1, -7, -14, -22; GRU-1, -3, -7, -14, -22; RNN-1, -7, -14, -22.
enum Recurrence {
  static let registrations = [
    Registration("LSTM") { node in
      let cell = Cell(gates: 4, activations: ["Sigmoid", "Tanh", "Tanh"], states: 2)
      return try spelled(&node, cell) { x, state, weights, spelling in
        let gates = spelling.split(
          spelling.add("Add", [x, weights.recurrent(state[0], 0..<4, &spelling)]), into: 4, axis: 1)
        let (input, output, forget) = (
          spelling.add("Sigmoid", [gates[0]]), spelling.add("Sigmoid", [gates[1]]), spelling.add("Sigmoid", [gates[2]])
        )
        let kept = spelling.add("Mul", [forget, state[1]])
        let added = spelling.add("Mul", [input, spelling.add("Tanh", [gates[3]])])
        let memory = spelling.add("Add", [kept, added])
        return [spelling.add("Mul", [output, spelling.add("Tanh", [memory])]), memory]
      }
    },
    Registration("GRU") { node in
      let resetsLate = try node.attributes.flag("linear_before_reset")
      let cell = Cell(gates: 3, activations: ["Sigmoid", "Tanh"], states: 1)
      return try spelled(&node, cell) { x, state, weights, spelling in
        let fromInput = spelling.split(x, into: 3, axis: 1)
        let gates = (0..<2).map { gate in
          spelling.add(
            "Sigmoid",
            [spelling.add("Add", [fromInput[gate], weights.recurrent(state[0], gate..<(gate + 1), &spelling)])]
          )
        }
        let (update, reset) = (gates[0], gates[1])
        let past =
          resetsLate
          ? spelling.add("Mul", [reset, weights.recurrent(state[0], 2..<3, &spelling)])
          : weights.recurrent(spelling.add("Mul", [reset, state[0]]), 2..<3, &spelling)
        let proposal = spelling.add("Tanh", [spelling.add("Add", [fromInput[2], past])])
        // (1 − z) ⊙ h̃ + z ⊙ h, as h̃ + z ⊙ (h − h̃).
        let change = spelling.add("Mul", [update, spelling.add("Sub", [state[0], proposal])])
        return [spelling.add("Add", [proposal, change])]
      }
    },
    Registration("RNN") { node in
      try spelled(&node, Cell(gates: 1, activations: ["Tanh"], states: 1)) { x, state, weights, spelling in
        let sum = spelling.add("Add", [x, weights.recurrent(state[0], 0..<1, &spelling)])
        return [spelling.add("Tanh", [sum])]
      }
    },
  ]

  /// What tells one kind of layer from another.
  private struct Cell {
    let gates: Int
    /// Those that the standard takes where nothing is said.
    let activations: [String]
    /// How many tensors go from step to step; the first is what the layer puts out.
    let states: Int
  }

  /// One step: of what comes from the input [N, G·H], and the states [N, H], the next states.
  private typealias Step = (_ x: String, _ state: [String], _ weights: Weights, inout Spelling) -> [String]

  /// Longer sequences would make too large a graph.
  private static let longest = 1024
  /// No layer has more units.
  private static let largest = 1 << 20

  private static func spelled(_ node: inout NodeReader, _ cell: Cell, _ step: Step) throws -> Translation {
    let (input, weights) = (try node.shape(0), try node.shape(1))
    let size = try node.attributes.integer("hidden_size", default: (weights.dropFirst().first ?? 0) / cell.gates)
    let direction = try node.attributes.string("direction", default: "forward")
    let count = direction == "bidirectional" ? 2 : 1
    guard input.count == 3, input.allSatisfy({ $0 > 0 }), (1...largest).contains(size),
      weights == [count, cell.gates * size, input[2]],
      try node.shape(2) == [count, cell.gates * size, size],
      ["forward", "reverse", "bidirectional"].contains(direction)
    else {
      throw node.fault(
        "has weights \(weights.shapeText) for \(size) units \(direction), which do not fit an input of \(input.shapeText)."
      )
    }
    try refuseVariants(&node, cell, directions: count, length: input[0])
    let (length, batch) = (input[0], input[1])
    var spelling = Spelling()
    var steps: [[String]] = []
    var ends: [[String]] = []
    for index in 0..<count {
      let weights = Weights(node, cell.gates, size, direction: index, &spelling)
      let products = weights.products(with: Spelling.input(0), &spelling)
      var state = (0..<cell.states).map { place in
        // The length's input stands between weights and states.
        node.has(5 + place)
          ? spelling.pick(index, of: Spelling.input(5 + place), axis: 0)
          : spelling.constant(ONNXTensor(shape: [1, size], [Float](repeating: 0, count: size)))
      }
      let isReverse = direction == "reverse" || index == 1
      var outputs: [String] = []
      for time in 0..<length {
        let x = spelling.pick(isReverse ? length - 1 - time : time, of: products, axis: 0)
        state = step(x, state, weights, &spelling)
        outputs.append(spelling.add("Reshape", [state[0], spelling.constant([1, 1, batch, size])]))
      }
      steps.append(isReverse ? outputs.reversed() : outputs)
      ends.append(state)
    }
    let all = (0..<length).map { time in spelling.joined(steps.map { $0[time] }, axis: 1) }
    spelling.outputs =
      [spelling.joined(all, axis: 0)]
      + (0..<cell.states).map { place in
        let rows = ends.map { spelling.add("Reshape", [$0[place], spelling.constant([1, batch, size])]) }
        return spelling.joined(rows, axis: 0)
      }
    return .spelling(spelling)
  }

  /// - Throws: `Diagnostic` for what the standard allows and this does not.
  private static func refuseVariants(
    _ node: inout NodeReader, _ cell: Cell, directions: Int, length: Int
  ) throws {
    let names = try node.attributes.strings("activations") ?? []
    let expected = Array(repeating: cell.activations, count: directions).flatMap(\.self)
    guard names.isEmpty || names == expected else {
      throw node.fault("has the activations \(names.joined(separator: ", ")), which are not supported.")
    }
    guard try node.attributes.optionalFloat("clip") == nil, try !node.attributes.flag("input_forget"),
      try !node.attributes.flag("layout"), !node.has(7)
    else { throw node.fault("has a clip, coupled gates, peepholes or layout = 1, which is not supported.") }
    guard length <= longest else {
      throw node.fault("reads a sequence of \(length); supported are up to \(longest).")
    }
    if let lengths = try node.optionalConstant(4, "sequence lengths"),
      lengths.integers.contains(where: { $0 != length })
    {
      throw node.fault("has sequences shorter than the tensor that holds them, which is not supported.")
    }
  }

  /// The weights of one direction.
  private struct Weights {
    private let gates: Int
    private let size: Int
    private let input: String
    private let hidden: String
    /// Those of the input and those of the state; `nil` where there are none.
    private let biases: [String]?

    init(_ node: NodeReader, _ gates: Int, _ size: Int, direction: Int, _ spelling: inout Spelling) {
      (self.gates, self.size) = (gates, size)
      func columns(_ index: Int, _ spelling: inout Spelling) -> String {
        let rows = spelling.pick(direction, of: Spelling.input(index), axis: 0)
        return spelling.add("Transpose", [rows], [ONNXAttribute("perm", integers: [1, 0])])
      }
      (input, hidden) = (columns(1, &spelling), columns(2, &spelling))
      biases =
        node.has(3)
        ? spelling.split(spelling.pick(direction, of: Spelling.input(3), axis: 0), into: 2, axis: 0) : nil
    }

    /// x · w + b at all times at once, [T, N, G·H].
    func products(with x: String, _ spelling: inout Spelling) -> String {
      let product = spelling.add("MatMul", [x, input])
      return biases.map { spelling.add("Add", [product, $0[0]]) } ?? product
    }

    /// h · r + b for some gates.
    func recurrent(_ state: String, _ range: Range<Int>, _ spelling: inout Spelling) -> String {
      let bounds = (range.lowerBound * size, range.upperBound * size)
      let isAll = range.count == gates
      let columns = isAll ? hidden : spelling.slice(hidden, bounds.0, bounds.1, axis: 1)
      let product = spelling.add("MatMul", [state, columns])
      guard let bias = biases?[1] else { return product }
      return spelling.add("Add", [product, isAll ? bias : spelling.slice(bias, bounds.0, bounds.1, axis: 0)])
    }
  }
}

extension Spelling {
  /// One position of an axis, which is dropped.
  fileprivate mutating func pick(_ position: Int, of tensor: String, axis: Int) -> String {
    let index = constant(ONNXTensor(shape: [], integers: [position]))
    return add("Gather", [tensor, index], [ONNXAttribute("axis", integer: axis)])
  }

  fileprivate mutating func slice(_ tensor: String, _ start: Int, _ end: Int, axis: Int) -> String {
    add("Slice", [tensor, constant([start]), constant([end]), constant([axis])])
  }

  fileprivate mutating func split(_ tensor: String, into count: Int, axis: Int) -> [String] {
    add(
      "Split", [tensor], outputCount: count,
      [ONNXAttribute("axis", integer: axis), ONNXAttribute("num_outputs", integer: count)])
  }

  /// Tensors one behind the other; itself where there is one.
  fileprivate mutating func joined(_ tensors: [String], axis: Int) -> String {
    tensors.count == 1 ? tensors[0] : add("Concat", tensors, [ONNXAttribute("axis", integer: axis)])
  }
}
