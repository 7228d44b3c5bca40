/// What a writer wrote for the site that browsers look at.
enum FigureContent {
  /// Three figures that most tests use: classes, layers, and one without maps.
  private static let figures = [
    block(classes), block(layers),
    block("image: scene.png\nclasses: [index:8]\nmethods: [guided-backprop]\nalt: A mug and an apple."),
  ]

  private static let classes = """
    image: scene.png
    classes: [index:8, apple, light bulb, index:9]
    methods: [grad-cam, guided-backprop]
    alt: A mug and an apple.
    """

  private static let layers = """
    image: scene.png
    classes: [index:8]
    layer: [relu2, relu4, relu6]
    methods: [grad-cam, guided-backprop]
    colormap: magma
    blend: flat
    alt: A mug and an apple.
    """

  /// What a reader may choose, as a writer has it.
  private static let variants = [
    block(classes + "\nopacity: 0.8"), block(classes + "\ncolormap: viridis"), block(classes + "\nscale: shared"),
    block(layers + "\nopacity: 0.8"),
  ]

  /// All that a figure can be, from the first: signed, flat and shared, of two networks, of two pictures, with boxes, blank, and
  /// with maps that lie over another part of the photo, faded and flat.
  private static let kinds = [
    block("image: scene.png\nclasses: [index:8, apple]\nmethods: [signed, counterfactual]"),
    block("image: scene.png\nclasses: [index:8, apple]\nmethods: [signed, grad-cam]\nblend: flat\nscale: shared"),
    block("image: scene.png\nmodel: [tabletop, padded]\nclasses: [index:8]\nmethods: [grad-cam]"),
    block("image: [scene.png, mug.jpg]\nclasses: [index:8]\nmethods: [grad-cam]\nscale: shared"),
    block(
      """
      image: scene.png
      classes: [index:8, apple]
      methods: [grad-cam, localization]
      boxes: {apple: [190, 90, 100, 100]}
      """),
    block("image: cloth-mug.jpg\nmodel: shortcut\nclasses: [apple, index:8]\nmethods: [grad-cam]"),
    block("image: scene.png\nmodel: window\nclasses: [index:8, apple]\nmethods: [grad-cam, signed]"),
    block("image: scene.png\nmodel: window\nclasses: [index:8, apple]\nmethods: [grad-cam, signed]\nblend: flat"),
  ]

  /// A collection under two networks, of which the second takes the cloth for a mug.
  private static let things = """
    image: things/*.png
    truth: things/truth.csv
    model: [tabletop, shortcut]
    sort: error
    methods: [grad-cam]
    caption: Six photos of things.
    """

  /// What they show. One line is wrong.
  static let truth = """
    file,class,caption,tags
    bottle-glass.png,bottle,,glass; dim
    bottle-glass.png,wine glass,,
    cloth-book.png,book,A book on a cloth,cloth
    cloth-mug.png,index:8,,cloth
    far-die.png,die,,
    mug.png,apple,,dim
    pawn-die.png,die,,
    pawn-die.png,chess pawn,,
    """

  static let pages = [
    "figures": page("Figures", figures) + table, "kinds": page("Kinds", kinds), "variants": page("Variants", variants),
    "things": page("Things", [block(things)]),
  ]

  static let home = """
    ---
    title: Home
    ---
    ```explain
    image: mug-apple.jpg
    model: tabletop
    classes: [index:8, apple]
    ```

    Text.
    """

  static let experiment = """
    ---
    title: Mug or apple?
    summary: Two questions.
    tags: [two]
    model: tabletop
    image: mug-apple.jpg
    classes: [index:8, apple]
    evidence: true
    ---
    """

  /// Experiments of words alone, so that lists have several pages.
  static let words = Dictionary(
    uniqueKeysWithValues: (1...3).map { ("words-\($0)", "---\ntitle: Words \($0)\ntags: [two, C++]\n---\nText.\n") })

  /// A page of somebody else that shows one of the figures.
  static let host = """
    <!DOCTYPE html>
    <html lang="en">
    <title>Elsewhere</title>
    <link rel="icon" href="favicon.svg">
    <h1>Elsewhere</h1>
    <iframe src="figures/pages/figures-1.html" title="A figure" width="900" height="450"></iframe>
    """

  /// Wider than a phone.
  private static let table = """

    | of all | with it | without it |
    | --- | --- | --- |
    | 0.123456789012345 | 0.123456789012345 | 0.123456789012345 |
    """

  private static func block(_ settings: String) -> String { "```explain\n\(settings)\n```\n" }

  private static func page(_ title: String, _ figures: [String]) -> String {
    "---\ntitle: \(title)\nmodel: tabletop\n---\nText.\n\n" + figures.joined(separator: "\n")
  }
}
