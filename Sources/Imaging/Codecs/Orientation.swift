/// How a stored picture has to be turned to stand upright.
///
/// Source: Exif 2.3, tag 274, whose values are the raw values here. The names say where the stored first row and first
/// column belong in the upright picture.
enum Orientation: Int {
  case upright = 1
  case topRight, bottomRight, bottomLeft, leftTop, rightTop, rightBottom, leftBottom

  /// Reads the orientation from an Exif block, which is a TIFF file without pixels.
  ///
  /// Anything out of order means `upright`: a bad tag is no reason to refuse a good picture.
  init(exif: ArraySlice<UInt8>) {
    self = Self.tag274(of: exif).flatMap(Self.init) ?? .upright
  }

  private static func tag274(of exif: ArraySlice<UInt8>) -> Int? {
    let isLittleEndian = exif.starts(with: "II*\0".utf8)
    guard isLittleEndian || exif.starts(with: "MM\0*".utf8) else { return nil }
    func number(at offset: Int, bytes count: Int) -> Int? {
      let slice = exif.dropFirst(offset)
      return isLittleEndian ? slice.littleEndian(bytes: count) : slice.bigEndian(bytes: count)
    }
    guard let directory = number(at: 4, bytes: 4), let count = number(at: directory, bytes: 2) else { return nil }
    for index in 0..<count {
      // Tag (2 bytes), type (2), count (4), value (4).
      let entry = directory + 2 + 12 * index
      guard let tag = number(at: entry, bytes: 2) else { return nil }
      if tag == 274 { return number(at: entry + 8, bytes: 2) }
    }
    return nil
  }
}

extension Orientation {
  /// Columns and rows of the upright picture, by those that are stored.
  func size(width: Int, height: Int) -> (width: Int, height: Int) {
    let swapsSides = rawValue >= 5
    return swapsSides ? (height, width) : (width, height)
  }
}

extension Image {
  /// The picture turned upright.
  func oriented(_ orientation: Orientation) -> Image {
    if orientation == .upright { return self }
    // The upright pixel (x, y) is the stored pixel origin + x·right + y·down.
    let last = width * height - 1
    let (origin, right, down) =
      switch orientation {
      case .upright: (0, 1, width)
      case .topRight: (width - 1, -1, width)
      case .bottomRight: (last, -1, -width)
      case .bottomLeft: (last - width + 1, 1, -width)
      case .leftTop: (0, width, 1)
      case .rightTop: (last - width + 1, -width, 1)
      case .rightBottom: (last, -width, -1)
      case .leftBottom: (width - 1, width, -1)
      }
    let (newWidth, newHeight) = orientation.size(width: width, height: height)
    return pixels.withUnsafeBufferPointer { source in
      Image(uncheckedWidth: newWidth, height: newHeight) { target in
        // In tiles, because one of the two pictures is walked down its columns.
        let tile = 32
        for top in stride(from: 0, to: newHeight, by: tile) {
          for left in stride(from: 0, to: newWidth, by: tile) {
            for y in top..<min(top + tile, newHeight) {
              for x in left..<min(left + tile, newWidth) {
                let from = (origin + x * right + y * down) * 3
                let to = (y * newWidth + x) * 3
                target[to] = source[from]
                target[to + 1] = source[from + 1]
                target[to + 2] = source[from + 2]
              }
            }
          }
        }
      }
    }
  }
}
