/// How a kernel slides over the spatial axes, [H, W] (or [L], or [D, H, W]).
struct Window: Hashable {
  var kernel: [Int]
  var strides: [Int]
  /// Distance between taps; 1 is dense.
  var dilations: [Int]
  var padsBegin: [Int]
  var padsEnd: [Int]

  /// Positions of the kernel over an input of `size`, rounded down.
  func outputSize(_ size: [Int]) -> [Int] {
    size.indices.map { axis in
      (size[axis] + padsBegin[axis] + padsEnd[axis] - extent(axis)) / strides[axis] + 1
    }
  }

  /// Input positions that the kernel spans along an axis.
  func extent(_ axis: Int) -> Int { dilations[axis] * (kernel[axis] - 1) + 1 }

  /// oneDNN counts the zeros between taps.
  var oneDNNDilations: [Int64] { dilations.map { Int64($0 - 1) } }
}
