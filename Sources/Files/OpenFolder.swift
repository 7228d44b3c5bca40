import Foundation

/// A folder that is held open: what is done in it is done in this folder, whatever becomes of its path meanwhile.
///
/// Links in it are seen as links and never followed, and nothing is written into a file that is there already.
public final class OpenFolder: Sendable {
  private let descriptor: Int32

  /// Opens the folder at `path`, a link's target included.
  public init(_ path: String) throws(SystemError) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
  }

  private init(_ name: String, in folder: Int32) throws(SystemError) {
    descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
  }

  deinit { close(descriptor) }

  /// Opens a folder in this one.
  ///
  /// - Throws: the system's reason, also where `name` is a link.
  public func folder(_ name: String) throws(SystemError) -> OpenFolder { try OpenFolder(name, in: descriptor) }

  /// Makes a folder in this one, unless it is there.
  public func makeFolder(_ name: String) throws(SystemError) {
    guard mkdirat(descriptor, name, 0o777) == 0 || errno == EEXIST else { throw .last }
  }

  /// The names of all that lies in the folder, sorted by their bytes.
  public func names() throws(SystemError) -> [String] {
    // A stream closes its descriptor, and shares the place up to which it was read with the one that it came from.
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw .last }
    guard let stream = fdopendir(copy) else {
      let error = SystemError.last
      close(copy)
      throw error
    }
    defer { closedir(stream) }
    var names: [ExactPath] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(ExactPath(name)) }
      errno = 0
    }
    guard errno == 0 else { throw .last }
    return names.sorted().map(\.path)
  }

  /// Whether anything lies at `name`, and be it a link to nothing.
  public func has(_ name: String) -> Bool { status(name) != nil }

  /// The stamp of the regular file of this name; `nil` for anything else, such as a link.
  public func stamp(of name: String) -> FileStamp? { status(name).flatMap(FileStamp.init) }

  private func status(_ name: String) -> stat? {
    var status = stat()
    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
  }

  /// The bytes of a regular file, or `nil` where there is none or where it has more than `limit`.
  public func read(_ name: String, atMost limit: Int) -> [UInt8]? {
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return try? RegularFile(descriptor: file, atMost: limit).bytes
  }

  /// Writes a new file.
  ///
  /// - Throws: the system's reason, also where anything of this name is there; nothing of the file is left then.
  public func create(_ name: String, _ bytes: [UInt8]) throws(SystemError) {
    try PlainFiles.create(name, in: descriptor, bytes)
  }

  /// Gives a file another name, in the place of what is called so.
  public func rename(_ name: String, to target: String) throws(SystemError) {
    guard renameat(descriptor, name, descriptor, target) == 0 else { throw .last }
  }

  /// Removes a file or a link, never what it leads to, and no folder.
  public func remove(_ name: String) throws(SystemError) {
    guard unlinkat(descriptor, name, 0) == 0 else { throw .last }
  }
}

extension PlainFiles {
  /// Whether anything lies at `path`, and be it a link to nothing.
  public static func hasAnything(at path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Writes a file that is not there yet: never through a link, and never into a file that others know.
  ///
  /// - Throws: the system's reason, also where anything lies at `path`; nothing of the file is left then.
  public static func create(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    try create(path, in: AT_FDCWD, bytes)
  }

  fileprivate static func create(_ path: String, in folder: Int32, _ bytes: [UInt8]) throws(SystemError) {
    let file = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .last }
    var failure = append(bytes, to: file)
    // Some file systems tell only at the end that there was no room.
    if close(file) != 0, failure == nil { failure = .last }
    guard let failure else { return }
    unlinkat(folder, path, 0)
    throw failure
  }

  /// Appends all bytes to an open file.
  ///
  /// - Returns: why that failed.
  public static func append(_ bytes: some Collection<UInt8>, to file: Int32) -> SystemError? {
    func write(_ bytes: UnsafeBufferPointer<UInt8>) -> SystemError? {
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Foundation.write(file, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return .last }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return nil
    }
    return bytes.withContiguousStorageIfAvailable(write) ?? Array(bytes).withUnsafeBufferPointer(write)
  }
}
