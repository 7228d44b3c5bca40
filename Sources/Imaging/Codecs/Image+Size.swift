import Files

extension Image {
  /// Columns and rows of the picture in a PNG or JPEG file as it stands upright, from the file's head alone.
  ///
  /// - Returns: `nil` where the file cannot be read, has another format, or begins with a megabyte of something else.
  package static func size(ofFileAt path: String) -> (width: Int, height: Int)? {
    guard let file = OpenedFile(path) else { return nil }
    var head = file.piece(at: 0)
    guard let format = try? ImageFormat(of: head) else { return nil }
    if format == .png { return PNGDecoder.size(ofHead: head) }
    while true {
      if let size = JPEGDecoder.size(ofHead: head) { return size }
      let more = head.count < longestHead ? file.piece(at: head.count) : []
      guard !more.isEmpty else { return nil }
      head += more
    }
  }

  /// In bytes; colour profiles and thumbnails come before the size.
  private static let longestHead = 1 << 20
}
