import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Only regular files are read, and no more of them than allowed")
struct RegularFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("a file within the limit is read whole, through links too", arguments: [0, 1, 100, 70_000])
  func whole(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    try Data(bytes).write(to: folder.url.appendingPathComponent("file"))
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "file")
    let file = try RegularFile(folder.path("link"), atMost: count)
    #expect(file.bytes == bytes)
    #expect(file.stamp == FileStamp(of: folder.path("file")))
  }

  @Test("a file above the limit is not read")
  func large() throws {
    try folder.write("four", to: "file")
    let fault = #expect(throws: RegularFile.Fault.self) { try RegularFile(folder.path("file"), atMost: 3) }
    #expect(fault == .tooLarge(limit: 3))
    #expect(fault?.description == "it is larger than 3 bytes")
  }

  @Test("a pipe that nobody writes to is refused at once, and so is a folder")
  func irregular() throws {
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    for path in [folder.path("pipe"), folder.url.path, "/dev/zero"] {
      #expect(throws: RegularFile.Fault.notRegular) { try RegularFile(path, atMost: 10) }
    }
  }

  @Test("a file that is not there has the system's reason")
  func missing() {
    let fault = #expect(throws: RegularFile.Fault.self) { try RegularFile(folder.path("none"), atMost: 10) }
    #expect(fault?.description == "No such file or directory")
  }
}
