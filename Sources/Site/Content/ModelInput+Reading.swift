import Diagnostics
import Vocabulary

/// The widest input that any known classifier has is far below.
private let sides = 1...8192
private let sideExpectation = "a whole number of pixels from 1 to 8192"

extension YAMLMapping {
  /// The `input` of a model card; faults are reported here.
  mutating func modelInput() -> ModelCard.Input? {
    guard var input = mapping("input", ContentMapping.input.keys) else {
      reportIfMissing("input", hint: "Add `input:` with `size: [224, 224]`.")
      return nil
    }
    let result = input.inputKeys()
    report(input.finish())
    return result
  }

  private mutating func inputKeys() -> ModelCard.Input? {
    let size = inputSize()
    let resize = resize()
    let channels = choice("channels", of: ChannelOrder.self)?.value ?? .rgb
    let scale = number("scale", "a number above 0") { $0 > 0 }?.value
    let mean = perChannel("mean", channels, "a number") { _ in true }
    let std = perChannel("std", channels, "a number above 0") { $0 > 0 }
    guard let size, let resize else { return nil }
    let result = ModelCard.Input(
      width: size.width, height: size.height, resize: resize, channels: channels, scale: scale, mean: mean, std: std)
    if let warning = result.unitsWarning {
      report(warning.located(at: self.location(of: mean == nil ? "std" : "mean")))
    }
    if let warning = result.orderWarning { report(warning.located(at: self.location(of: "mean"))) }
    return result
  }

  /// `size: 224` or `size: [width, height]`.
  private mutating func inputSize() -> (width: Int, height: Int)? {
    guard let value = value("size") else {
      reportIfMissing("size", hint: "Add `size: [224, 224]`.")
      return nil
    }
    guard case .sequence(let elements) = value.kind else {
      return integer(of: value, "size", in: sides, "one side or [width, height] in pixels").map { ($0.value, $0.value) }
    }
    guard elements.count == 2 else {
      report(.error("“size” must be one side or [width, height] in pixels.", at: value.location))
      return nil
    }
    let lengths = elements.compactMap { integer(of: $0, "size", in: sides, sideExpectation)?.value }
    return lengths.count == 2 ? (lengths[0], lengths[1]) : nil
  }

  /// The names of the ways to fit a picture.
  private enum ResizeName: String, CaseIterable {
    case stretch, crop, pad
  }

  private mutating func resize() -> Resizing? {
    let name = choice("resize", of: ResizeName.self)
    let side = integer("shorter_side", in: sides, sideExpectation)
    guard let name else { return location(of: "resize") == nil ? .stretch : nil }
    switch name.value {
    case .crop:
      if let side { return .crop(shorterSide: side.value) }
      if location(of: "shorter_side") == nil {
        report(
          .error(
            "`resize: crop` needs `shorter_side`.", at: name.location,
            hint: "Add `shorter_side: 256`, as networks for 224 pixels mostly use."))
      }
      return nil
    case .stretch, .pad:
      if let place = location(of: "shorter_side") {
        report(.error("“shorter_side” goes with `resize: crop` only.", at: place, hint: "Remove one of them."))
      }
      return name.value == .pad ? .pad : .stretch
    }
  }

  /// A number for each channel.
  private mutating func perChannel(
    _ key: String, _ channels: ChannelOrder, _ expectation: String, where accepts: (Double) -> Bool
  ) -> [Double]? {
    guard let values = oneOrMore(key, { $0.number(of: $1, key, expectation, where: accepts) }) else { return nil }
    guard values.count == channels.count else {
      let numbers = channels.count == 1 ? "1 number" : "\(channels.count) numbers"
      report(
        .error(
          "“\(key)” has \(values.count) for \(channels.rawValue), which needs \(numbers).",
          at: values.first?.location ?? location))
      return nil
    }
    return values.map(\.value)
  }
}
