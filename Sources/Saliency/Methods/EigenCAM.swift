import Imaging
import NeuralNetwork
import Vocabulary

extension Method {
  /// Eigen-CAM: the first principal component of the activation, over its cells; the class plays no part.
  ///
  /// Each map's mean is taken off; the sign is the one that goes along with Σ_k A^k. Source: Muhammad and Yeasin 2020, §3.
  public static let eigenCAM = Method(
    MethodName("eigen-cam", title: "Eigen-CAM", picture: .heatMap),
    summary: "What the maps of a layer have in common, whatever the class: their first principal component.",
    formulaText: "(A − mean A) v, v the first right singular vector",
    source: "Muhammad and Yeasin 2020, §3",
    nothing: { "The maps of layer \($0) are the same everywhere." },
    .ofRun(.activation) { run in
      let maps = try run.activation
      let projection = PrincipalComponent(of: maps).projection
      return .map(
        try Heatmap(width: maps.shape[3], height: maps.shape[2], values: projection.map(Float.init)))
    })
}
