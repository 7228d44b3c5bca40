import NeuralNetwork

/// Where the time of one explanation goes.
struct ProfileSummary: Encodable {
  /// Milliseconds by kind of operation.
  struct Share: Encodable {
    var forward = 0.0
    var backward = 0.0
  }

  let kinds: [String: Share]
  /// Forward and guided backward run of all convolutions, with what is fused into them.
  let convolutionMilliseconds: Double
  /// oneDNN's own direct convolutions for the same shapes, each measured alone, summed.
  let directConvolutionMilliseconds: Double
  /// The first divided by the second.
  let convolutionRatio: Double
  let operations: [OperationProfile]

  init(_ operations: [OperationProfile]) {
    self.operations = operations
    kinds = operations.reduce(into: [:]) { kinds, operation in
      kinds[operation.kind, default: Share()].forward += operation.forwardMilliseconds
      kinds[operation.kind, default: Share()].backward += operation.backwardMilliseconds
    }
    let convolutions = operations.filter { $0.directMilliseconds != nil }
    convolutionMilliseconds = convolutions.reduce(0) { $0 + $1.forwardMilliseconds + $1.backwardMilliseconds }
    directConvolutionMilliseconds = convolutions.compactMap(\.directMilliseconds)
      .reduce(0) { $0 + $1.forward + $1.backward }
    convolutionRatio = convolutionMilliseconds / directConvolutionMilliseconds
  }
}
