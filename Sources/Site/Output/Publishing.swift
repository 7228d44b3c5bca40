import Files
import Foundation

/// Makes a folder hold another site by renaming single files into it.
struct Publishing {
  /// The folder that the site is in.
  let target: String
  /// The folder that the steps name files of.
  let source: String
  let disk: Disk
  /// A free name on the same file system, where files are to stay at their source as well.
  var passage: String?

  /// Takes steps one after the other. A step that was taken before is no fault.
  func run(_ steps: [PublishingStep]) throws(SystemError) {
    for step in steps { try run(step) }
  }

  /// Takes one step.
  func run(_ step: PublishingStep) throws(SystemError) {
    switch step {
    case .place(let name, let path): try place(name, path, isNew: false)
    case .add(let name, let path): try place(name, path, isNew: true)
    case .remove(let path, let hash): try remove(path, hash)
    }
  }

  private func place(_ name: String, _ path: String, isNew: Bool) throws(SystemError) {
    let file = source + "/" + name
    let end = target + "/" + path
    // Gone means there already.
    guard let state = try FileState(of: file) else { return }
    try makeFolders(above: path)
    guard let passage else { return try rename(file, to: end, isNew: isNew) }
    if try FileState(of: end)?.identity == state.identity { return }
    if try FileState(of: passage) != nil { try disk.remove(passage) }
    try disk.link(file, to: passage)
    try rename(passage, to: end, isNew: isNew)
  }

  private func makeFolders(above path: String) throws(SystemError) {
    for folder in RelativePath.folders(above: path) {
      if let state = try FileState(of: target + "/" + folder) {
        // A link may lead anywhere.
        guard state.isFolder else { throw SystemError(code: ENOTDIR) }
      } else {
        try disk.makeFolder(target + "/" + folder)
      }
    }
  }

  private func rename(_ file: String, to end: String, isNew: Bool) throws(SystemError) {
    guard isNew else { return try disk.rename(file, to: end) }
    try disk.renameToNew(file, to: end)
  }

  private func remove(_ path: String, _ hash: String) throws(SystemError) {
    let file = target + "/" + path
    if let state = try FileState(of: file) {
      guard state.isRegular, try FileContents.hash(of: file) == hash else { return }
      try disk.remove(file)
    }
    for folder in RelativePath.folders(above: path).reversed() {
      // A folder that is not empty stays, and so do those above it.
      guard (try? disk.removeFolder(target + "/" + folder)) != nil else { return }
    }
  }
}
