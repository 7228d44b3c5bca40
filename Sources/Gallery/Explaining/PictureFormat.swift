import Imaging

/// How a picture of a page is written.
///
/// What shows the photo is a JPEG file, a fifth of the size of a PNG at differences that nobody sees. A gradient, small
/// and looked at pixel by pixel, stays exact.
enum PictureFormat: String, Codable, Sendable {
  case jpeg, png

  var fileExtension: String {
    switch self {
    case .jpeg: "jpg"
    case .png: "png"
    }
  }

  func encode(_ picture: Image) throws -> [UInt8] {
    switch self {
    case .jpeg: try picture.jpegData()
    case .png: try picture.pngData()
    }
  }
}
