import Files
import Foundation

/// The file by which a folder is known to be a store of ours, so that nothing is ever deleted in another's folder.
enum StoreMark {
  static let name = ".sitegen-store"
  static let text = "This folder is a store of sitegen: results that need not be computed again.\n"

  /// Whose a folder is.
  enum Owner: Equatable {
    /// There is no such folder yet.
    case nobody
    /// It has our mark.
    case sitegen
    /// It has no mark, but holds nothing that a store does not, as stores did before there was a mark.
    case unmarked
    /// It holds something else, such as this.
    case others(String)
    /// It is not a folder.
    case noFolder
    case unreadable(SystemError)
  }

  /// Looks at the folder at `path`.
  static func owner(of path: String) -> Owner {
    let folder: OpenFolder
    let names: [String]
    do throws(SystemError) {
      folder = try OpenFolder(path)
      names = try folder.names()
    } catch {
      switch error.code {
      case ENOENT: return .nobody
      case ENOTDIR: return .noFolder
      default: return .unreadable(error)
      }
    }
    // A mark that somebody is about to write may still lack its end.
    if let mark = folder.read(name, atMost: 4096), text.utf8.starts(with: mark) { return .sitegen }
    return names.first { !isOurs($0, in: folder) }.map(Owner.others) ?? .unmarked
  }

  /// Marks the folder at `path`, which version control leaves alone from then on.
  static func put(on path: String) throws(SystemError) {
    for (name, text) in [(name, text), (".gitignore", "*\n")] {
      do throws(SystemError) {
        try PlainFiles.create(path + "/" + name, Array(text.utf8))
      } catch  where error.code == EEXIST {
        continue
      }
    }
  }

  // MARK: - What a store without a mark may hold

  private static func isOurs(_ name: String, in folder: OpenFolder) -> Bool {
    switch name {
    case ".gitignore": return folder.read(name, atMost: 4096) == Array("*\n".utf8)
    case "hashes": return folder.stamp(of: name) != nil
    case "new": return holds(folder, name) { UUID(uuidString: $0) != nil }
    case "outputs": return holds(folder, name) { StoreKey(hex: String($0.prefix(64))) != nil }
    default: break
    }
    guard Store.Kind(rawValue: name) != nil, let kind = try? folder.folder(name), let prefixes = try? kind.names()
    else { return false }
    return prefixes.allSatisfy { prefix in
      prefix.utf8.count == 2 && holds(kind, prefix) { StoreKey(hex: prefix + $0) != nil }
    }
  }

  /// Whether there is a folder with nothing but regular files whose names fit.
  private static func holds(_ folder: OpenFolder, _ name: String, _ fits: (String) -> Bool) -> Bool {
    guard let inner = try? folder.folder(name), let names = try? inner.names() else { return false }
    return names.allSatisfy { fits($0) && inner.stamp(of: $0) != nil }
  }
}
