import Imaging
import Vocabulary

extension Method {
  /// LayerCAM: max(Σ_k max(∂y^c/∂A^k, 0) ⊙ A^k, 0), each cell weighted by its own gradient where that speaks for the class.
  ///
  /// Source: Jiang et al. 2021, equations 6 and 7.
  public static let layerCAM = Method(
    MethodName("layer-cam", title: "LayerCAM", picture: .heatMap),
    summary: "Where the maps of a layer speak for the class, each cell weighted by its own positive gradient.",
    formulaText: "max(Σ_k max(∂y^c/∂A^k, 0) ⊙ A^k, 0)", source: "Jiang et al. 2021, equations 6 and 7",
    nothing: noEvidence,
    .ofRun([.activation, .gradient]) { run in
      .map(try run.activation.cellSum(run.gradient) { max($1, 0) * $0 }.mapValues { max($0, 0) })
    })
}
