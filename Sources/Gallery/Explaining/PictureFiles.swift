import Diagnostics
import Imaging
import Site

/// How a picture of a page is written.
///
/// What shows the photo is a JPEG file, a fifth of the size of a PNG at differences that nobody sees. A gradient, small
/// and looked at pixel by pixel, stays exact.
enum PictureFormat {
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

/// The picture files of a site. Figures of one page share the pictures that are the same.
struct PictureFiles {
  private struct Key: Hashable {
    let page: String
    let contents: [UInt8]
  }

  private var paths: [Key: String] = [:]
  private(set) var all: [OutputFile] = []

  /// Adds a picture of `request`'s figure, unless its page has the same one already.
  ///
  /// - Parameter name: the file's name without its extension.
  /// - Returns: the path under which the page finds the picture.
  mutating func add(
    _ picture: Image, as format: PictureFormat, name: String, for request: ExplainRequest
  ) throws -> String {
    let key = Key(page: request.id.page, contents: try format.encode(picture))
    if let known = paths[key] { return known }
    let page = request.id.page.hasSuffix(".md") ? String(request.id.page.dropLast(3)) : request.id.page
    let path = "explanations/\(page)/\(request.id.number)/\(name).\(format.fileExtension)"
    paths[key] = path
    all.append(OutputFile(path: path, contents: key.contents, origin: request.location.description))
    return path
  }
}
