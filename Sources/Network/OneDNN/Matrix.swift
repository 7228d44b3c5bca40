import COneDNN

/// A row-major matrix in memory, with `stride` elements from one row to the next.
struct Matrix {
  let address: UnsafeMutablePointer<Float>
  let stride: Int

  /// A stride for `columns` columns. Rows that are a power of two apart would fall into the same lines of the caches,
  /// and halve the speed.
  static func stride(columns: Int) -> Int { columns + 16 }

  /// Becomes a · b, computed on the calling thread alone; for loops over many products (`Threads`).
  ///
  /// - Parameters:
  ///   - a: [rows, inner].
  ///   - b: [inner, columns].
  func become(_ a: Matrix, times b: Matrix, rows: Int, inner: Int, columns: Int) {
    let plain = Int8(UInt8(ascii: "N"))
    let status = dnnl_sgemm(
      plain, plain, Int64(rows), Int64(columns), Int64(inner), 1, a.address, Int64(a.stride), b.address,
      Int64(b.stride), 0, address, Int64(stride))
    // It refuses nothing but impossible sizes.
    precondition(status == dnnl_success, "oneDNN refuses a product of matrices")
  }
}
