import Diagnostics

/// Reads a model whose file is fixed to a batch of several pictures as one that takes a single picture.
///
/// Exporters write the batch's size into shapes and constants. Where they do, the size for one picture is put in its
/// place, and the result is compared with the graph as the file has it: each tensor must be a batch of what it is for one
/// picture. So nothing is taken for the batch that is none.
struct FixedBatch {
  /// N, how many pictures the file takes.
  let size: Int
  /// The shapes of the inputs as the file has them, but for sizes that it leaves open.
  let statedShapes: [[Int]]
  /// Whether any constant was changed.
  private(set) var isAdapted = false

  /// - Parameters:
  ///   - inputs: the model's own shapes.
  ///   - shapes: those that are used.
  /// - Returns: `nil` where the two have the same batch.
  init?(_ inputs: [ONNXValueInfo], _ shapes: [[Int]]) {
    guard case .fixed(let size)? = inputs.first?.shape?.first, (2...1024).contains(size), shapes.first?.first == 1
    else { return nil }
    self.size = size
    statedShapes = shapes.map { $0.batched(size) }
  }

  // MARK: - One picture

  /// A node's inputs with the batch taken out of its constants.
  mutating func adapt(_ inputs: [NodeReader.Input], of node: ONNXNode) -> [NodeReader.Input] {
    let isRunning = inputs.contains { if case .value = $0 { true } else { false } }
    guard isRunning, node.domain.isEmpty else { return inputs }
    switch node.operatorType {
    case "Reshape", "Expand":
      guard inputs.count > 1, case .constant(let target) = inputs[1], target.elementType == .int64,
        let first = target.integers.first, first > 0, first.isMultiple(of: size)
      else { return inputs }
      isAdapted = true
      let rest = target.integers.dropFirst().map { Int64($0) }
      return [inputs[0], .constant(Constant(shape: target.shape, [Int64(first / size)] + rest))]
    case "Concat", "Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Sum", "Mean", "Where":
      var leading: [Int] = []
      for case .value(_, let shape) in inputs where shape.count > leading.count { leading = shape }
      return inputs.map { input in
        guard case .constant(let constant) = input, constant.shape.count == leading.count,
          let one = part(of: constant, leading: leading.first ?? 0)
        else { return input }
        isAdapted = true
        return .constant(one)
      }
    default: return inputs
    }
  }

  /// What a constant holds for one picture, if it holds the same for each.
  private func part(of constant: Constant, leading: Int) -> Constant? {
    guard let first = constant.shape.first, leading > 0, first == leading * size else { return nil }
    let bytes = constant.bytes
    guard !bytes.buffer.isEmpty else { return nil }
    let length = bytes.count / size
    let one = bytes[0..<length]
    for index in 1..<size where !bytes[index * length..<(index + 1) * length].buffer.elementsEqual(one.buffer) {
      return nil
    }
    return Constant(
      shape: [leading] + constant.shape.dropFirst(), elementType: constant.elementType, bytes: one)
  }

  // MARK: - Comparing

  /// The graph for one picture, if it is right.
  ///
  /// - Parameter whole: the graph with the batch that the file states.
  /// - Throws: `Diagnostic` that says why the model cannot be run with one picture, or the faults that it has anyway.
  func check(_ graph: Result<Graph, any Error>, against whole: Result<Graph, any Error>) throws -> Graph {
    // What speaks of no batch runs with one picture whatever the file states.
    if !isAdapted, let one = try? graph.get(), (try? whole.get()) == nil { return one }
    let whole = try whole.get()
    let one: Graph
    do {
      one = try graph.get()
    } catch let faults as DiagnosticList {
      throw fault(faults.all.first?.summary)
    } catch let fault as Diagnostic {
      throw self.fault(fault.summary)
    }
    let shapes = Dictionary(whole.values.map { ($0.name, $0.shape) }) { first, _ in first }
    for value in one.values where shapes[value.name] != value.shape.batched(size) {
      throw fault("“\(value.name)” is no batch of \(value.shape.shapeText).")
    }
    return one
  }

  private func fault(_ reason: String?) -> Diagnostic {
    .error(
      "the model is fixed to batches of \(size) pictures and cannot be run with one"
        + (reason.map { ": \($0)" } ?? "."),
      hint: "Export it with a batch of 1, or an open one: `dynamic_axes={'INPUT': {0: 'batch'}}`.")
  }
}
