import NeuralNetwork

/// Any bytes as an archive of NumPy's arrays.
func fuzzArchive(_ bytes: [UInt8]) throws {
  let archive = try TensorArchive(contentsOfFile: FuzzFolder.write(bytes, to: "arrays.npz"))
  for tensor in archive.tensors.values where tensor.values.count != tensor.shape.reduce(1, *) {
    fatalError("values that do not fill the shape")
  }
}
