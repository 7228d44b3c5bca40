import NeuralNetwork

/// Tensors as bytes: for each the number of axes, their sizes, and the values, all in words of 32 bits, little-endian.
extension [Tensor] {
  /// Reads stored tensors; `nil` where the bytes are none.
  init?(stored bytes: [UInt8]) {
    var words = Words(bytes)
    self = []
    while !words.isEmpty {
      guard let axes = words.next(), axes <= 8, let shape = words.next(Int(axes)) else { return nil }
      let count = shape.reduce((1, false)) { count, size in
        let (product, overflow) = count.0.multipliedReportingOverflow(by: Int(size))
        return (product, count.1 || overflow)
      }
      guard !count.1, let values = words.next(count.0) else { return nil }
      append(Tensor(shape: shape.map(Int.init), values.map(Float.init(bitPattern:))))
    }
  }

  /// The tensors as bytes.
  var stored: [UInt8] {
    flatMap { tensor -> [UInt8] in
      let words = [UInt32(tensor.shape.count)] + tensor.shape.map { UInt32($0) } + tensor.values.map(\.bitPattern)
      return words.map(\.littleEndian).withUnsafeBytes { [UInt8]($0) }
    }
  }
}

/// Words of 32 bits, one after the other.
private struct Words {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isEmpty: Bool { position == bytes.count }

  mutating func next() -> UInt32? { next(1)?.first }

  /// The next `count` words, or `nil` where there are fewer.
  mutating func next(_ count: Int) -> [UInt32]? {
    guard count >= 0, count <= (bytes.count - position) / 4 else { return nil }
    defer { position += count * 4 }
    return bytes.withUnsafeBytes { bytes in
      (0..<count).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position + $0 * 4, as: UInt32.self))
      }
    }
  }
}
