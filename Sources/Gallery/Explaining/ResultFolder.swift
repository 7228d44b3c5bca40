import Diagnostics
import Files
import Foundation

/// The folder that a command fills: `sitegen explain`, or another.
///
/// In it, only files are overwritten that an earlier run of the command wrote: its manifest names them. Nothing is written
/// through links. Files are written beside their places and take them together, at the end.
final class ResultFolder: Sendable {
  /// What fills a folder.
  struct Kind: Sendable {
    /// The command, for messages.
    let command: String
    /// The file that names all others.
    let manifest: String
    /// The files that a manifest names; `nil` where the command did not write it.
    let files: @Sendable (Data) -> [String]?

    /// `sitegen explain`.
    static let explanation = Kind(command: "sitegen explain", manifest: ResultFolder.manifestName) { data in
      try? JSONDecoder().decode(EarlierManifest.self, from: data).allFiles
    }
  }

  static let manifestName = "manifest.json"

  private let path: String
  private let kind: Kind
  /// The files that earlier runs wrote.
  private let earlier: Set<ExactPath>
  private let pending = Guarded<[(path: String, temporary: String, folder: OpenFolder)]>([])

  /// Looks at a folder, which need not exist. Nothing is made.
  ///
  /// - Throws: `Diagnostic` where it is not a folder, or has a manifest that the command did not write.
  init(_ path: String, of kind: Kind = .explanation) throws(Diagnostic) {
    self.path = path
    self.kind = kind
    guard !path.isEmpty else { throw .error("The output folder has no name.", hint: Self.hint) }
    let folder: OpenFolder
    do throws(SystemError) {
      folder = try OpenFolder(path)
    } catch {
      guard error.code == ENOENT else { throw .error("“\(path)” cannot be written to: \(error).", hint: Self.hint) }
      earlier = []
      return
    }
    guard folder.has(kind.manifest) else {
      earlier = []
      return
    }
    guard let bytes = folder.read(kind.manifest, atMost: 1 << 26), let files = kind.files(Data(bytes)) else {
      throw .error(
        "“\(path)/\(kind.manifest)” is there already, and no “\(kind.command)” wrote it.",
        hint: "Move it away, or name another folder with --output.")
    }
    earlier = Set((files + [kind.manifest]).map(ExactPath.init))
  }

  private static let hint = "Name another with --output."

  /// The files that earlier runs wrote, without their manifest.
  var earlierFiles: [String] { files(with: [], replacing: []) }

  /// What is ours in the folder once `names` are written in the place of all at `replaced`, sorted.
  func files(with names: [String], replacing replaced: [String]) -> [String] {
    let rest = earlier.subtracting(replaced.map(ExactPath.init))
    return rest.union(names.map(ExactPath.init)).subtracting([ExactPath(kind.manifest)]).sorted().map(\.path)
  }

  /// Makes sure that files may be written. Nothing is made.
  ///
  /// - Throws: `Diagnostic` where one is there that the command did not write.
  func check(_ names: [String]) throws(Diagnostic) {
    guard let root = try? OpenFolder(path) else { return }
    for name in names {
      let (folder, file) = Self.parts(of: name)
      if let folder, root.has(folder) {
        guard let inner = try? root.folder(folder) else {
          throw .error("“\(path)/\(folder)” is not a folder, or is a link to one.", hint: Self.hint)
        }
        try check(file, in: inner, name)
      } else if folder == nil {
        try check(file, in: root, name)
      }
    }
  }

  private func check(_ file: String, in folder: OpenFolder, _ name: String) throws(Diagnostic) {
    guard folder.has(file), !earlier.contains(ExactPath(name)) || folder.stamp(of: file) == nil else { return }
    throw .error(
      "“\(path)/\(name)” is there already, and no “\(kind.command)” wrote it.",
      hint: "Move it away, or name another folder with --output.")
  }

  /// Writes one file beside its place, making the folders it needs.
  ///
  /// - Throws: `Diagnostic` with the system's reason.
  func write(_ bytes: [UInt8], to name: String) throws(Diagnostic) {
    do throws(SystemError) {
      try PlainFiles.makeFolder(path)
      let (folderName, _) = Self.parts(of: name)
      var folder = try OpenFolder(path)
      if let folderName {
        try folder.makeFolder(folderName)
        folder = try folder.folder(folderName)
      }
      let temporary = ".\(UUID().uuidString).new"
      try folder.create(temporary, bytes)
      pending.withLock { $0.append((name, temporary, folder)) }
    } catch {
      throw fault(error, name)
    }
  }

  /// Puts all that was written in its place, in the order in which it was written.
  ///
  /// - Parameter replaced: what the command was asked for. Where it wrote nothing there, since a map holds no evidence, what an
  ///   earlier run wrote goes.
  func commit(replacing replaced: [String]) throws(Diagnostic) {
    let written = Set(pending.withLock { $0.map { ExactPath($0.path) } })
    for name in replaced where earlier.contains(ExactPath(name)) && !written.contains(ExactPath(name)) {
      try retire(name)
    }
    for file in pending.withLock({ $0 }) {
      do throws(SystemError) {
        try file.folder.rename(file.temporary, to: Self.parts(of: file.path).file)
      } catch {
        throw fault(error, file.path)
      }
    }
    pending.withLock { $0 = [] }
  }

  private func retire(_ name: String) throws(Diagnostic) {
    do throws(SystemError) {
      let (folderName, file) = Self.parts(of: name)
      let root = try OpenFolder(path)
      if let folderName, !root.has(folderName) { return }
      let folder = if let folderName { try root.folder(folderName) } else { root }
      if folder.has(file) { try folder.remove(file) }
    } catch {
      throw fault(error, name)
    }
  }

  deinit {
    for file in pending.withLock({ $0 }) { try? file.folder.remove(file.temporary) }
  }

  private func fault(_ error: SystemError, _ name: String) -> Diagnostic {
    let isFull = error.code == ENOSPC || error.code == EDQUOT
    return .error(
      "“\(path)/\(name)” cannot be written: \(error).",
      hint: isFull ? "Free some space, or name another folder with --output." : Self.hint)
  }

  /// The folder and the file of `242/grad-cam.png`.
  private static func parts(of name: String) -> (folder: String?, file: String) {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    return parts.count == 2 ? (parts[0], parts[1]) : (nil, name)
  }
}

/// What a manifest must have to be one of ours, and the files that it names.
private struct EarlierManifest: Decodable {
  struct ClassEntry: Decodable {
    let index: Int
    let results: [Result]
  }

  struct Result: Decodable {
    let method: String
    let picture: String
    let array: String?
  }

  let model: String
  let image: String
  let input: [Int]
  let region: [Int]
  let notes: [String]
  let classes: [ClassEntry]
  let files: [String]?

  /// Manifests have listed every file only since the second version of the program.
  var allFiles: [String] {
    files ?? classes.flatMap(\.results).flatMap { [$0.picture, $0.array].compactMap { $0 } } + ["logits.npy"]
  }
}
