import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("A sign that a process uses a folder")
struct LeaseTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.url.path) }

  @Test("it is seen by others as long as it lasts, and leaves nothing behind")
  func life() throws {
    let mine = try Lease(in: folder.url.path)
    let other = try Lease(in: folder.url.path)
    #expect(try other.others().map(\.name) == [mine.name])
    #expect(try other.others().map(\.isAlive) == [true])
    #expect(try other.others().map(\.began) == [mine.began])
    mine.end()
    mine.end()
    #expect(try other.others().isEmpty)
    other.end()
    #expect(try names().isEmpty)
  }

  @Test("that of a process that was killed is known by the lock that nobody holds")
  func dead() throws {
    let lease = try Lease(in: folder.url.path)
    let sign = try Data(contentsOf: folder.url.appendingPathComponent(lease.name))
    lease.end()
    try sign.write(to: folder.url.appendingPathComponent(lease.name))
    let other = try Lease(in: folder.url.path)
    let found = try #require(try other.others().first)
    #expect(!found.isAlive)
    #expect(found.began == lease.began)
    other.remove(found)
    #expect(try names() == [other.name])
  }

  @Test(
    "that of another machine, whose locks may not be seen, counts for a day",
    arguments: [(0, true), (80_000, true), (100_000, false)])
  func otherMachine(age: Double, isAlive: Bool) throws {
    let name = UUID().uuidString
    try folder.write("another machine\n17\n", to: name)
    let date = Date(timeIntervalSinceNow: -age)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path(name))
    let lease = try Lease(in: folder.url.path)
    #expect(try lease.others().map(\.isAlive) == [isAlive])
    #expect(try lease.others().map(\.began) == [17])
  }

  @Test("what is no sign is not looked at")
  func foreign() throws {
    try folder.write("mine", to: "notes.txt")
    #expect(mkfifo(folder.path(UUID().uuidString), 0o600) == 0)
    try folder.link(folder.url.appendingPathComponent("notes.txt"), as: UUID().uuidString)
    #expect(try Lease(in: folder.url.path).others().isEmpty)
  }
}
