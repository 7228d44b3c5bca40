import Files

/// Takes away a site that another one has replaced, and nothing else.
///
/// What no build wrote is in both: its files have a second name there. Only a file that is ours, or that keeps its other name,
/// goes; whatever else has appeared meanwhile moves over.
struct Retirement {
  private let folder: String
  private let place: OutputPlace
  private let disk: Disk

  /// - Parameters:
  ///   - folder: the site that goes.
  ///   - place: where the site stands that replaces it.
  init(of folder: String, place: OutputPlace, disk: Disk) {
    self.folder = folder
    self.place = place
    self.disk = disk
  }

  /// - Throws: where something would be lost; it is left where it is then.
  func run() throws(SystemError) {
    guard try FileState(of: folder) != nil else { return }
    let ours = [try SiteMarker(in: folder), try SiteMarker(in: place.path)].compactMap { $0?.files }
    let content: FolderContent
    do throws(FolderFault) {
      content = try FolderContent(of: folder)
    } catch {
      throw error.reason
    }
    for path in content.files {
      let file = folder + "/" + path
      // The marker goes last: it tells what else is ours.
      if path == SiteMarker.name { continue }
      if path == OutputPlace.lockName || ours.contains(where: { $0[ExactPath(path)] != nil }) {
        try disk.remove(file)
        continue
      }
      let other = try FileState(of: place.file(path))
      if other == nil {
        let parent = RelativePath.folder(of: path)
        if !parent.isEmpty { try disk.makeFolders(place.file(parent)) }
        try disk.renameToNew(file, to: place.file(path))
      } else if try FileState(of: file)?.identity == other?.identity {
        try disk.remove(file)
      } else {
        throw SystemError.present
      }
    }
    if content.files.contains(SiteMarker.name) { try disk.remove(folder + "/" + SiteMarker.name) }
    for path in content.folders.reversed() { try disk.removeFolder(folder + "/" + path) }
  }
}
