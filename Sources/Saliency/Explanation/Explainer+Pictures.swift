import NeuralNetwork

extension Explainer {
  /// What a network answers of a probe's pictures.
  struct Answers {
    /// For each target y of each picture.
    var scores: [[Float]]?
    /// For each target the mean of ∂y/∂x.
    var meanGradients: [Tensor]?
  }

  /// Asks the network about the pictures of a probe, for all targets together.
  ///
  /// - Parameter values: what the probe needs of the run of the picture that is explained.
  /// - Throws: `Diagnostic` where a target does not depend on the picture. What `progress` throws.
  func answers(to probe: Probe, of cell: Cell, _ values: RunValues, _ targets: [Target]) throws -> Answers {
    let series = try probe.pictures(values)
    func picture(_ index: Int) throws -> Tensor {
      try progress(PictureProgress(subject: cell.title, done: index, count: series.count))
      return try series.picture(index)
    }
    switch probe.question {
    case .score:
      let scorer = try network.scorer(of: targets, inputs: inputs)
      let scores = try (0..<series.count).map { try scorer.scores(of: picture($0)) }
      return Answers(scores: targets.indices.map { target in scores.map { $0[target] } })
    case .meanGradient:
      let size = input.values.count
      var sums = targets.map { _ in [Double](repeating: 0, count: size) }
      let requests = targets.map { GradientRequest($0, toInput: true) }
      for index in 0..<series.count {
        let trace = try network.forward(picture(index), inputs: inputs, keeping: [TensorReference]())
        for (target, gradients) in try trace.gradients(requests).enumerated() {
          guard let gradient = gradients.input else { continue }
          for place in 0..<size { sums[target][place] += Double(gradient.values[place]) }
        }
      }
      return Answers(
        meanGradients: sums.map { sums in
          Tensor(shape: input.shape, sums.map { Float($0 / Double(series.count)) })
        })
    }
  }
}
