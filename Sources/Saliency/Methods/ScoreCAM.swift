import Foundation
import Imaging
import NeuralNetwork
import Vocabulary

extension Method {
  /// Score-CAM: each map weighted by the score of the picture seen through it; no gradient plays a part.
  ///
  /// A map is upsampled to the input, scaled to 0…1 and multiplied with the picture; the weights are the softmax of the scores over
  /// all maps. Maps that make the same mask are run once. Source: Wang et al. 2020, algorithm 1.
  public static let scoreCAM = Method(
    MethodName("score-cam", title: "Score-CAM", picture: .heatMap),
    summary:
      "Where the maps of a layer speak for the class, each weighted by the score of the picture seen through it.",
    formulaText: "max(Σ_k w_k A^k, 0), w = softmax over k of y^c(x ⊙ upsampled A^k, scaled to 0…1)",
    source: "Wang et al. 2020, algorithm 1", nothing: noEvidence,
    scoreCAMFormula { $0.laid(over: $1, width: $2, height: $3) })

  /// - Parameter laid: a map over its part of the picture, at the input's width and height.
  static func scoreCAMFormula(
    laid: @escaping @Sendable (Heatmap, FieldOfView, _ width: Int, _ height: Int) -> Heatmap
  ) -> Formula {
    .ofPictures(
      Probe(
        question: .score, needs: [.activation, .input],
        mostPictures: { _, layer in layer.map { $0.arrangement.mapShape(of: $0.shape)[0] } ?? 0 },
        pictures: { run in
          let (input, maps, view) = (try run.input, try run.activation, run.view)
          let distinct = MaskingMaps(maps).distinct
          return PictureSeries(count: distinct.count) { index in
            let mask = laid(try maps.map(distinct[index]), view, input.shape[3], input.shape[2])
            return input.masked(by: mask.stretched())
          }
        })
    ) { run in
      let maps = try run.activation
      let scores = try run.pictureScores
      let weights = MaskingMaps(maps).places.map { Double(scores[$0]) }.softmax
      return .map(try maps.weightedSum(weights.map(Float.init)).mapValues { max($0, 0) })
    }
  }
}

/// Which of a layer's maps make the same mask.
struct MaskingMaps {
  /// The channels whose masks differ, in their order.
  private(set) var distinct: [Int] = []
  /// For each channel the place in `distinct` of the one that makes its mask.
  private(set) var places: [Int] = []

  /// - Parameter maps: [1, K, h, w].
  init(_ maps: Tensor) {
    let area = maps.shape[2] * maps.shape[3]
    var known: [ArraySlice<Float>: Int] = [:]
    for channel in 0..<maps.shape[1] {
      let cells = maps.values[channel * area..<(channel + 1) * area]
      // An even map lets nothing through, whatever its value, as that of a channel that is never active.
      let key = cells.allSatisfy { $0 == cells[cells.startIndex] } ? [] : cells
      let place = known[key] ?? distinct.count
      if place == distinct.count {
        known[key] = place
        distinct.append(channel)
      }
      places.append(place)
    }
  }
}

extension Heatmap {
  /// The map scaled so that the least value is 0 and the greatest nearly 1; an even map becomes 0.
  func stretched() -> Heatmap {
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
    return mapValues { ($0 - least) / (greatest - least + 1e-8) }
  }
}

extension Tensor {
  /// One channel of [1, K, h, w].
  func map(_ channel: Int) throws -> Heatmap {
    let area = shape[2] * shape[3]
    return try Heatmap(
      width: shape[3], height: shape[2], values: Array(values[channel * area..<(channel + 1) * area]))
  }
}

extension [Double] {
  /// exp(x) / Σ exp(x).
  var softmax: [Double] {
    let greatest = self.max() ?? 0
    let exponentials = map { exp($0 - greatest) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }
}
