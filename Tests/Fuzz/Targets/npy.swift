import NeuralNetwork

/// Any bytes as an array of NumPy's, read and written again.
func fuzzArray(_ bytes: [UInt8]) throws {
  let tensor = try Tensor(contentsOfNPYFile: FuzzFolder.write(bytes, to: "array.npy"))
  guard tensor.values.count == tensor.shape.reduce(1, *) else { fatalError("values that do not fill the shape") }
  let again = try Tensor(contentsOfNPYFile: FuzzFolder.write(tensor.npyData, to: "again.npy"))
  guard again.shape == tensor.shape, again.values.map(\.bitPattern) == tensor.values.map(\.bitPattern) else {
    fatalError("another array came back")
  }
}
