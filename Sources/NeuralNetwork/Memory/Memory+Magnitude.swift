import CKernels

extension Memory {
  /// The largest |x| of the tensor: infinity where one is infinite, NaN where one is not a number.
  var greatestMagnitude: Float { Threads.greatestMagnitude(address, count: layout.elementCount) }

  /// Whether every element is a number and none infinite.
  var isFinite: Bool { greatestMagnitude.isFinite }
}

extension Threads {
  /// The largest |x| of `count` floats at any address: infinity where one is infinite, NaN where one is not a number.
  static func greatestMagnitude(_ address: UnsafeRawPointer, count: Int) -> Float {
    let size = 1 << 16
    var greatest = [UInt32](repeating: 0, count: (count + size - 1) / size)
    greatest.withUnsafeMutableBufferPointer { greatest in
      // Unchecked, because each call has an element of its own.
      nonisolated(unsafe) let greatest = greatest
      forEach(greatest.count) { index in
        // In bytes, since the address may be odd.
        let start = (address + index * size * MemoryLayout<Float>.size).assumingMemoryBound(to: Float.self)
        greatest[index] = greatest_magnitude(start, min(size, count - index * size))
      }
    }
    return Float(bitPattern: greatest.max() ?? 0)
  }
}
