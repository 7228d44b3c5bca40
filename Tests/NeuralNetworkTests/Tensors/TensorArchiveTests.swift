import Diagnostics
import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// .npz files as numpy writes them (Fixtures/archives, by `numpy.savez` and `numpy.savez_compressed` of numpy 2.4), and others.
@Suite("Archives of NumPy files")
struct TensorArchiveTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Fixtures/archives")

  private func read(_ bytes: [UInt8]) throws -> [String: Tensor] {
    try TemporaryFolder.with { folder in
      let url = folder.appendingPathComponent("a.npz")
      try Data(bytes).write(to: url)
      return try TensorArchive(contentsOfFile: url.path).tensors
    }
  }

  private func fault(_ bytes: [UInt8]) -> String? {
    #expect(throws: Diagnostic.self) { try read(bytes) }?.text
  }

  @Test("stored and deflated arrays are the same", arguments: ["stored", "deflated"])
  func numpy(name: String) throws {
    let file = Self.fixtures.appendingPathComponent(name + ".npz").standardizedFileURL
    let tensors = try TensorArchive(contentsOfFile: file.path).tensors
    #expect(tensors["a"] == Tensor(shape: [2, 3], [0, 1, 2, 3, 4, 5]))
    #expect(tensors["b"] == Tensor(shape: [], [-7]))
    #expect(tensors["empty_name"] == Tensor(shape: [2], [1, 0]))
    #expect(tensors["zeros"] == (name == "deflated" ? Tensor(shape: [64, 64]) : nil))
  }

  @Test("an archive cut off anywhere is refused, and so is one with any byte changed that says anything")
  func damage() throws {
    for name in ["stored", "deflated"] {
      let file = Self.fixtures.appendingPathComponent(name + ".npz").standardizedFileURL
      let bytes = Array(try Data(contentsOf: file))
      let whole = try read(bytes)
      for length in 0..<bytes.count { #expect(throws: Diagnostic.self) { try read(Array(bytes[..<length])) } }
      for position in bytes.indices {
        var changed = bytes
        changed[position] ^= 0x10
        // Times, versions and attributes say nothing; but no array comes out as another one.
        guard let found = try? read(changed) else { continue }
        for (name, tensor) in found where whole[name] != nil { #expect(tensor == whole[name]) }
      }
    }
  }

  @Test("sizes that are made up are not believed")
  func sizes() {
    let array = Tensor(shape: [2], [1, 2]).npyData
    func archive(_ change: (inout ArchiveBuilder.Claims) -> Void) -> [UInt8] {
      var (builder, claims) = (ArchiveBuilder(), ArchiveBuilder.Claims())
      change(&claims)
      builder.add("a.npy", array, claims: claims)
      return builder.bytes()
    }
    #expect(fault(archive { $0.size = 1 << 31 }) == "the archive unpacks to more than 1024 MiB.")
    #expect(fault(archive { ($0.method, $0.size) = (8, 1 << 29) })?.hasPrefix("the archive is damaged.") == true)
    #expect(fault(archive { $0.method = 8 })?.hasPrefix("“a”: “a.npy” in the archive is damaged.") == true)
    #expect(fault(archive { $0.checksum = 0 })?.hasPrefix("“a”: “a.npy” in the archive is damaged.") == true)
    #expect(fault(archive { $0.offset = 1 << 30 }) == "the archive ends too early.")
    #expect(fault(archive { $0.flags = 1 })?.hasPrefix("“a.npy” in the archive is encrypted.") == true)
    #expect(fault(archive { $0.method = 12 })?.contains("is packed by method 12") == true)
  }

  @Test("what no honest program writes, and what is no archive, is said")
  func others() throws {
    let array = Tensor(shape: [2], [1, 2]).npyData
    var twice = ArchiveBuilder()
    twice.add("a.npy", array)
    twice.add("a.npy", array)
    #expect(fault(twice.bytes())?.hasPrefix("the archive has two files “a.npy”.") == true)
    #expect(fault(ArchiveBuilder().bytes(claim: 60_000)) == "the archive has 60000 files; 256 are read.")
    #expect(fault(ArchiveBuilder().bytes(claim: 3)) == "the archive is damaged. Save it again with `numpy.savez`.")
    #expect(fault(array)?.hasPrefix("this is one array, not an archive of several.") == true)
    #expect(fault(Array("<!DOCTYPE html><html>".utf8)) == "this is not a .npz archive but a web page.")
    var text = ArchiveBuilder()
    text.add("../a.txt", Array("text".utf8))
    #expect(fault(text.bytes()) == "“../a.txt”: this is not a .npy array.")
    #expect(try read(ArchiveBuilder.npz(["x": Tensor(shape: [1], [3])])) == ["x": Tensor(shape: [1], [3])])
  }
}
