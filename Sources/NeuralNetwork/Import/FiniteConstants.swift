import CKernels
import Diagnostics
import Files

/// Looks at the constants that nodes read, each once: what is not a number makes everything behind it so, and an infinite
/// weight nearly everything.
final class FiniteConstants {
  /// The magnitudes of the tensors that have been looked at.
  private var known: [String: Float] = [:]

  /// Operators that multiply and add: an infinite weight is no bound and no mask there.
  private static let sums: Set = [
    "Conv", "ConvTranspose", "Gemm", "MatMul", "BatchNormalization", "LayerNormalization", "InstanceNormalization",
    "GroupNormalization", "RMSNormalization",
  ]

  /// - Throws: `Diagnostic` that names the tensor, where it cannot be computed with.
  func check(_ constant: Constant, named name: String, readBy node: ONNXNode) throws(Diagnostic) {
    guard constant.elementType == .float32 else { return }
    let magnitude = known[name] ?? constant.greatestMagnitude
    known[name] = magnitude
    if magnitude.isNaN { throw fault("is not a number", constant, name, node) { $0.isNaN } }
    if magnitude.isInfinite, Self.sums.contains(node.operatorType) {
      throw fault("is infinite", constant, name, node) { $0.isInfinite }
    }
  }

  private func fault(
    _ what: String, _ constant: Constant, _ name: String, _ node: ONNXNode, _ isFault: (Float) -> Bool
  ) -> Diagnostic {
    var rest = constant.floats.firstIndex(where: isFault) ?? 0
    let place = constant.shape.rowMajorStrides.map { stride in
      defer { rest %= stride }
      return rest / stride
    }
    let element = place.isEmpty ? "" : " at \(place)"
    return .error(
      "tensor “\(name)”, which \(node.label) reads, \(what)\(element).",
      hint: "Export the model again from a checkpoint in which every weight is a finite number.")
  }
}

extension Constant {
  /// The largest |x| of a float constant; NaN where one is not a number.
  ///
  /// On Dispatch's threads, as the file was read: oneDNN's need not start for it.
  var greatestMagnitude: Float {
    guard let address = bytes.buffer.baseAddress else { return 0 }
    let (size, part) = (MemoryLayout<Float>.size, 1 << 20)
    let count = bytes.count / size
    // Unchecked, because nobody writes there.
    nonisolated(unsafe) let start = address
    let jobs = min(Parallel.processorCount, count / part)
    let found = Parallel.map(Array(stride(from: 0, to: count, by: part)), jobs: jobs) { first in
      // In bytes, since the address may be odd.
      greatest_magnitude((start + first * size).assumingMemoryBound(to: Float.self), min(part, count - first))
    }
    return Float(bitPattern: found.max() ?? 0)
  }
}
