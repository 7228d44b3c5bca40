import Files
import Foundation

/// Memory for buffers, kept for the next ones: fresh pages cost as much as a pass over them.
///
/// All of it is cut from one reservation of addresses, so that any buffers that lay side by side can make room for a larger
/// one. The system gives memory to what is written first.
final class BufferPool: Sendable {
  private struct State {
    var free = FreeRanges()
    /// Where addresses were reserved: once, unless the system allows few.
    var reservations: [Range<Int>] = []
  }

  private let state = Guarded(State())

  /// An uninitialised buffer of at least one byte.
  func buffer(byteCount: Int) -> Buffer {
    let size = (max(1, byteCount) + Self.alignment - 1) / Self.alignment * Self.alignment
    let start = state.withLock { state in
      if let start = state.free.take(size) { return start }
      let addresses = Self.reserve(atLeast: size)
      state.reservations.append(addresses)
      state.free.give((addresses.lowerBound + size)..<addresses.upperBound)
      return addresses.lowerBound
    }
    return Buffer(
      address: UnsafeMutableRawPointer(bitPattern: start).unsafelyUnwrapped, byteCount: size, pool: self)
  }

  func takeBack(_ address: UnsafeMutableRawPointer, byteCount: Int) {
    let start = Int(bitPattern: address)
    state.withLock { $0.free.give(start..<(start + byteCount)) }
  }

  deinit {
    state.withLock { state in
      for addresses in state.reservations {
        munmap(UnsafeMutableRawPointer(bitPattern: addresses.lowerBound), addresses.count)
      }
    }
  }

  /// The width of a line of the cache.
  private static let alignment = 64

  /// Reserves as many addresses as the machine has memory, or what a limit on addresses allows.
  private static func reserve(atLeast size: Int) -> Range<Int> {
    let page = Int(getpagesize())
    let least = (size + page - 1) / page * page
    var count = max(least, Int(ProcessInfo.processInfo.physicalMemory) / page * page)
    while true {
      if let pointer = map(count) { return Int(bitPattern: pointer)..<(Int(bitPattern: pointer) + count) }
      // As with any allocation of Swift's: without the memory for a tensor there is nothing to go on with.
      guard count > least else { fatalError("no memory for \(size) bytes") }
      count = max(least, count / 2 / page * page)
    }
  }

  /// In large pages where the system has them: much of a network's first run is the handing out of memory page by page,
  /// and later runs look fewer addresses up.
  private static func map(_ count: Int) -> UnsafeMutableRawPointer? {
    let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
    guard let pointer = mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0), pointer != MAP_FAILED else {
      return nil
    }
    #if os(Linux)
      // MADV_HUGEPAGE; where it is refused, pages stay small.
      madvise(pointer, count, 14)
    #endif
    return pointer
  }
}
