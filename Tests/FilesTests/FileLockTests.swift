import Files
import Foundation
import TestSupport
import Testing

@Suite("A lock lives as long as its process")
struct FileLockTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("lock") }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func take() throws -> FileLock {
    guard case .taken(let lock) = try FileLock.attempt(path) else { throw SystemError(code: EBUSY) }
    return lock
  }

  @Test("one has it at a time; the file says who, and goes with the lock")
  func exclusive() throws {
    do {
      let lock = try take()
      #expect(lock.isReal)
      #expect(FileLock.isHeld(path))
      guard case .held(let owner) = try FileLock.attempt(path) else {
        Issue.record("taken twice")
        return
      }
      #expect(owner.hasPrefix("process \(getpid()) on "))
      #expect(owner.contains(" since 20"))
    }
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(!FileLock.isHeld(path))
    _ = try take()
  }

  @Test("the lock of a process that was killed is taken over, whatever its number is now", arguments: [1, 999_999_999])
  func dead(process: Int) throws {
    // Process 1 lives, and so may any other of that number in another container.
    try folder.write("A lock of sitegen's, held by process \(process) on host since 2026-01-01T00:00:00Z\n", to: "lock")
    let before = FileIdentity(of: path)
    #expect(link(path, folder.path("other name")) == 0)
    #expect(!FileLock.isHeld(path))
    do {
      let lock = try take()
      #expect(FileIdentity(of: path) != before)
      withExtendedLifetime(lock) {}
    }
    // Never written into: it may have other names.
    #expect(try String(contentsOfFile: folder.path("other name"), encoding: .utf8).contains("process \(process) "))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("a lock that was removed and taken by somebody else is not removed again")
  func replaced() throws {
    var first: FileLock? = try take()
    #expect(first != nil)
    try FileManager.default.removeItem(atPath: path)
    let second = try take()
    first = nil
    #expect(FileManager.default.fileExists(atPath: path))
    withExtendedLifetime(second) {}
  }

  @Test("what is no lock of ours is left alone", arguments: ["text", "folder", "link", "pipe", "large"])
  func foreign(kind: String) throws {
    switch kind {
    case "folder": try folder.write("x", to: "lock/x")
    case "link": try folder.link(folder.url.appendingPathComponent("target"), as: "lock")
    case "pipe": #expect(mkfifo(path, 0o600) == 0)
    case "large": try folder.write("A lock of sitegen's, held by " + String(repeating: "x", count: 5000), to: "lock")
    default: try folder.write("mine", to: "lock")
    }
    let before = FileIdentity(of: path)
    #expect(throws: FileLock.Fault.foreign) { try FileLock.attempt(path) }
    #expect(FileLock.isHeld(path))
    #expect(FileIdentity(of: path) == before)
    #expect(!FileManager.default.fileExists(atPath: folder.path("target")))
  }

  @Test("a lock where no file can be made is a fault")
  func impossible() throws {
    #expect(throws: FileLock.Fault.system(.absent)) { try FileLock.attempt(folder.path("none/lock")) }
  }

  @Test("many threads that want it have it one after the other")
  func race() throws {
    let counter = Counter()
    let path = path
    Parallel.forEach(64, jobs: 16) { _ in
      while true {
        guard let attempt = try? FileLock.attempt(path) else { return }
        guard case .taken(let lock) = attempt else {
          usleep(200)
          continue
        }
        counter.enter()
        usleep(100)
        counter.leave()
        withExtendedLifetime(lock) {}
        return
      }
    }
    #expect(counter.most == 1)
    #expect(counter.entries == 64)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var inside = 0
    private(set) var most = 0
    private(set) var entries = 0
    func enter() {
      lock.withLock {
        inside += 1
        entries += 1
        most = max(most, inside)
      }
    }
    func leave() { lock.withLock { inside -= 1 } }
  }
}
