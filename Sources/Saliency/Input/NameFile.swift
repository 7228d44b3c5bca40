import Files
import Foundation

/// Reads files that list names in UTF-8, such as label files.
enum NameFile {
  /// Most bytes that such a file may have: 16 MiB.
  private static let maximumFileSize = 1 << 24

  /// The text of a file.
  ///
  /// - Parameter kind: what messages call it: “label file”.
  static func text(of path: String, called kind: String) throws(LabelFault) -> String {
    let bytes: [UInt8]
    do throws(RegularFile.Fault) {
      bytes = try RegularFile(path, atMost: maximumFileSize).bytes
    } catch {
      throw LabelFault("the \(kind) cannot be read: \(error).")
    }
    switch FileKind(bytes) {
    case .empty?: throw LabelFault("the \(kind) is empty.", hint: "Write one name a line.")
    case .gitLFSPointer?: throw LabelFault("this is a Git LFS pointer, not the \(kind).", hint: "Run “git lfs pull”.")
    case .html?: throw LabelFault("this is a web page, not a \(kind).", hint: "Download the file itself.")
    default: break
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) {
      throw LabelFault("the \(kind) is not UTF-8 text but looks like UTF-16.", hint: "Save it as UTF-8.")
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let text = String(bytes: bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...], encoding: .utf8) else {
      throw LabelFault("the \(kind) is not UTF-8 text.", hint: "Save it as UTF-8.")
    }
    return text
  }
}
