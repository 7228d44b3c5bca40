import Diagnostics
import Files
import Foundation

/// A text file that a person wrote: UTF-8, any line endings, with or without a byte order mark.
struct SourceFile: Sendable {
  /// The file as the user knows it.
  let name: String
  /// The text with `\n` at the end of lines and no byte order mark.
  let text: String

  /// No page is larger; a larger file is a mistake, such as a picture with the wrong extension.
  private static let maximumBytes = 16 * 1024 * 1024

  init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Reads the file at `url`, called `name` in messages.
  static func read(_ url: URL, name: String) throws(Diagnostic) -> SourceFile {
    let bytes: [UInt8]
    do throws(RegularFile.Fault) {
      bytes = try RegularFile(url.path, atMost: maximumBytes).bytes
    } catch {
      throw .error("The file cannot be read: \(error).", at: SourceLocation(file: name))
    }
    return SourceFile(name: name, text: try decode(bytes, name: name))
  }

  static func decode(_ bytes: [UInt8], name: String) throws(Diagnostic) -> String {
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard let text = String(validating: content, as: UTF8.self) else {
      let line = bytes.prefix(firstInvalidByte(in: content)).count { $0 == 0x0A } + 1
      throw .error(
        "The text is not valid UTF-8.", at: SourceLocation(file: name, line: line),
        hint: "Save the file in UTF-8.")
    }
    if let control = content.firstIndex(where: isRefused) {
      let before = content[..<control]
      let line = before[(before.lastIndex(of: 0x0A).map { $0 + 1 } ?? before.startIndex)...]
      throw .error(
        "The text holds the control character \(MarkupText.name(of: Unicode.Scalar(content[control]))).",
        at: SourceLocation(
          file: name, line: before.count { $0 == 0x0A } + 1, column: String(decoding: line, as: UTF8.self).count + 1),
        hint: "Remove it: no web page may have it.")
    }
    guard text.utf8.contains(0x0D) else { return text }
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  /// Control characters but for tabs, line breaks and page breaks.
  private static func isRefused(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0C, 0x0D: false
    default: byte < 0x20 || byte == 0x7F
    }
  }

  /// The offset of the first byte that does not belong to valid UTF-8.
  private static func firstInvalidByte(in bytes: ArraySlice<UInt8>) -> Int {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = bytes.startIndex
    while case .valid(let scalar) = decoder.parseScalar(from: &iterator) { offset += scalar.count }
    return offset
  }
}
