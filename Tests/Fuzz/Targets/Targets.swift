import Diagnostics
import Foundation

/// What may be fuzzed, by the name that Tests/Fuzz/fuzz is given.
private let targets: [String: @Sendable ([UInt8]) throws -> Void] = [
  "onnx": fuzzModel, "png": fuzzPicture, "jpeg": fuzzPicture, "npy": fuzzArray, "npz": fuzzArchive,
  "front-matter": fuzzFrontMatter,
  "block": fuzzBlock, "markdown": fuzzMarkdown, "template": fuzzTemplate, "labels": fuzzLabels, "store": fuzzStoreEntry,
]

private let target: @Sendable ([UInt8]) throws -> Void = {
  guard let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"], let target = targets[name] else {
    fatalError("FUZZ_TARGET must be one of \(targets.keys.sorted())")
  }
  return target
}()

/// One run of libFuzzer. It may end in a diagnostic, and in no other kind of error.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  do {
    try target(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch is Diagnostic {
  } catch is DiagnosticList {
  } catch {
    fatalError("another kind of error: \(error)")
  }
  return 0
}
