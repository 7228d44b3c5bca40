import Diagnostics
import Files
import Foundation
import Hashing

/// The file that tells that a folder was written by this program, and which files in it are ours.
///
/// What it does not list is somebody else's, and stays. It lies in the output itself, so it is there for another store and
/// on another machine too.
struct SiteMarker: Sendable {
  /// Its name, which a store's folder has as well: the name alone tells nothing.
  static let name = ".sitegen"

  /// The first line.
  private static let heading =
    "This folder is written by sitegen. Every build replaces the files that are listed here; all others stay.\n"
  /// All that markers held before they had a list.
  static let textWithoutList = "This folder is written by sitegen. Every build replaces it; do not edit it by hand.\n"

  /// Our files with the SHA-256 of what we wrote, in hexadecimal digits, by path; `nil` where the marker has no list, or a
  /// damaged one.
  let files: [ExactPath: String]?

  /// A marker that lists files.
  init(files: [ExactPath: String]) {
    self.files = files
  }

  /// Reads the marker of a folder; `nil` where it has none: a regular file, no link, with our own text.
  ///
  /// - Throws: where there is a file that cannot be read.
  init?(in folder: String) throws(SystemError) {
    let path = folder + "/" + Self.name
    guard try FileState(of: path)?.isRegular == true else { return nil }
    let bytes: [UInt8]
    do throws(RegularFile.Fault) {
      bytes = try RegularFile(path, atMost: 1 << 30).bytes
    } catch {
      guard case .system(let error) = error else { return nil }
      throw error
    }
    if bytes.elementsEqual(Self.textWithoutList.utf8) {
      files = nil
    } else if bytes.starts(with: Self.heading.utf8) {
      files = Self.parse(bytes)
    } else {
      return nil
    }
  }

  /// The marker as a file: a line for each of our files, as `sha256sum` writes it, and one for what stands above it.
  var bytes: [UInt8] {
    var text = Self.heading
    for (path, hash) in (files ?? [:]).sorted(by: { $0.key < $1.key }) {
      text += "\(hash)  \(Self.escaped(path.path))\n"
    }
    return Array(text.utf8) + Array("\(SHA256.hash(Array(text.utf8)).hexadecimal)  \(Self.name)\n".utf8)
  }

  private static func parse(_ bytes: [UInt8]) -> [ExactPath: String]? {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).dropFirst()
    guard let last = lines.last, let seal = entry(last), seal.path == name, bytes.last == UInt8(ascii: "\n"),
      SHA256.hash(bytes[..<last.startIndex]).hexadecimal == seal.hash
    else { return nil }
    var files: [ExactPath: String] = [:]
    for line in lines.dropLast() {
      guard let entry = entry(line), OutputPlan.isPlain(entry.path) else { return nil }
      files[ExactPath(entry.path)] = entry.hash
    }
    return files
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> (hash: String, path: String)? {
    let digits = 2 * SHA256.digestLength
    guard line.count > digits + 2, line.dropFirst(digits).starts(with: "  ".utf8) else { return nil }
    let path = String(decoding: line.dropFirst(digits + 2), as: UTF8.self)
    return (String(decoding: line.prefix(digits), as: UTF8.self), unescaped(path))
  }

  private static func escaped(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\n") }) else { return path }
    return path.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  }

  private static func unescaped(_ path: String) -> String {
    guard path.utf8.contains(UInt8(ascii: "\\")) else { return path }
    return path.split(separator: "\\\\", omittingEmptySubsequences: false).map { $0.replacing("\\n", with: "\n") }
      .joined(separator: "\\")
  }
}
