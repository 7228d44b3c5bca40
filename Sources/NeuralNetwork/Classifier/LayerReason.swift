/// Why the structure of a network suggests a layer.
public enum LayerReason: Hashable, Codable, Sendable, CustomStringConvertible {
  /// It is the last convolution.
  case lastConvolution
  /// A node closes the block of the last convolution.
  case endOfBlock(operatorType: String, convolution: String)
  /// It is averaged over space at the end.
  case averaged
  /// They are the last tokens that every way leads through.
  case lastTokens
  /// It is what the last attention reads, normalised.
  case beforeLastAttention
  /// They are the last maps, which attention pools.
  case beforeAttentionPooling

  /// Part of a sentence in English, to be read behind “because it is”.
  public var description: String {
    switch self {
    case .lastConvolution: "the last convolution"
    case .endOfBlock(let operatorType, let convolution):
      "the \(operatorType) that closes the block of the last convolution, \(convolution)"
    case .averaged: "what is averaged over space at the end"
    case .lastTokens: "the last tokens that everything goes through"
    case .beforeLastAttention: "the normalisation in front of the last attention"
    case .beforeAttentionPooling: "the last maps before attention pools them"
    }
  }
}
