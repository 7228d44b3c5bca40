import NeuralNetwork

extension NetworkFacts {
  /// Whether the parts agree with each other, so that nothing that reads them can go astray.
  ///
  /// Facts of a network itself always do; those that were read from disk may not.
  var isSound: Bool {
    inputShape.count == 4 && Self.isSize(inputShape) && ((outputs.isEmpty ? 1 : 0)...100_000_000).contains(classCount)
      && parameterCount >= 0 && operations >= 0 && layers.allSatisfy(\.isSound) && namesAreSound
      && (defaultLayer.map(layers.contains) ?? true)
      && outputs.values.allSatisfy { Self.isSize($0.shape) && ($0.defaultLayer.map(layers.contains) ?? true) }
      && guidedRule.rectifierCount >= 0 && (0...max(0, guidedRule.rectifierCount)).contains(guidedRule.boundedCount)
      && guidedRule.others.values.allSatisfy { $0 > 0 } && classActivationView.isSound
  }

  /// Whether every side is positive, and all of them together can be counted.
  static func isSize(_ shape: [Int]) -> Bool {
    var count = 1
    return shape.allSatisfy { side in
      let (product, overflow) = count.multipliedReportingOverflow(by: side)
      count = product
      return side > 0 && !overflow && product < 1 << 40
    }
  }
}

extension FieldOfView {
  /// Whether there is anything between the ends, and no end lies where no picture reaches.
  fileprivate var isSound: Bool {
    [vertical, horizontal].allSatisfy { span in
      span.start.magnitude < 1e6 && span.end.magnitude < 1e6 && span.start != span.end
    }
  }
}

extension Layer {
  fileprivate var isSound: Bool {
    guard NetworkFacts.isSize(shape), view.isSound else { return false }
    switch arrangement {
    case .maps, .channelsLast: return shape.count == 4
    case .tokens(let height, let width, let leading):
      return shape.count == 3 && leading >= 0 && leading < shape[1] && NetworkFacts.isSize([height, width])
        && height * width == shape[1] - leading
    }
  }
}
