public import Diagnostics
import Foundation

/// NumPy's .npy files. Source: NEP 1, versions 1 to 3; float32 and float64, little-endian, row-major.
extension Tensor {
  /// Reads a .npy file.
  ///
  /// - Throws: `Diagnostic` located at the file.
  public init(contentsOfNPYFile path: String) throws(Diagnostic) {
    let bytes: Bytes
    do {
      bytes = try Bytes(mapping: path)
    } catch {
      throw .error("the array \(error.reason).", at: SourceLocation(file: path))
    }
    do {
      self = try Tensor(npy: bytes)
    } catch {
      throw error.located(at: SourceLocation(file: path))
    }
  }

  private init(npy bytes: Bytes) throws(Diagnostic) {
    let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    guard bytes.count >= 12, bytes.buffer.prefix(6).elementsEqual(magic) else {
      throw .error("this is not a .npy array.")
    }
    let isFirstVersion = bytes.buffer[6] == 1
    let headerStart = isFirstVersion ? 10 : 12
    let length = (8..<headerStart).reversed().reduce(0) { $0 << 8 | Int(bytes.buffer[$1]) }
    guard length <= bytes.count - headerStart else { throw .error("the array ends too early.") }
    let header = bytes[headerStart..<(headerStart + length)].string
    guard header.contains("'fortran_order': False") else {
      throw .error("the array is stored column by column.", hint: "Save it with `numpy.ascontiguousarray`.")
    }
    guard let open = header.firstIndex(of: "("), let close = header[open...].firstIndex(of: ")") else {
      throw .error("the array states no shape.")
    }
    let sizes = header[header.index(after: open)..<close].split(separator: ",").map { $0.filter { $0 != " " } }
    let shape = sizes.filter { !$0.isEmpty }.map { Int($0) ?? -1 }
    let isDouble = header.contains("'<f8'")
    guard header.contains("'<f4'") || isDouble else {
      throw .error("the array does not hold float32 or float64 values.", hint: "Save it with `.astype('float32')`.")
    }
    let data = bytes[(headerStart + length)..<bytes.count]
    let capacity = data.count / (isDouble ? 8 : 4)
    guard shape.elementCount == capacity, shape.allSatisfy({ $0 > 0 }) else {
      throw .error("the array has \(capacity) values, which do not fill its shape \(shape.shapeText).")
    }
    self.init(shape: shape, isDouble ? data.values(as: Double.self).map { Float($0) } : data.values(as: Float.self))
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
