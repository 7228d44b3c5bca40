import Vocabulary

extension ContentMapping {
  /// The keys of explain settings that `level` may give.
  static func explainKeys(for level: YAMLMapping.SettingsLevel) -> [YAMLKey] {
    explainKeys.filter { $0.levels.contains(level) }.map(\.key)
  }

  private typealias Levels = Set<YAMLMapping.SettingsLevel>

  private static let everywhere: Levels = [.block, .page, .modelCard, .site]
  private static let onPages: Levels = [.block, .page]

  private static let explainKeys: [(levels: Levels, key: YAMLKey)] = [
    (
      onPages,
      YAMLKey(
        "image", "mug-apple.jpg",
        "A picture, or a list of them; `birds/*.jpg` means all of these. It is looked for beside the page, then in "
          + "`images`.")
    ),
    (
      onPages,
      YAMLKey(
        "truth", "truth.csv",
        "What the pictures show: a table with the columns `file` and `class`, and as you like `caption` and `tags` (parted by "
          + "`;`). It makes a collection of the figure: a grid of the pictures, each with a page of its own, with pages of classes "
          + "and tags, and a table of what was taken for what.")
    ),
    (
      onPages,
      YAMLKey(
        "sort", "name",
        "The order of a collection: \(choices(PictureOrder.self)); `probability` by default. It makes a collection of the figure, "
          + "too.")
    ),
    (everywhere.subtracting([.modelCard]), YAMLKey("model", "tabletop", "A model card’s name, or a list of them.")),
    (
      everywhere.subtracting([.site]),
      YAMLKey(
        "classes", "[mug, apple]",
        "Label texts, label indices or synset ids. A class whose label is another’s index is asked for as `label:7` or "
          + "`index:7`.")
    ),
    (everywhere, YAMLKey("top", "3", "In place of `classes`: so many of the network’s best, 1 to 100.")),
    (
      everywhere.subtracting([.site]),
      YAMLKey(
        "target", "logits[8]",
        "What is explained that is no class, or a list of it: an element of an output, as `words[3, mug]`, with what stands "
          + "behind the batch axis; `words[caption]`, for each word of the input `caption` the output before it; "
          + "`logits=weights.npy`, a weighted sum.")
    ),
    (
      onPages,
      YAMLKey(
        "inputs", "{question: how many dice}",
        "What the network reads beside the picture, by name: a text, numbers or a `.npy` file; of a list of them each is "
          + "explained.")
    ),
    (
      everywhere,
      YAMLKey(
        "methods", "[grad-cam, counterfactual]",
        "Names of methods. Without it `guided-backprop`, `grad-cam` and `guided-grad-cam`.")
    ),
    (
      everywhere,
      YAMLKey(
        "layer", "relu8",
        "A node or tensor of the network, or a list of them. Without it: the end of the last convolutional block.")
    ),
    (
      everywhere.subtracting([.modelCard]),
      YAMLKey(
        "columns", "classes",
        "What runs across: \(choices(FigureAxis.self)); `methods` by default. The rest runs down.")
    ),
    (everywhere, YAMLKey("colormap", "viridis", "\(choices(Colormap.self)); `turbo` by default.")),
    (everywhere, YAMLKey("opacity", "0.5", "How strongly maps cover the photo, 0 to 1; 0.5 by default.")),
    (
      everywhere,
      YAMLKey(
        "blend", "flat",
        "`fade` (the default) leaves the photo as it is where a map has no evidence, `flat` covers it evenly.")
    ),
    (
      everywhere,
      YAMLKey(
        "scale", "shared",
        "`own` (the default) colours each map by its own highest value, `shared` all maps of one method in the figure by "
          + "the highest of them.")
    ),
    (
      everywhere,
      YAMLKey(
        "arrays", "all",
        "Whose raw values readers can take away: \(choices(KeptArrays.self)); `maps` by default.")
    ),
    (
      everywhere,
      YAMLKey(
        "profile", "captum",
        "Whose conventions maps follow: \(choices(Profile.self)); `paper` by default.")
    ),
    (
      everywhere,
      YAMLKey(
        "evidence", "true",
        "Whether it is measured how far each map may be trusted: deletion and insertion, average drop, randomization, another "
          + "class.")
    ),
    (
      everywhere,
      YAMLKey(
        "threshold", "0.2",
        "For `localization`: the share of the maximum that counts, above 0 and below 1; 0.15 by default.")
    ),
    (
      onPages,
      YAMLKey(
        "boxes", "{mug: [10, 30, 60, 70]}",
        "True boxes `[x, y, width, height]` in the picture’s pixels, for their overlap with the box found: one, a list, "
          + "or by class.")
    ),
    (onPages, YAMLKey("caption", "The same pixels, two questions.", "What stands under the figure.")),
    (
      onPages,
      YAMLKey("alt", "A mug and an apple.", "What the photo shows, in words; or a list, one for each picture.")
    ),
  ]
}
