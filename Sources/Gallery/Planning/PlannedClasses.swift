import NeuralNetwork

/// Which classes of a picture are explained: so many of the best of the network's own ranking, then these others.
struct PlannedClasses: Hashable, Sendable {
  /// How many of the best.
  let top: Int
  /// Those that follow unless they are among the best, each once.
  let others: [Int]

  init(top: Int = 0, _ others: [Int] = []) {
    self.top = top
    self.others = others
  }

  /// Whether there are none.
  var isEmpty: Bool { top == 0 && others.isEmpty }

  /// How many there are at most.
  var count: Int { top + others.count }

  /// The classes of a picture, in their order.
  ///
  /// - Parameter best: the best classes of the ranking, the first of which come first here.
  func indices(best: [Int]) -> [Int] {
    let leading = Array(best.prefix(top))
    return leading + others.filter { !leading.contains($0) }
  }

  /// Whether these can be the classes of a picture.
  ///
  /// - Parameter classCount: how many the network has.
  func canBe(_ indices: [Int], classCount: Int) -> Bool {
    let leading = min(top, classCount)
    return indices.count >= leading && self.indices(best: Array(indices.prefix(leading))) == indices
  }

  /// What tells keys of the store apart.
  var key: String {
    switch (top, others) {
    case (0, let others): "classes \(others)"
    case (let top, []): "top \(top)"
    case (let top, let others): "top \(top), classes \(others)"
    }
  }
}
