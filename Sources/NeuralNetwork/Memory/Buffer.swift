/// Memory aligned for vector instructions; it goes back to its pool when nobody holds it any more.
final class Buffer: @unchecked Sendable {
  let address: UnsafeMutableRawPointer
  let byteCount: Int
  private let release: Release

  private enum Release {
    /// Owned by a pool.
    case pool(BufferPool)
    /// A view of bytes that somebody else owns and that are never written.
    case view(Bytes)
  }

  /// Memory of a pool, which gets it back.
  init(address: UnsafeMutableRawPointer, byteCount: Int, pool: BufferPool) {
    self.address = address
    self.byteCount = byteCount
    release = .pool(pool)
  }

  /// A view of constant bytes, which stay where they are.
  init(viewing bytes: Bytes) {
    // oneDNN takes every address as mutable; a buffer made here is only ever bound to input arguments.
    let start = bytes.buffer.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
    address = start ?? UnsafeMutableRawPointer(bitPattern: 64).unsafelyUnwrapped
    byteCount = bytes.count
    release = .view(bytes)
  }

  deinit {
    if case .pool(let pool) = release { pool.takeBack(address, byteCount: byteCount) }
  }
}
