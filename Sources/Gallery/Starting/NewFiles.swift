public import Diagnostics
import Files

/// Files that are made for a writer to go on with. Nothing that is there already is ever touched.
struct NewFiles {
  /// What a file holds.
  enum Contents {
    case bytes([UInt8])
    /// What another file holds.
    case copy(of: String)
  }

  private(set) var files: [(path: String, contents: Contents)] = []

  /// Adds a file at `path`, as the user would write it.
  mutating func add(_ path: String, _ contents: Contents) { files.append((path, contents)) }

  /// Adds a text file at `path`.
  mutating func add(_ path: String, text: String) { add(path, .bytes(Array(text.utf8))) }

  /// Writes all of them, or none where one is there already.
  ///
  /// - Parameter disk: the disk that is written to.
  /// - Returns: the paths.
  /// - Throws: every path that is taken; or the first that cannot be written, and then nothing new is left.
  func write(_ disk: Disk = Disk()) throws(DiagnosticList) -> [String] {
    let taken = files.map(\.path).filter(PlainFiles.hasAnything(at:))
    guard taken.isEmpty else {
      throw DiagnosticList(
        taken.map { .error("“\($0)” is there already.", hint: "Choose another name, or move it away.") })
    }
    var folders: [String] = []
    var written: [String] = []
    for (path, contents) in files {
      do throws(SystemError) {
        let folder = PathText.folder(of: path)
        if !folder.isEmpty { folders += try disk.makeFolders(folder) }
        switch contents {
        case .bytes(let bytes): try disk.write(bytes, to: path)
        case .copy(let source): _ = try disk.copy(source, to: path)
        }
        written.append(path)
      } catch {
        // What is new goes again, as far as the disk lets it.
        for file in written { try? disk.remove(file) }
        for folder in folders.reversed() { try? disk.removeFolder(folder) }
        throw DiagnosticList([.error("“\(path)” cannot be written: \(error).", hint: "Choose another place.")])
      }
    }
    return written
  }
}

/// What a command has made, and what its writer must still do.
public struct NewContent: Sendable {
  /// The files, as the user would write their paths.
  public let files: [String]
  /// What must be filled in or looked at.
  public let warnings: DiagnosticList
}
