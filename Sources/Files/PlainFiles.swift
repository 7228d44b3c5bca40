import Foundation

/// The few calls that writing a site needs, without Foundation's detours: a site has thousands of small files.
public enum PlainFiles {
  /// The stamp of the file at `path`, a link's target included; `nil` for anything but a regular file.
  public static func stamp(of path: String) throws(SystemError) -> FileStamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .last }
    return FileStamp(status)
  }

  /// The first `count` bytes of a file, or all it has.
  public static func read(_ path: String, count: Int) throws(SystemError) -> [UInt8] {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw .last }
    defer { close(file) }
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let more = Foundation.read(file, buffer.baseAddress.map { $0 + filled }, count - filled)
        if more < 0, errno == EINTR { continue }
        if more < 0 { failure = .last }
        guard more > 0 else { return }
        filled += more
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ path: String) throws(SystemError) {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw .last }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .last }
  }

  /// The names of what lies in a folder, in no order.
  ///
  /// - Throws: where the folder cannot be listed to its end; `ENOENT` where there is none.
  public static func names(in folder: String) throws(SystemError) -> [String] {
    var names: [String] = []
    try forEachEntry(in: folder) { name, _ in names.append(name) }
    return names
  }

  /// What lies in a folder, in no order, and whether it is a folder and no link to one.
  ///
  /// - Throws: where the folder cannot be listed to its end; `ENOENT` where there is none.
  public static func entries(in folder: String) throws(SystemError) -> [(name: String, isFolder: Bool)] {
    var entries: [(name: String, isFolder: Bool)] = []
    try forEachEntry(in: folder) { name, type in entries.append((name, isFolder(type, folder + "/" + name))) }
    return entries
  }

  private static func forEachEntry(
    in folder: String, _ body: (_ name: String, _ type: UInt8) -> Void
  ) throws(SystemError) {
    guard let stream = opendir(folder) else { throw .last }
    defer { closedir(stream) }
    while true {
      // The end and a failure look alike but for this.
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { body(name, entry.pointee.d_type) }
    }
    if errno != 0 { throw .last }
  }

  private static func isFolder(_ type: UInt8, _ path: String) -> Bool {
    // Some file systems do not say what an entry is.
    guard type == DT_UNKNOWN else { return type == DT_DIR }
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
