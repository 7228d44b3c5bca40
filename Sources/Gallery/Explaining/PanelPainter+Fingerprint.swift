import Hashing
import Imaging
import NeuralNetwork
import Saliency
import Vocabulary

extension PanelPainter {
  /// Another text whenever pictures are painted otherwise: of one picture of each kind, painted small.
  ///
  /// It is part of the keys under which stores keep figures, so that a changed painter paints them anew. Pixels count, and not the
  /// files that they become.
  static let fingerprint: String = {
    do {
      return SHA256.hash(try samples().flatMap { [UInt8($0.width), UInt8($0.height)] + $0.pixels }).hexadecimal
    } catch {
      // Nothing of the samples comes from outside.
      return "\(error)"
    }
  }()

  /// A small picture of each kind.
  static func samples() throws -> [Image] {
    let photo = try Image(width: 12, height: 10, pixels: (0..<360).map { UInt8($0 * 37 % 256) })
    let specification = try InputSpecification(width: 6, height: 6, resize: .crop(shorterSide: 8))
    let prepared = try specification.prepare(photo)
    let map = try Heatmap(width: 3, height: 2, values: [0, 1, -2, 4, 3, 0.5])
    let painter = PanelPainter(
      view: prepared.view(of: photo), prepared: prepared, channels: specification.channels, colormap: .turbo,
      opacity: 0.5)
    var part = FieldOfView.whole
    part.horizontal = FieldOfView.Span(start: 0.75, end: 0.25)
    let gradient = Tensor(shape: [1, 3, 6, 6], (0..<108).map { Float($0 * 29 % 17) - 8 })
    return [
      painter.view, try painter.overlay(map, over: .whole), try painter.overlay(map, over: part),
      try painter.gradient(gradient),
      painter.boxes(found: Rect(x: 3, y: 2, width: 4, height: 5), reference: [Rect(x: 2, y: 3, width: 5, height: 4)]),
    ]
  }
}
