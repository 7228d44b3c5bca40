import Vocabulary

extension ModelCard {
  /// What the card says about the network, as lines of a table.
  func facts(in strings: Strings) -> [FactView] {
    let resize =
      switch input.resize {
      case .stretch: strings(.resizeStretch)
      case .crop(let side): strings(.resizeCrop, ["side": String(side)])
      case .pad: strings(.resizePad)
      }
    let size = NumberText.sides([input.width, input.height])
    var facts = [
      FactView(name: strings(.input), value: strings(.inputSize, ["size": size, "resize": resize])),
      FactView(name: strings(.channels), value: input.channels.rawValue.uppercased()),
      FactView(
        name: strings(.valueOfWhite),
        value: input.scale.map { NumberText.list([$0]) } ?? strings(.valueOfWhiteUnsaid)),
      FactView(name: strings(.mean), value: NumberText.list(input.mean)),
      FactView(name: strings(.standardDeviation), value: NumberText.list(input.std)),
    ]
    if let layers = defaults.layers {
      facts.append(FactView(name: strings(.layer), value: layers.map(\.value).joined(separator: ", ")))
    }
    return facts
  }
}
