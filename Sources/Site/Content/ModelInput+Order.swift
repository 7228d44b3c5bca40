public import Diagnostics
import Vocabulary

/// Whether `mean` stands in the order of `channels`.
///
/// The mean colour of ImageNet is copied from card to card, and which number is red's is not to be seen; with the wrong order,
/// scores are worse and no map says why.
extension ModelCard.Input {
  /// What is doubtful about the order, where the numbers are ImageNet's; `nil` where they are not, or in order.
  public var orderWarning: Diagnostic? {
    guard mean.count == 3, channels == .rgb || channels == .bgr else { return nil }
    let white = scale ?? 1
    let imageNet = [0.485, 0.456, 0.406]
    func isNear(_ colour: [Double]) -> Bool { zip(mean, colour).allSatisfy { abs($0 / white - $1) < 0.008 } }
    guard isNear(channels == .rgb ? imageNet.reversed() : imageNet) else { return nil }
    let (given, other) = channels == .rgb ? ("blue, green, red", "bgr") : ("red, green, blue", "rgb")
    return .warning(
      "`mean` is ImageNet’s in the order \(given), and `channels` is \(channels.rawValue).",
      hint: "Set `channels: \(other)` if the network was trained so; else turn `mean` and `std` round.")
  }
}
