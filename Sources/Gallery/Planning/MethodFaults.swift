import Diagnostics
import NeuralNetwork
import Saliency

extension NetworkFacts {
  /// Why methods cannot be computed under this network, as far as its graph tells before anything runs.
  ///
  /// - Parameters:
  ///   - targets: what is explained.
  ///   - layers: the target layers.
  /// - Returns: a fault for each cause; methods that have it in common share it.
  func faults(of methods: [Saliency.Method], _ targets: [Target], at layers: [Layer]) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    if let fault = attentionFault, methods.contains(where: { $0.needs.contains(.attention) }) {
      faults.append(.error(fault.summary, hint: fault.hint))
    }
    var known: Set<GradientReach.End> = []
    for target in targets {
      let reach = target.tensorName.map { outputs[$0]?.gradients } ?? classGradients
      guard let reach else { continue }
      let stopped = methods.compactMap { method in end(of: reach, method, layers).map { (method, $0) } }
      guard let (_, end) = stopped.first, known.insert(end).inserted else { continue }
      let names = stopped.filter { $0.1 == end }.map { "“\($0.0.id)”" }
      faults.append(
        .error(
          "\(names.joinedForReading) \(names.count == 1 ? "needs" : "need") a gradient of \(target.nameOfAll), and there is none: it "
            + "ends at “\(end.node)” (\(end.operatorType)), whose output steps.",
          hint:
            "Explain a tensor before it, by `output:` in the card or by `target:`; or try “score-cam” or “occlusion”, which need no "
            + "gradient."))
    }
    return faults
  }

  /// What keeps a method's gradient from a place at which the method needs it.
  private func end(of reach: GradientReach, _ method: Saliency.Method, _ layers: [Layer]) -> GradientReach.End? {
    let places = method.gradientPlaces
    if places.contains(.layer), let end = layers.compactMap({ reach.beforeTensors[$0.tensor] }).first { return end }
    if places.contains(.picture), let end = reach.beforePicture { return end }
    // Where attention has no gradient, neither has the picture before it.
    return places.contains(.attention) ? reach.beforePicture : nil
  }
}

extension Target {
  /// What is said for the target, or for all classes where it is one: their gradients end at the same places.
  fileprivate var nameOfAll: String { if case .class = self { "the classes’ scores" } else { "“\(self)”" } }
}

extension [String] {
  /// “a”, “b” and “c”.
  fileprivate var joinedForReading: String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) and \(last)"
  }
}
