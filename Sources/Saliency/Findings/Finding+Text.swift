import Foundation

extension Finding {
  /// The finding as a sentence in English.
  public var text: String {
    switch self {
    case .resultIsNotFinite(let method, let count):
      "The \(Self.method(method)?.subject ?? method) \(count), so there is nothing to show."
    case .mapIsNotFinite(let layer, let count): "The map at layer \(layer) \(count), so there is nothing to show."
    case .gradientIsNotFinite(let layer, let count): "The gradient at layer \(layer) \(count), so there is no map."
    case .activationIsNotFinite(let layer, let count):
      "The activation of layer \(layer) \(count), so there is no map."
    case .nothing(let method, let layer):
      Self.method(method)?.nothingToShow(at: layer) ?? "There is nothing to show."
    case .allAgainst(let layer, let lowest, let highest):
      "Every contribution at layer \(layer) is negative or zero, from \(lowest.short) to \(highest.short): nothing there speaks for "
        + "this class. See “counterfactual”, which shows what speaks against it."
    case .saturated(let lead?):
      "The probability of this class is 1 to rounding: its score lies \(lead.short) above what all others have together. A map of the "
        + "probability would vanish; maps are of the score and do not. Curves of the probability stay at 1 until that lead is "
        + "lost, and say little before."
    case .saturated(nil):
      "The probability of this class is 1 to rounding, and the network gives no score before it: the gradient that maps are made "
        + "of vanishes there. Name the tensor before the softmax with `output:`."
    case .sameForAll(let method, let layer, let classes, let difference):
      "The results of \(Self.method(method)?.name.title ?? method)\(layer.map { " at layer \($0)" } ?? "") are the same for all "
        + "\(classes) classes here, but for \(difference.short) of their maximum: they tell where the network looks, and nothing of what "
        + "sets these classes apart."
    case .doubtfulInput(let doubt): doubt.text
    }
  }

  private static func method(_ id: String) -> Method? { Method.all.first { $0.id == id } }
}

extension Float {
  /// The number with three digits that count: `21.4`, `-0.00213`.
  var short: String {
    formatted(.number.precision(.significantDigits(1...3)).grouping(.never).locale(Locale(identifier: "en")))
  }
}
