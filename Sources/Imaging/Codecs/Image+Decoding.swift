package import Diagnostics
package import Files
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
    try self.init(decoding: Self.file(at: path).bytes, name: path)
  }

  /// Most bytes that a picture's file may have: 256 MiB.
  public static let maximumFileSize = 1 << 28

  /// A picture's file as it lies on the disk, for who needs its bytes besides the picture.
  ///
  /// - Throws: a `Diagnostic` located at `path` if the file is missing, unreadable, too large or no regular file.
  package static func file(at path: String) throws(Diagnostic) -> RegularFile {
    let location = SourceLocation(file: path)
    do throws(RegularFile.Fault) {
      return try RegularFile(path, atMost: maximumFileSize)
    } catch {
      switch error {
      case .system(SystemError(code: ENOENT)), .system(SystemError(code: ENOTDIR)):
        throw .error("There is no such file.", at: location, hint: "Check the path, and upper and lower case in it.")
      case .notRegular where isFolder(path):
        throw .error("This is a folder, not a picture.", at: location, hint: "Name a PNG or JPEG file inside it.")
      case .notRegular:
        throw .error("This is a pipe or a device, not a picture.", at: location, hint: "Name a PNG or JPEG file.")
      case .tooLarge: throw .error("The file cannot be read: \(error).", at: location, hint: "Shrink the picture.")
      case .system: throw .error("The file cannot be read: \(error).", at: location, hint: "Check its permissions.")
      }
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
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
