import Diagnostics
import Foundation

extension Image {
  /// Reads a PNG or JPEG file and turns it upright.
  ///
  /// Transparent pixels are laid over white. Colour values are taken as they are stored, without colour management, as
  /// the training pipelines of image classifiers do.
  ///
  /// - Throws: a `Diagnostic` located at `path` if the file is missing, unreadable, damaged, too large, or of another
  ///   format.
  public init(contentsOfFile path: String) throws {
    let location = SourceLocation(file: path)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Diagnostic.error(
        "There is no such file.", at: location, hint: "Check the path, and upper and lower case in it.")
    }
    if isDirectory.boolValue {
      throw Diagnostic.error(
        "This is a folder, not a picture.", at: location, hint: "Name a PNG or JPEG file inside it.")
    }
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw Diagnostic.error(
        "The file cannot be read: \(error.localizedDescription)", at: location, hint: "Check its permissions.")
    }
    try self.init(decoding: bytes, name: path)
  }

  /// Decodes the bytes of a PNG or JPEG file, as `init(contentsOfFile:)` does.
  ///
  /// - Parameter name: the file that diagnostics name.
  /// - Throws: a `Diagnostic` located at `name` if the bytes are damaged, hold too large a picture, or another format.
  public init(decoding bytes: [UInt8], name: String) throws {
    do {
      switch try ImageFormat(of: bytes) {
      case .png: self = try PNGDecoder.decode(bytes)
      case .jpeg: self = try JPEGDecoder.decode(bytes)
      }
    } catch let diagnostic as Diagnostic {
      throw diagnostic.located(at: SourceLocation(file: name))
    }
  }
}
