import Foundation
import TestSupport
import Testing

@testable import Network

/// Writes small models for Tests/Fuzz to begin with.
@Suite("Seeds for the fuzzer")
struct FuzzSeedTests {
  private static let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"].map { URL(fileURLWithPath: $0) }

  @Test("written to FUZZ_SEEDS", .enabled(if: folder != nil, "Set FUZZ_SEEDS to a folder."))
  func write() throws {
    let folder = try #require(Self.folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let cases = try OperatorCase.load().filter { $0.variables.count == 1 && $0.variables[0].shape.count == 4 }
    #expect(!cases.isEmpty)
    let models = cases.map { $0.model(isBetweenConvolutions: false, isClassifier: true).bytes }
    for (index, bytes) in (models + [DamagedFileTests.model]).enumerated() {
      try Data(bytes).write(to: folder.appendingPathComponent("seed\(index).onnx"))
    }
  }
}
