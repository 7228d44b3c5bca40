import Diagnostics
import Foundation
import NeuralNetwork
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

  /// [[1, 2, 3], [4, 5, 6]] but for what a type cannot hold, by numpy's names of types.
  static let types: [String: [UInt8]] = [
    "<f2": [0, 0x3c, 0, 0x40, 0, 0x42, 0, 0x44, 0, 0x45, 0, 0x46],
    ">f2": [0x3c, 0, 0x40, 0, 0x42, 0, 0x44, 0, 0x45, 0, 0x46, 0],
    ">f4": [0x3f, 0x80, 0, 0, 0x40, 0, 0, 0, 0x40, 0x40, 0, 0, 0x40, 0x80, 0, 0, 0x40, 0xa0, 0, 0, 0x40, 0xc0, 0, 0],
    "|u1": [1, 2, 3, 4, 5, 6], "|i1": [1, 2, 3, 4, 5, 6], "<i2": [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0],
    ">u2": [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6],
    "<i8": (1...6).flatMap { [UInt8($0), 0, 0, 0, 0, 0, 0, 0] },
    ">u4": (1...6).flatMap { [0, 0, 0, UInt8($0)] },
  ]

  @Test("numbers of every type, in either order of bytes and of axes", arguments: types.keys.sorted())
  func type(name: String) throws {
    let data = try #require(Self.types[name])
    let header = "{'descr': '\(name)', 'fortran_order': False, 'shape': (2, 3), }"
    #expect(try read(file(header, data)) == Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6]))
    let columns = "{'descr': '\(name)', 'fortran_order': True, 'shape': (3, 2), }"
    #expect(try read(file(columns, data)) == Tensor(shape: [3, 2], [1, 4, 2, 5, 3, 6]))
  }

  @Test("negative numbers and truth values")
  func signs() throws {
    #expect(
      try read(file("{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }", [0xff, 0xff, 0, 0x80]))
        == Tensor(shape: [2], [-1, -32768]))
    #expect(
      try read(file("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", [0, 1]))
        == Tensor(shape: [2], [0, 1]))
  }

  @Test("three axes, the first of which runs fastest, as numpy.asfortranarray has them")
  func columnMajor() throws {
    let header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }"
    // numpy.arange(12).reshape(2, 3, 2) in Fortran's order.
    #expect(
      try read(file(header, [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]))
        == Tensor(shape: [2, 3, 2], (0..<12).map { Float($0) }))
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
      "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", 8,
      "the array holds values of type “<c8”; floats of 2 to 8 bytes, whole numbers and truth values can be read. "
        + "Save it with `.astype('float32')`."
    ),
    (
      "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8,
      "the array holds values of type “|O”; floats of 2 to 8 bytes, whole numbers and truth values can be read. "
        + "Save it with `.astype('float32')`."
    ),
    (
      "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", 8,
      "the array holds records, not numbers. Save one of its fields."
    ),
    (
      "{'fortran_order': False, 'shape': (2,), }", 8,
      "the array does not say how its values are stored. Save it again with `numpy.save`."
    ),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 9, "the array has 1 bytes behind its last value."
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
      (0, "this is not a .npy array but an empty file."), (11, "this is not a .npy array."),
      (100, "the array ends too early."),
      (132, "the array has 1 values, which do not fill its shape 1×2."),
    ] {
      #expect {
        try read(Array(whole[..<count]))
      } throws: {
        ($0 as? Diagnostic)?.summary == "a.npy: error: " + expected
      }
    }
    var claim = whole
    claim[6] = 2
    claim.replaceSubrange(8..<12, with: [0, 0, 0, 0x40])
    var version = whole
    version[6] = 9
    for (bytes, expected) in [
      (
        claim,
        "the array's header claims 1073741824 bytes, which no array of numbers needs. Save it again with `numpy.save`."
      ),
      (Array("PK\u{3}\u{4}".utf8), "this is not a .npy array but a ZIP archive."),
      (version, "the array has version 9 of the format; 1 to 3 are known. Save it again with `numpy.save`."),
      (
        Array("version https://git-lfs.github.com".utf8),
        "this is a Git LFS pointer, not the array. Run “git lfs pull”."
      ),
    ] {
      #expect {
        try read(bytes)
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
