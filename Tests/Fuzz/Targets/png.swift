import Imaging

/// Any bytes as a picture: decoded, resized, and written again. (`jpeg` is the same with other seeds.)
func fuzzPicture(_ bytes: [UInt8]) throws {
  // Larger ones cost time and find nothing new; the head says how large they are.
  if let size = pngSize(bytes), max(size.width, size.height) > 1 << 16 || size.width * size.height > 1 << 22 { return }
  let picture = try Image(decoding: bytes, name: "picture")
  let small = picture.resized(width: 7, height: 5)
  _ = try small.cropped(to: Rect(x: -1, y: 2, width: 9, height: 2)).pngData()
  if picture.width * picture.height < 1 << 16 {
    _ = try picture.jpegData()
    let again = try Image(decoding: picture.pngData(), name: "again")
    guard again == picture else { fatalError("another picture came back") }
  }
}

private func pngSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
  guard bytes.count > 24, bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) else { return nil }
  func number(_ start: Int) -> Int { bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) } }
  return (number(16), number(20))
}
