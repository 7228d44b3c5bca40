import Diagnostics
import Files
import Imaging
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// The pictures of one cell of a report: the photo, both maps, and their difference.
struct DriftPictures {
  private(set) var pictures: [ComparedPicture] = []
  /// The files, by their paths from the page's folder.
  private(set) var files: [(path: String, bytes: [UInt8])] = []

  private let number: Int
  private let store: Store

  /// - Throws: `Diagnostic` where a picture cannot be read.
  init(_ cell: DriftCell, number: Int, _ store: Store) throws {
    (self.number, self.store) = (number, store)
    let photo = cell.a?.photo ?? cell.b?.photo
    let view = try photo.map { try add($0, "photo", title: "Photo", alt: "The photo \(cell.place.image).") }
    var ground = view ?? nil
    for (name, side) in [("A", cell.a), ("B", cell.b)] {
      guard let picture = side?.picture else { continue }
      let alt = "\(cell.place.method) for \(cell.place.subject) by \(name)."
      let shown = try add(picture, name.lowercased(), title: name, alt: alt)
      // Without a photo the difference stands alone, at the same size.
      if ground == nil, let shown { ground = try Image.blank(width: shown.width, height: shown.height) }
    }
    guard let a = cell.a, let b = cell.b, let ground else { return }
    guard let difference = try Self.difference(try a.result(), try b.result()) else { return }
    let facing = difference.facing(a.view)
    let overlay = try IndexedImage(
      facing, over: a.view.isWhole ? nil : a.view.region(width: ground.width, height: ground.height),
      width: ground.width, height: ground.height,
      colors: MapColors(.coolwarm, opacity: 0.7, blend: .fade, isSigned: true))
    let path = "pictures/\(number)-difference.jpg"
    files.append((path, try overlay.laid(over: ground).jpegData()))
    pictures.append(
      ComparedPicture(
        title: "Difference",
        picture: Figure.Picture(
          path: path, width: ground.width, height: ground.height,
          alt: "Where the map of B is higher than that of A, and where it is lower."),
        isDifference: true))
  }

  /// Adds a picture as it is.
  ///
  /// - Returns: the picture, decoded.
  private mutating func add(_ source: DriftPicture, _ name: String, title: String, alt: String) throws -> Image? {
    let bytes: [UInt8]?
    let ending: String
    switch source {
    case .stored(let picture):
      bytes = store.read(.pictures, picture.key)
      ending = picture.format.fileExtension
    case .file(let path):
      bytes = try Image.file(at: path).bytes
      ending = path.lowercased().hasSuffix(".png") ? "png" : "jpg"
    }
    guard let bytes else { return nil }
    let path = "pictures/\(number)-\(name).\(ending)"
    let image = try Image(decoding: bytes, name: path)
    files.append((path, bytes))
    pictures.append(
      ComparedPicture(
        title: title, picture: Figure.Picture(path: path, width: image.width, height: image.height, alt: alt)))
    return image
  }

  /// B − A, each divided by its highest magnitude, as 0…1 with 0.5 for no difference; `nil` where there are no two maps of one
  /// size.
  private static func difference(_ a: DriftResult, _ b: DriftResult) throws -> Heatmap? {
    guard case .map(let a, let isSigned) = a, case .map(let b, _) = b, (a.width, a.height) == (b.width, b.height),
      a.isFinite, b.isFinite
    else { return nil }
    let (first, second) = (a.strength(isSigned: isSigned), b.strength(isSigned: isSigned))
    guard first > 0 || second > 0 else { return nil }
    func share(_ value: Float, _ limit: Float) -> Float {
      limit > 0 ? (isSigned ? value : max(value, 0)) / limit : 0
    }
    let values = zip(a.values, b.values).map { 0.5 + (share($1, second) - share($0, first)) / 2 }
    return try Heatmap(width: a.width, height: a.height, values: values.map { min(max($0, 0), 1) })
  }
}

extension Image {
  /// A white picture.
  fileprivate static func blank(width: Int, height: Int) throws -> Image {
    try Image(width: width, height: height, pixels: [UInt8](repeating: 255, count: width * height * 3))
  }
}
