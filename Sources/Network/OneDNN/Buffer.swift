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

  private struct State {
    /// What was given back, by size.
    var free: [Int: [Address]] = [:]
    /// What was taken from the system.
    var blocks: [Address] = []
    /// The rest of the block from which buffers are cut.
    var rest: (start: Address, byteCount: Int)?
  }

  private let state = Mutex(State())

  /// An uninitialised buffer of at least one byte.
  func buffer(byteCount: Int) -> Buffer {
    let size = max(64, (byteCount + 63) & ~63)
    let address = state.withLock { $0.free[size]?.popLast() ?? Self.allocate(size, from: &$0) }
    return Buffer(address: address.pointer, byteCount: size, pool: self)
  }

  /// Cuts a buffer from a block, or takes a block for it alone.
  private static func allocate(_ size: Int, from state: inout State) -> Address {
    guard size < blockSize / 4 else { return block(size, for: &state) }
    if let rest = state.rest, rest.byteCount >= size {
      state.rest = (Address(pointer: rest.start.pointer + size), rest.byteCount - size)
      return rest.start
    }
    let block = block(blockSize, for: &state)
    state.rest = (Address(pointer: block.pointer + size), blockSize - size)
    return block
  }

  private static let blockSize = 16 << 20
  private static let largePageSize = 2 << 20

  /// Memory in large pages where the system has them: much of a network's first run is the handing out of memory page by
  /// page, and later runs look fewer addresses up.
  private static func block(_ size: Int, for state: inout State) -> Address {
    let pointer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: largePageSize)
    #if os(Linux)
      // MADV_HUGEPAGE; where it is refused, pages stay small.
      madvise(pointer, size, 14)
    #endif
    state.blocks.append(Address(pointer: pointer))
    return Address(pointer: pointer)
  }

  fileprivate func recycle(_ address: UnsafeMutableRawPointer, byteCount: Int) {
    let entry = Address(pointer: address)
    state.withLock { $0.free[byteCount, default: []].append(entry) }
  }

  deinit {
    state.withLock { state in
      for block in state.blocks { block.pointer.deallocate() }
    }
  }
}
