import Foundation

/// The few calls that writing a site needs, without Foundation's detours: a site has thousands of small files.
public enum PlainFiles {
  /// Writes a new file and returns its stamp.
  public static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(SystemError) -> FileStamp {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    guard file >= 0 else { throw .last }
    defer { close(file) }
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(file, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    var status = stat()
    guard fstat(file, &status) == 0, let stamp = FileStamp(status) else { throw .last }
    return stamp
  }

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

  /// Puts the file at `source` at `target` too: the same file where the file system can do that, else a copy.
  ///
  /// - Returns: the stamp at `target`, or `nil` where it is the same file.
  public static func link(_ source: String, to target: String) throws -> FileStamp? {
    if Foundation.link(source, target) == 0 { return nil }
    return try Data(contentsOf: URL(fileURLWithPath: source), options: .mappedIfSafe)
      .withUnsafeBytes { bytes throws(SystemError) in try write(bytes, to: target) }
  }

  /// The paths of all files below a folder, from there; what is neither a file nor a folder counts as a file, and links
  /// are not followed.
  ///
  /// - Throws: where a folder cannot be listed.
  public static func paths(below folder: String) throws(FolderFault) -> [String] {
    var paths: [String] = []
    var waiting = [""]
    while let inner = waiting.popLast() {
      let path = inner.isEmpty ? folder : folder + "/" + inner
      do throws(SystemError) {
        try forEachEntry(in: path) { name, type in
          let path = inner.isEmpty ? name : inner + "/" + name
          if isFolder(type, folder + "/" + path) { waiting.append(path) } else { paths.append(path) }
        }
      } catch {
        throw FolderFault(path: path, reason: error)
      }
    }
    return paths
  }

  /// The names of what lies in a folder, in no order.
  ///
  /// - Throws: where the folder cannot be listed to its end; `ENOENT` where there is none.
  public static func names(in folder: String) throws(SystemError) -> [String] {
    var names: [String] = []
    try forEachEntry(in: folder) { name, _ in names.append(name) }
    return names
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

  /// Exchanges two folders in one step.
  ///
  /// - Returns: false where the system or the file system cannot do that.
  public static func exchange(_ a: String, _ b: String) throws(SystemError) -> Bool {
    #if canImport(Darwin)
      if renamex_np(a, b, UInt32(RENAME_SWAP)) == 0 { return true }
    #else
      guard let renameat2 else { return false }
      // 2 is RENAME_EXCHANGE.
      if renameat2(AT_FDCWD, a, AT_FDCWD, b, 2) == 0 { return true }
    #endif
    guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else { throw .last }
    return false
  }

  #if !canImport(Darwin)
    private typealias Rename =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

    /// glibc's `renameat2`, which its headers show to GNU C alone; musl has none.
    private static let renameat2: Rename? = dlsym(dlopen(nil, RTLD_NOW), "renameat2").map {
      unsafeBitCast($0, to: Rename.self)
    }
  #endif
}
