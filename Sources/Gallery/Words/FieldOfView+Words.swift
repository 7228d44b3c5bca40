import NeuralNetwork
import Site

extension FieldOfView {
  /// What a reader should know of a layer that sees this, as full sentences; `nil` for the whole picture.
  func remark(of layer: String, in strings: Strings) -> String? {
    if isWhole { return nil }
    func sentence(_ key: StringKey, _ values: [String: String] = [:]) -> String {
      strings(key, values.merging(["layer": layer]) { $1 })
    }
    switch doubt {
    case .mirrorImages?: return sentence(.viewMirrorImages)
    case .severalParts?: return sentence(.viewSeveralParts)
    case .warped?: return sentence(.viewWarped)
    case nil: break
    }
    var sentences: [String] = []
    let sides: [(limits: (lower: Double, upper: Double), key: StringKey)] = [
      (horizontal.limits, .viewPartAcross), (vertical.limits, .viewPartDown),
    ]
    let parts = sides.filter { $0.limits.lower > 0.02 || $0.limits.upper < 0.98 }
    if !parts.isEmpty {
      let texts = parts.map { side in
        strings(side.key, ["lower": percent(side.limits.lower), "upper": percent(side.limits.upper)])
      }
      sentences.append(sentence(.viewPart, ["part": strings.both(texts)]))
    } else if sides.contains(where: { $0.limits.lower < -0.02 || $0.limits.upper > 1.02 }) {
      sentences.append(sentence(.viewBorder))
    }
    let mirrors = [(horizontal, StringKey.sidesAcross), (vertical, .sidesDown)].filter(\.0.isMirrored)
    if !mirrors.isEmpty {
      sentences.append(sentence(.viewMirrored, ["sides": strings.both(mirrors.map { strings($0.1) })]))
    }
    return sentences.joined(separator: " ")
  }

  private func percent(_ share: Double) -> String { String(Int((share * 100).rounded())) }
}

extension Strings {
  /// One or two things, as a list of them is read.
  func both(_ words: [String]) -> String {
    words.dropFirst().reduce(words.first ?? "") { self(.both, ["first": $0, "second": $1]) }
  }
}
