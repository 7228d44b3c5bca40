import Foundation

/// A run of bytes and whoever keeps them alive: a file's memory or an array.
struct Bytes: @unchecked Sendable {
  /// The bytes; valid as long as `owner` lives. They may be misaligned for their element type.
  let buffer: UnsafeRawBufferPointer
  private let owner: AnyObject

  /// The bytes of the file at `path`, in memory of their own: whatever becomes of the file later, they stay.
  ///
  /// - Throws: `BytesError` with the reason.
  init(contentsOfFile path: String) throws(BytesError) {
    let memory = try FileMemory.reading(path)
    self.init(memory.buffer, owner: memory)
  }

  /// Copies trivial values.
  init(_ values: some Collection<some BitwiseCopyable>) {
    let storage = Storage(values)
    self.init(storage.buffer, owner: storage)
  }

  private init(_ buffer: UnsafeRawBufferPointer, owner: AnyObject) {
    self.buffer = buffer
    self.owner = owner
  }

  var count: Int { buffer.count }

  /// The part at `range`, which must lie inside.
  subscript(range: Range<Int>) -> Bytes {
    Bytes(UnsafeRawBufferPointer(rebasing: buffer[range]), owner: owner)
  }

  /// The bytes as UTF-8; invalid sequences are replaced.
  var string: String { String(decoding: buffer, as: UTF8.self) }

  /// Reads the bytes as little-endian values of a trivial type, copying them; a remainder is ignored.
  func values<Value: BitwiseCopyable>(as type: Value.Type) -> [Value] {
    let count = buffer.count / MemoryLayout<Value>.stride
    return [Value](unsafeUninitializedCapacity: count) { target, initialized in
      UnsafeMutableRawBufferPointer(target).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: buffer[..<(count * MemoryLayout<Value>.stride)]))
      initialized = count
    }
  }

  private final class Storage {
    let buffer: UnsafeRawBufferPointer

    init<Values: Collection>(_ values: Values) where Values.Element: BitwiseCopyable {
      let target = UnsafeMutableBufferPointer<Values.Element>.allocate(capacity: max(values.count, 1))
      _ = target.initialize(fromContentsOf: values)
      buffer = UnsafeRawBufferPointer(
        start: target.baseAddress, count: values.count * MemoryLayout<Values.Element>.stride)
    }

    deinit { buffer.deallocate() }
  }
}

/// Why bytes could not be had, as the end of a sentence whose subject is the file: “does not exist”.
struct BytesError: Error {
  let reason: String

  static func system(_ code: Int32) -> BytesError {
    BytesError(reason: code == ENOENT ? "does not exist" : "cannot be read (\(String(cString: strerror(code))))")
  }
}
