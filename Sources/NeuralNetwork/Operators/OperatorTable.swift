/// All the operators there are: name and version → builder.
enum OperatorTable {
  /// Operator-set versions whose meaning these builders know.
  static let opsets = 1...28

  /// The builders of each operator by its qualified name, the newest meaning first.
  static let builders: [String: [Registration]] = Dictionary(
    grouping: [
      Convolution.registrations, Rectifier.registrations, MaxPool.registrations, AveragePool.registrations,
      Product.registrations, Gemm.registrations, Arithmetic.registrations, Sum.registrations,
      Concat.registrations, Reshape.registrations, Transpose.registrations, BatchNormalization.registrations,
      LocalResponseNormalization.registrations, Softmax.registrations, ReduceMean.registrations, Pad.registrations,
      Literals.registrations, ShapeArithmetic.registrations, Comparison.registrations, Where.registrations,
      Slice.registrations, Gather.registrations, Split.registrations, Repetition.registrations, ScatterND.registrations,
      Activation.registrations, ElementwiseMath.registrations, Pairwise.registrations, Standardization.registrations,
      Reduction.registrations, Extremum.registrations, Mean.registrations, LogSoftmax.registrations,
      LpNormalization.registrations, PixelShuffle.registrations, Resize.registrations, Picking.registrations,
      Ranking.registrations, Masking.registrations, CumulativeSum.registrations, OneHot.registrations,
      TransposedConvolution.registrations, GridSample.registrations, StoredIntegers.registrations,
      EarlyBroadcasting.registrations, FusedOperators.registrations, SpelledOperators.registrations,
      Attention.registrations,
      Einsum.registrations, RootMeanSquareNormalization.registrations, Recurrence.registrations,
    ].joined(), by: { qualifiedName($0.operatorType, domain: $0.domain) }
  ).mapValues { $0.sorted { $0.since > $1.since } }

  /// The builder of an operator in a version of the standard operator set, or `nil` where there is none. Operators of
  /// other domains have one version.
  static func registration(_ operatorType: String, domain: String = "", opset: Int) -> Registration? {
    builders[qualifiedName(operatorType, domain: domain)]?.first { $0.since <= opset }
  }

  /// An operator's name with its domain in front, unless that is the standard one.
  static func qualifiedName(_ operatorType: String, domain: String) -> String {
    domain.isEmpty ? operatorType : "\(domain).\(operatorType)"
  }
}
