extension Network {
  /// The layers of attention between all tokens of the picture, in the order in which they are computed: wherever a softmax over
  /// T of T tokens, head by head, is multiplied by something that depends on the picture too.
  ///
  /// Attention within windows is none of them, nor is that to fewer tokens than there are.
  public var attentionBlocks: [AttentionBlock] { AttentionBlock.all(in: graph, before: roots) }
}
