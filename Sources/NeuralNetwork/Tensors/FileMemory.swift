import Files
import Foundation

/// The bytes of a file, read once.
///
/// They are not mapped: a file that is cut off while it is mapped ends the program, and one that is written to changes numbers
/// under way. Networks that are open at the same time share one copy.
final class FileMemory: @unchecked Sendable {
  let buffer: UnsafeRawBufferPointer
  private let capacity: Int

  /// What tells two states of files apart.
  private struct State: Hashable {
    let device, inode, size, modified, changed: Int

    init(_ file: Int32) throws(BytesError) {
      var status = stat()
      guard fstat(file, &status) == 0 else { throw BytesError.system(errno) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw BytesError(reason: "is not a file") }
      #if canImport(Darwin)
        let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
      #else
        let (modified, changed) = (status.st_mtim, status.st_ctim)
      #endif
      device = Int(status.st_dev)
      inode = Int(truncatingIfNeeded: status.st_ino)
      size = Int(status.st_size)
      self.modified = Int(modified.tv_sec) * 1_000_000_000 + Int(modified.tv_nsec)
      self.changed = Int(changed.tv_sec) * 1_000_000_000 + Int(changed.tv_nsec)
    }

    /// Whether the file may change again without leaving a trace: clocks of file systems go in steps.
    var isFresh: Bool { Date().timeIntervalSince1970 - Double(max(modified, changed)) / 1e9 < 2 }
  }

  private struct Weak: @unchecked Sendable {
    weak var memory: FileMemory?
  }

  private static let open = Guarded<[State: Weak]>([:])

  /// The most bytes that a file may have; ONNX's own limit is 2 GiB, but files beside a model may be larger.
  private static let limit = 16 << 30

  /// - Throws: `BytesError` where the file at `path` cannot be read whole.
  static func reading(_ path: String) throws(BytesError) -> FileMemory {
    // Without waiting: opening a pipe would wait for its writer.
    let file = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw BytesError.system(errno) }
    defer { close(file) }
    let state = try State(file)
    if let known = open.withLock({ $0[state]?.memory }) { return known }
    let memory = try FileMemory(file, size: state.size)
    guard try State(file) == state else { throw BytesError(reason: "changed while it was being read") }
    if !state.isFresh {
      open.withLock { open in
        open = open.filter { $0.value.memory != nil }
        open[state] = Weak(memory: memory)
      }
    }
    return memory
  }

  /// Reads an open file.
  ///
  /// - Parameter size: what the system says that it has; where it ends sooner, it is being changed.
  init(_ file: Int32, size: Int) throws(BytesError) {
    guard size <= Self.limit else {
      throw BytesError(reason: "has \(size) bytes, more than the \(Self.limit) that can be read")
    }
    guard size > 0 else {
      (buffer, capacity) = (UnsafeRawBufferPointer(start: nil, count: 0), 0)
      return
    }
    let address = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    guard let address, address != MAP_FAILED else { throw BytesError.system(errno) }
    (buffer, capacity) = (UnsafeRawBufferPointer(start: address, count: size), size)
    #if os(Linux)
      // MADV_HUGEPAGE, where it is worth it; where it is refused, pages stay small.
      if size >= 4 << 20 { madvise(address, size, 14) }
    #endif
    try Self.fill(address, size, from: file)
  }

  /// Reads `size` bytes of a file, many of them in parts on several processors: most of the time goes into copying them.
  private static func fill(_ address: UnsafeMutableRawPointer, _ size: Int, from file: Int32) throws(BytesError) {
    let part = 4 << 20
    // To start a thread takes about as long as to copy a part.
    let jobs = min(Parallel.processorCount, size / (4 * part) + 1)
    // Unchecked, because each call has a part of its own.
    nonisolated(unsafe) let address = address
    _ = try Parallel.map(Array(stride(from: 0, to: size, by: part)), jobs: jobs) { start throws(BytesError) in
      let end = min(start + part, size)
      var position = start
      while position < end {
        let count = pread(file, address + position, end - position, off_t(position))
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw BytesError.system(errno) }
        guard count > 0 else { throw BytesError(reason: "changed while it was being read") }
        position += count
      }
    }
  }

  deinit {
    if capacity > 0 { munmap(UnsafeMutableRawPointer(mutating: buffer.baseAddress), capacity) }
  }
}
