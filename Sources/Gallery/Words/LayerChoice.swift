import NeuralNetwork
import Site

/// Why a figure looks at a layer.
enum LayerChoice: Hashable, Sendable {
  /// It was asked for by name.
  case asked
  /// It is one of several that were asked for.
  case askedAmongOthers
  /// The model's card names it.
  case card
  /// The network's structure suggests it.
  case suggested(LayerReason)

  /// As a full sentence about the layer of this name.
  func sentence(on layer: String, in strings: Strings) -> String {
    switch self {
    case .asked: strings(.layerAskedFor, ["layer": layer])
    case .askedAmongOthers: strings(.layersAskedFor)
    case .card: strings(.layerOfCard, ["layer": layer])
    case .suggested(let reason): strings(.layerChosen, ["layer": layer, "reason": reason.words(in: strings)])
    }
  }
}

extension LayerReason {
  /// Part of a sentence.
  func words(in strings: Strings) -> String {
    switch self {
    case .lastConvolution: strings(.reasonLastConvolution)
    case .endOfBlock(let operatorType, let convolution):
      strings(.reasonEndOfBlock, ["operator": operatorType, "convolution": convolution])
    case .averaged: strings(.reasonAveraged)
    case .lastTokens: strings(.reasonLastTokens)
    case .beforeLastAttention: strings(.reasonBeforeLastAttention)
    case .beforeAttentionPooling: strings(.reasonBeforeAttentionPooling)
    }
  }
}
