public import Diagnostics
import Files
import Foundation

/// NumPy's .npy files.
extension Tensor {
  /// Most bytes that an array's file may have: 512 MiB.
  private static let maximumFileSize = 1 << 29

  /// Reads a .npy file of numbers, whatever their type and the order of bytes and axes; they become float32.
  ///
  /// - Throws: `Diagnostic` located at the file.
  public init(contentsOfNPYFile path: String) throws(Diagnostic) {
    let place = SourceLocation(file: path)
    let bytes: [UInt8]
    do throws(RegularFile.Fault) {
      bytes = try RegularFile(path, atMost: Self.maximumFileSize).bytes
    } catch {
      if error == .system(SystemError(code: ENOENT)) { throw .error("the array does not exist.", at: place) }
      throw .error("the array cannot be read: \(error).", at: place)
    }
    switch FileKind(bytes) {
    case .numPyArray?, nil: break
    case .gitLFSPointer?:
      throw .error("this is a Git LFS pointer, not the array.", at: place, hint: "Run “git lfs pull”.")
    case let found?: throw .error("this is not a .npy array but \(found.name).", at: place)
    }
    do throws(Diagnostic) {
      self = try Tensor(npy: bytes)
    } catch {
      throw error.located(at: place)
    }
  }

  /// Reads the bytes of a .npy file.
  ///
  /// - Throws: `Diagnostic` where they are none.
  public init(npy bytes: [UInt8]) throws(Diagnostic) {
    let header = try NumPyHeader(bytes)
    let (shape, size) = (header.shape, header.element.size)
    let (capacity, rest) = (bytes.count - header.length).quotientAndRemainder(dividingBy: size)
    guard shape.elementCount == capacity, shape.allSatisfy({ $0 > 0 }) else {
      throw .error("the array has \(capacity) values, which do not fill its shape \(shape.shapeText).")
    }
    guard rest == 0 else { throw .error("the array has \(rest) bytes behind its last value.") }
    let values = header.element.values(bytes[header.length...])
    self.init(shape: shape, header.isColumnMajor ? Self.rowMajor(values, shape) : values)
  }

  /// Values whose first axis runs fastest, in the order in which the last does.
  private static func rowMajor(_ values: [Float], _ shape: [Int]) -> [Float] {
    let strides = shape.indices.map { Array(shape[..<$0]).elementCount }
    var index = [Int](repeating: 0, count: shape.count)
    var source = 0
    return values.indices.map { _ in
      let value = values[source]
      for axis in shape.indices.reversed() {
        index[axis] += 1
        source += strides[axis]
        if index[axis] < shape[axis] { break }
        source -= strides[axis] * shape[axis]
        index[axis] = 0
      }
      return value
    }
  }

  /// The tensor as a .npy file, float32.
  public var npyData: [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(sizes)), }"
    // The data begins at a multiple of 64; the header ends in a line break.
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let length = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)] + Array(header.utf8)
      + values.withUnsafeBytes(Array.init)
  }
}

extension NumPyHeader.Element {
  /// The numbers that bytes hold, as float32.
  fileprivate func values(_ bytes: ArraySlice<UInt8>) -> [Float] {
    switch (kind, size) {
    case (.float, 2): numbers(bytes, UInt16.self) { Float(halfBits: $0) }
    case (.float, 4): numbers(bytes, UInt32.self) { Float(bitPattern: $0) }
    case (.float, _): numbers(bytes, UInt64.self) { Float(Double(bitPattern: $0)) }
    case (.signed, 1): numbers(bytes, Int8.self) { Float($0) }
    case (.signed, 2): numbers(bytes, Int16.self) { Float($0) }
    case (.signed, 4): numbers(bytes, Int32.self) { Float($0) }
    case (.signed, _): numbers(bytes, Int64.self) { Float($0) }
    case (.truth, _): numbers(bytes, UInt8.self) { $0 == 0 ? 0 : 1 }
    case (.unsigned, 1): numbers(bytes, UInt8.self) { Float($0) }
    case (.unsigned, 2): numbers(bytes, UInt16.self) { Float($0) }
    case (.unsigned, 4): numbers(bytes, UInt32.self) { Float($0) }
    case (.unsigned, _): numbers(bytes, UInt64.self) { Float($0) }
    }
  }

  private func numbers<Value: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: ArraySlice<UInt8>, _ type: Value.Type, _ convert: (Value) -> Float
  ) -> [Float] {
    bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / size).map { index in
        let value = bytes.loadUnaligned(fromByteOffset: index * size, as: Value.self)
        return convert(isBigEndian ? Value(bigEndian: value) : Value(littleEndian: value))
      }
    }
  }
}
