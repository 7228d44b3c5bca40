import Foundation
import Saliency
import Site

extension Finding {
  /// The finding as a sentence for readers of a page.
  func text(in strings: Strings) -> String {
    switch self {
    case .resultIsNotFinite(let method, let count):
      strings(
        .resultNotFinite,
        [
          "subject": Self.method(method)?.subject(in: strings) ?? method, "count": count.words(in: strings),
        ])
    case .mapIsNotFinite(let layer, let count):
      strings(.mapNotFinite, ["layer": layer, "count": count.words(in: strings)])
    case .gradientIsNotFinite(let layer, let count):
      strings(.gradientNotFinite, ["layer": layer, "count": count.words(in: strings)])
    case .activationIsNotFinite(let layer, let count):
      strings(.activationNotFinite, ["layer": layer, "count": count.words(in: strings)])
    case .nothing(let method, let layer):
      strings.remark(.nothing, on: method, ["layer": layer ?? ""], else: text)
    case .allAgainst(let layer, let lowest, let highest):
      strings(
        .allAgainst,
        ["layer": layer, "lowest": lowest.words(in: strings), "highest": highest.words(in: strings)])
    case .saturated(let lead?): strings(.saturated, ["lead": lead.words(in: strings)])
    case .saturated(nil): strings(.saturatedProbability)
    case .sameForAll(let method, let layer, let classes, let difference):
      strings(
        layer == nil ? .sameForAll : .sameForAllAt,
        [
          "method": Self.method(method).map { strings.title(of: $0.name) } ?? method, "layer": layer ?? "",
          "classes": String(classes), "difference": difference.words(in: strings),
        ])
    case .doubtfulInput(let doubt): doubt.text(in: strings)
    }
  }

  private static func method(_ id: String) -> Saliency.Method? { Saliency.Method.all.first { $0.id == id } }
}

extension InputDoubt {
  /// As a full sentence for readers of a page.
  func text(in strings: Strings) -> String {
    switch self {
    case .outside(let found, let possible): text(.inputOutside, found, possible, strings)
    case .notNormalized(let found, let possible): text(.inputNotNormalized, found, possible, strings)
    case .tiny(let found, let possible): text(.inputTiny, found, possible, strings)
    case .farFromTraining(let node, let distance):
      strings(.inputFar, ["node": node, "distance": distance.words(in: strings)])
    case .flatBesideTraining(let node, let share):
      strings(.inputFlat, ["node": node, "share": share.words(in: strings)])
    }
  }

  private func text(
    _ key: StringKey, _ found: ClosedRange<Float>, _ possible: ClosedRange<Float>, _ strings: Strings
  ) -> String {
    strings(
      key,
      [
        "lowest": found.lowerBound.words(in: strings), "highest": found.upperBound.words(in: strings),
        "least": possible.lowerBound.words(in: strings), "most": possible.upperBound.words(in: strings),
      ])
  }
}

extension NonFiniteCount {
  /// To be read behind a tensor.
  fileprivate func words(in strings: Strings) -> String {
    func values(_ count: Int, _ one: StringKey, _ other: StringKey) -> String? {
      switch count {
      case 0: nil
      case 1: strings(one)
      default: strings(other, ["count": String(count)])
      }
    }
    let found = [values(infinite, .infiniteOne, .infiniteOther), values(missing, .missingOne, .missingOther)]
    return strings(.notFinite, ["values": strings.both(found.compactMap { $0 }), "total": String(total)])
  }
}

extension Float {
  /// The number with three digits that count: `21.4`, `-0.00213`.
  fileprivate func words(in strings: Strings) -> String {
    formatted(.number.precision(.significantDigits(1...3)).grouping(.never).locale(strings.locale))
  }
}
