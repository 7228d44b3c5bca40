import Foundation
import Imaging
import Site

/// The picture that stands for a page in other people’s pages: of its first figure the photo and the first maps, side by side on the
/// theme’s paper.
struct PageStrip: Sendable {
  /// The size for which those who show pages of others ask.
  static let width = 1200
  static let height = 630
  /// Pixels around the pictures, and between them.
  private static let margin = 48
  private static let gap = 24
  /// The style sheet’s `--paper`, in light.
  private static let paper: [UInt8] = [0xFB, 0xFA, 0xF6]
  /// So many are still seen at the size of a thumb.
  private static let mostPictures = 3

  /// The pictures, from left to right; at least one.
  let pictures: [FigureRecord.Picture]

  /// - Parameters:
  ///   - page: the figures of the page.
  ///   - record: what a part of them became.
  /// - Returns: `nil` where none of them has been made.
  init?(_ page: [WholeFigure], _ record: (PartOfFigure) -> FigureRecord?) {
    for figure in page {
      // Of a collection, the first photo.
      let parts = figure.request.order == nil ? figure.parts : Array(figure.parts.prefix(1))
      let records = parts.compactMap(record)
      guard records.count == parts.count else { continue }
      let cells = FigureGrid(WholeFigure(request: figure.request, parts: parts), records).rows.flatMap { $0 }
      guard let photo = cells.first?.photo else { continue }
      let panels = cells.compactMap(\.panel)
      // Maps over the photo tell more at that size than gradients, which are grey.
      let order = panels.filter { $0.overlay != nil } + panels.filter { $0.overlay == nil }
      pictures = Array(([photo] + order.map(\.picture)).withoutRepetitions.prefix(Self.mostPictures))
      return
    }
    return nil
  }

  /// Stands for all that it is made from.
  var key: StoreKey {
    StoreKey("strip", ["1 \(Self.width) \(Self.height) \(Self.margin) \(Self.gap)"] + pictures.map(\.key.hex))
  }

  /// The strip, where the store has it.
  ///
  /// - Parameter reads: whether it is made sure that its bytes can be read.
  func stored(in store: Store, reads: Bool = false) -> FigureRecord.Picture? {
    guard let bytes = store.read(.figures, key),
      let picture = try? JSONDecoder().decode(FigureRecord.Picture.self, from: Data(bytes)),
      (picture.width, picture.height) == (Self.width, Self.height), picture.sizes.isEmpty,
      reads ? store.read(.pictures, picture.key) != nil : store.has(.pictures, picture.key)
    else { return nil }
    return picture
  }

  /// The strip, made where the store does not have it.
  ///
  /// - Parameter reads: whether it is made again, too, where its bytes cannot be read.
  /// - Returns: `nil` where the store cannot read back what it is made of.
  /// - Throws: a `Diagnostic` where the store cannot be written.
  func picture(in store: Store, reads: Bool) throws -> FigureRecord.Picture? {
    if let known = stored(in: store, reads: reads) { return known }
    var parts: [Image] = []
    for picture in pictures {
      guard let bytes = store.read(.pictures, picture.key) else { return nil }
      parts.append(try Image(decoding: bytes, name: picture.key.hex))
    }
    let key = try store.write(picture: PictureFormat.jpeg.encode(Self.side(parts)))
    let picture = FigureRecord.Picture(key: key, format: .jpeg, width: Self.width, height: Self.height)
    try store.write(.figures, self.key, Array(JSONEncoder().encode(picture)))
    return picture
  }

  /// Pictures side by side, of one height, in the middle.
  private static func side(_ pictures: [Image]) throws -> Image {
    let ratios = pictures.map { Double($0.width) / Double($0.height) }
    let room = Double(width - 2 * margin - (pictures.count - 1) * gap)
    let tall = max(1, Int(min(Double(height - 2 * margin), room / ratios.reduce(0, +))))
    let widths = ratios.map { max(1, Int((Double(tall) * $0).rounded())) }
    var sheet = try Image(
      width: width, height: height, pixels: (0..<width * height).flatMap { _ in paper })
    var x = (width - widths.reduce(0, +) - (pictures.count - 1) * gap) / 2
    for (picture, wide) in zip(pictures, widths) {
      sheet = sheet.pasting(picture.resized(width: wide, height: tall), x: x, y: (height - tall) / 2)
      x += wide + gap
    }
    return sheet
  }
}
