import Diagnostics
import Foundation
import Network
import TestSupport
import Testing

/// .npy files as numpy writes them.
@Suite("NumPy files")
struct TensorFileTests {
  /// A file with numpy's header for `description`, padded to a multiple of 64 bytes.
  private func file(_ description: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let start = version == 1 ? 10 : 12
    let padding = 63 - (start + description.utf8.count) % 64
    let header = Array(description.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0a]
    let size = [UInt8(header.count & 0xff), UInt8(header.count >> 8)] + (version == 1 ? [] : [0, 0])
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + header + data
  }

  private func read(_ bytes: [UInt8]) throws -> Tensor {
    try TemporaryFolder.with { folder in
      let url = folder.appendingPathComponent("a.npy")
      try Data(bytes).write(to: url)
      do {
        return try Tensor(contentsOfNPYFile: url.path)
      } catch let diagnostic as Diagnostic {
        throw Diagnostic.error(diagnostic.description.replacingOccurrences(of: folder.path + "/", with: ""))
      }
    }
  }

  private let floats: [UInt8] = [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0]

  @Test("float32, as numpy.save writes it")
  func float32() throws {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
    #expect(try read(file(header, floats)) == Tensor(shape: [1, 2], [1, -2.5]))
    #expect(try read(file(header, floats, version: 2)) == Tensor(shape: [1, 2], [1, -2.5]))
  }

  @Test("float64, vectors and scalars")
  func others() throws {
    #expect(
      try read(file("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]))
        == Tensor(shape: [1], [1.5]))
    #expect(
      try read(file("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", [0, 0, 0xe0, 0x40]))
        == Tensor(shape: [], [7]))
  }

  @Test(
    "what is written is read again, and begins as numpy's own", arguments: [[2, 3], [6], [1, 1, 6, 1], [1, 2, 3]])
  func written(shape: [Int]) throws {
    let tensor = Tensor(shape: shape, [1, -2, 0.5, 3e38, 0x1p-140, 0])
    let data = tensor.npyData
    #expect(try read(data) == tensor)
    #expect(data.count == 128 + 24)
    #expect(Array(data[..<10]) == [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0x76, 0])
    #expect(data[127] == 0x0a)
  }

  static let faults: [(header: String, byteCount: Int, expected: String)] = [
    (
      "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }", 8,
      "the array is stored column by column. Save it with `numpy.ascontiguousarray`."
    ),
    (
      "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", 8,
      "the array does not hold float32 or float64 values. Save it with `.astype('float32')`."
    ),
    (
      "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", 8,
      "the array does not hold float32 or float64 values. Save it with `.astype('float32')`."
    ),
    ("{'descr': '<f4', 'fortran_order': False, }", 8, "the array states no shape."),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 8,
      "the array has 2 values, which do not fill its shape 3."
    ),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 9223372036854775807), }", 8,
      "the array has 2 values, which do not fill its shape 2×9223372036854775807."
    ),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (-1, -2), }", 8,
      "the array has 2 values, which do not fill its shape -1×-2."
    ),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", 0,
      "the array has 0 values, which do not fill its shape 0."
    ),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, many), }", 8,
      "the array has 2 values, which do not fill its shape 2×-1."
    ),
  ]

  @Test("what is no array of ours", arguments: faults.indices)
  func fault(index: Int) throws {
    let (header, byteCount, expected) = Self.faults[index]
    #expect {
      try read(file(header, [UInt8](repeating: 0, count: byteCount)))
    } throws: {
      ($0 as? Diagnostic)?.summary == "a.npy: error: " + expected
    }
  }

  @Test("what is no array at all, or ends too early")
  func noArray() throws {
    let whole = file("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", floats)
    for (count, expected) in [
      (0, "this is not a .npy array."), (11, "this is not a .npy array."), (100, "the array ends too early."),
      (132, "the array has 1 values, which do not fill its shape 1×2."),
    ] {
      #expect {
        try read(Array(whole[..<count]))
      } throws: {
        ($0 as? Diagnostic)?.summary == "a.npy: error: " + expected
      }
    }
    #expect {
      try Tensor(contentsOfNPYFile: "/nowhere.npy")
    } throws: {
      ($0 as? Diagnostic)?.description == "/nowhere.npy: error: the array does not exist."
    }
  }
}
