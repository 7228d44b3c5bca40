import Foundation
import Synchronization

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

  fileprivate init(address: UnsafeMutableRawPointer, byteCount: Int, pool: BufferPool) {
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
    if case .pool(let pool) = release { pool.recycle(address, byteCount: byteCount) }
  }
}

/// Buffers by size, kept for the next run: fresh pages of a large allocation cost as much as a pass over them.
final class BufferPool: Sendable {
  private struct Address: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
  }

  private let free = Mutex<[Int: [Address]]>([:])

  /// An uninitialised buffer of at least one byte.
  func buffer(byteCount: Int) -> Buffer {
    let size = max(64, (byteCount + 63) & ~63)
    let known = free.withLock { $0[size]?.popLast() }
    let address = known?.pointer ?? UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    return Buffer(address: address, byteCount: size, pool: self)
  }

  fileprivate func recycle(_ address: UnsafeMutableRawPointer, byteCount: Int) {
    let entry = Address(pointer: address)
    free.withLock { $0[byteCount, default: []].append(entry) }
  }

  deinit {
    free.withLock { lists in
      for list in lists.values { for entry in list { entry.pointer.deallocate() } }
    }
  }
}
