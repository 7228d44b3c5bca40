import Foundation

/// The sources of this package.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../Sources").standardizedFileURL

  /// The rooms that are built here, which are not merely the door to a library.
  static func rooms() throws -> Set<String> {
    Set(
      try FileManager.default.contentsOfDirectory(atPath: root.path).filter { room in
        try files(of: room).contains { $0.path.hasSuffix(".swift") || $0.path.hasSuffix(".c") }
      })
  }

  /// The files of a room, each with its path in it.
  static func files(of room: String) throws -> [(path: String, place: URL)] {
    let folder = root.appendingPathComponent(room)
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.sorted().map { ($0, folder.appendingPathComponent($0)) }
  }

  /// The Swift sources of a room, each with its folder: the deepest one that `folders` names, or else the one that lies in the
  /// room itself.
  static func sources(
    of room: String, folders: [String] = []
  ) throws -> [(folder: String, source: SwiftSource)] {
    try files(of: room).filter { $0.path.hasSuffix(".swift") }.map { path, place in
      let parts = path.split(separator: "/").dropLast()
      let prefixes = (0...parts.count).reversed().map { parts.prefix($0).joined(separator: "/") }
      let folder = prefixes.first { folders.contains($0) && !$0.isEmpty } ?? String(parts.first ?? "")
      return (folder, SwiftSource(try String(contentsOf: place, encoding: .utf8)))
    }
  }
}
