import Vocabulary

extension ContentMapping {
  /// Of a model card's front matter, explain settings left out.
  static let cardKeys = [
    YAMLKey("title", "ResNet-50", "The network’s name for readers. Must be there."),
    summaryKey,
    YAMLKey(
      "file", "tabletop/model.onnx",
      "The ONNX file, seen from the card. With `source:` it need not be there yet, and is `NAME/model.onnx` by "
        + "default."),
    YAMLKey(
      "labels", "tabletop/labels.txt",
      "The label file: one class a line, with or without a number or a synset id before its names; or JSON, a list or an "
        + "object by index. Without it classes are asked for by index."),
    YAMLKey("input", "{size: 128}", "How a picture becomes the network’s input. Must be there."),
    YAMLKey(
      "output", "logits",
      "The output that is explained, or any tensor inside that is a list of scores. Without it: the output that plainly "
        + "is."),
    YAMLKey(
      "inputs", "{question: {vocabulary: words.txt}}",
      "What the network reads beside the picture: for each input by its name the keys below, or just the value that it is "
        + "always given."),
    YAMLKey(
      "outputs", "{words: {vocabulary: words.txt}}",
      "Outputs, or tensors inside, whose elements are explained with `target:`. With it the network need be no classifier."
    ),
    YAMLKey(
      "source", "{url: https://example.org/m.onnx, sha256: \(digest)}",
      "Where the file can be had, for `sitegen model pull`."),
    aliasesKey, rawHTMLKey,
  ]

  /// Of `input:` in a model card.
  static let inputKeys = [
    YAMLKey("size", "[128, 128]", "Width and height in pixels, or one number for both. Must be there."),
    YAMLKey(
      "resize", "stretch",
      "How a picture of another shape fits: `stretch` (the default) pulls it to size, `crop` scales its shorter side "
        + "and cuts the middle out, `pad` scales it to fit and fills the rest with the colour of `mean`."),
    YAMLKey(
      "shorter_side", "144", "With `resize: crop`, and only there: to how many pixels the shorter side is scaled."),
    YAMLKey("channels", "rgb", "The order of the channels: \(choices(ChannelOrder.self)); `rgb` by default."),
    YAMLKey(
      "scale", "255",
      "The value of white before `mean` is taken off: 1 or 255 as a rule. By default 255 where the network takes whole "
        + "numbers, else 1."),
    YAMLKey(
      "mean", "[0.485, 0.456, 0.406]",
      "What is taken off each channel, in the units of `scale` and the order of `channels`; 0 by default."),
    YAMLKey(
      "std", "[0.229, 0.224, 0.225]", "What each channel is divided by, in the same units and order; 1 by default."),
  ]

  /// Of `source:` in a model card.
  static let sourceKeys = [
    YAMLKey("url", "https://example.org/model.onnx", "The address. Must be there."),
    YAMLKey("sha256", digest, "The file’s SHA-256, 64 hexadecimal digits, as `sha256sum` prints them. Must be there."),
    YAMLKey("bytes", "1693558", "The file’s size."),
  ]

  /// Of an input of `inputs:` in a model card.
  static let furtherInputKeys = [
    YAMLKey(
      "vocabulary", "words.txt",
      "The words that texts are made of, one a line, seen from the card: line n is number n − 1."),
    YAMLKey("length", "4", "How many words go in, where the file leaves that open."),
    YAMLKey("start", "<start>", "A word that is put before every text."),
    YAMLKey("end", "<end>", "A word that is put behind it."),
    YAMLKey(
      "padding", "<pad>", "The word that fills up what is left: `<pad>` by default, or the first of the vocabulary."),
    YAMLKey("value", "how many dice", "What goes in where a block gives nothing: a text, numbers or a `.npy` file."),
  ]

  /// Of an output of `outputs:` in a model card.
  static let furtherOutputKeys = [
    YAMLKey(
      "vocabulary", "words.txt",
      "The words that the places along its last axis stand for, one a line: so a target can be `words[0, dice]`.")
  ]

  private static let digest = "e0cd73c0e56a30e39bb29a36967c9e54dd9bb2cf37fbf1f6c75ec4e195738ba5"
}
