import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// Files that are read in several parts.
@Suite("Memory of files")
struct FileMemoryTests {
  /// Five parts, the last one short.
  private static let bytes = Data((0..<(16 << 20 + 3)).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })

  /// Calls `body` with a file that holds the bytes, open.
  private func withFile(_ body: (Int32) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      let url = folder.appendingPathComponent("bytes")
      try Self.bytes.write(to: url)
      let file = try FileHandle(forReadingFrom: url)
      try body(file.fileDescriptor)
      try file.close()
    }
  }

  @Test("every byte is where it was")
  func whole() throws {
    try withFile { file in
      let memory = try FileMemory(file, size: Self.bytes.count)
      #expect(memory.buffer.elementsEqual(Self.bytes))
    }
  }

  @Test("a file that became shorter since it was looked at is refused", arguments: [1, 4 << 20, 32 << 20])
  func shrunk(by missing: Int) throws {
    try withFile { file in
      let fault = #expect(throws: BytesError.self) { try FileMemory(file, size: Self.bytes.count + missing) }
      #expect(fault?.reason == "changed while it was being read")
    }
  }
}
