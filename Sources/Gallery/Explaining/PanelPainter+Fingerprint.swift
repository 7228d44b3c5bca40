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
      let overlays = try overlaySamples().flatMap { overlay in
        overlay.indices + overlay.palette.flatMap { [$0.red, $0.green, $0.blue, $0.alpha] }
      }
      let pictures = try samples().flatMap { [UInt8($0.width), UInt8($0.height)] + $0.pixels }
      return SHA256.hash(pictures + overlays).hexadecimal
    } catch {
      // Nothing of the samples comes from outside.
      return "\(error)"
    }
  }()

  /// A small picture of each kind.
  static func samples() throws -> [Image] {
    let painter = try sample(.flat)
    let gradient = Tensor(shape: [1, 3, 6, 6], (0..<108).map { Float($0 * 29 % 17) - 8 })
    return [
      painter.view, try composite(painter, .whole), try composite(painter, part), try composite(sample(.fade), part),
      try painter.gradient(gradient),
      painter.boxes(found: Rect(x: 3, y: 2, width: 4, height: 5), reference: [Rect(x: 2, y: 3, width: 5, height: 4)]),
    ]
  }

  /// A small overlay of each kind.
  static func overlaySamples() throws -> [IndexedImage] {
    try Blend.allCases.flatMap { blend in
      let painter = try sample(blend)
      return try [false, true].map { try painter.overlay(map(), over: part, limit: 4, isSigned: $0) }
    }
  }

  private static func sample(_ blend: Blend) throws -> PanelPainter {
    let photo = try Image(width: 12, height: 10, pixels: (0..<360).map { UInt8($0 * 37 % 256) })
    let specification = try InputSpecification(width: 6, height: 6, resize: .crop(shorterSide: 8))
    let prepared = try specification.prepare(photo)
    return PanelPainter(
      view: prepared.view(of: photo), prepared: prepared, channels: specification.channels, colormap: .turbo,
      opacity: 0.5, blend: blend)
  }

  private static func map() throws -> Heatmap { try Heatmap(width: 3, height: 2, values: [0, 1, -2, 4, 3, 0.5]) }

  /// The part of a photo that a layer sees mirrored.
  private static var part: FieldOfView {
    var part = FieldOfView.whole
    part.horizontal = FieldOfView.Span(start: 0.75, end: 0.25)
    return part
  }

  private static func composite(_ painter: PanelPainter, _ view: FieldOfView) throws -> Image {
    let overlay = try painter.overlay(map(), over: view, limit: 4, isSigned: false)
    return try painter.composite(map(), over: view, limit: 4, isSigned: false, overlay)
  }
}
