/// Where values come to lie so that joining them costs nothing.
///
/// The channels of one picture lie one behind the other, so what a `Concat` joins can be written into the joined tensor
/// from the start. Where tensors are joined again and again with ever more behind them (DenseNet), all share the place in
/// the largest, and the smaller ones are its beginnings.
struct Placement {
  struct Place {
    /// The joined value.
    let whole: Int
    /// Its shape, [1, C, …].
    let shape: [Int]
    /// The channel at which the part begins.
    let channel: Int
  }

  /// By value.
  private(set) var places: [Int: Place] = [:]

  init(_ steps: [Plan.Step], _ graph: Graph) {
    let computed = Set(steps.flatMap(\.outputs))
    let joints = steps.filter { $0.operation.joinsChannels && graph.values[$0.outputs[0]].shape[0] == 1 }
    let channels = { (value: Int) in graph.values[value].shape[1] }
    // Sorting is not stable; of joints with as many channels the first is first.
    let largestFirst = joints.enumerated().sorted {
      (-channels($0.element.outputs[0]), $0.offset) < (-channels($1.element.outputs[0]), $1.offset)
    }
    for joint in largestFirst.map(\.element) {
      let parts = joint.operands.compactMap(\.value)
      guard parts.count == joint.operands.count, Set(parts).count == parts.count,
        parts.allSatisfy({ computed.contains($0) && places[$0] == nil })
      else { continue }
      var channel = 0
      for part in parts {
        places[part] = Place(whole: joint.outputs[0], shape: graph.values[joint.outputs[0]].shape, channel: channel)
        channel += channels(part)
      }
    }
  }
}
