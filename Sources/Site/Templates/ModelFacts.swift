extension ModelCard {
  /// What the card says about the network, as lines of a table.
  var facts: [FactView] {
    let resize =
      switch input.resize {
      case .stretch: "stretched to fit"
      case .crop(let side): "shorter side scaled to \(side) px, middle cut out"
      case .pad: "scaled to fit, the rest filled"
      }
    var facts = [
      FactView(name: "Input", value: "\(NumberText.sides([input.width, input.height])) px, \(resize)"),
      FactView(name: "Channels", value: input.channels.rawValue.uppercased()),
      FactView(
        name: "Value of white",
        value: input.scale.map { NumberText.list([$0]) } ?? "1, or 255 where whole numbers go in"),
      FactView(name: "Mean", value: NumberText.list(input.mean)),
      FactView(name: "Standard deviation", value: NumberText.list(input.std)),
    ]
    if let layers = defaults.layers {
      facts.append(FactView(name: "Layer", value: layers.map(\.value).joined(separator: ", ")))
    }
    return facts
  }
}
