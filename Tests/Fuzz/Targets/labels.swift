import Saliency

/// Any bytes as a file of labels, and each name asked for again.
func fuzzLabels(_ bytes: [UInt8]) throws {
  let path = FuzzFolder.write(bytes, to: "labels.txt")
  for count in [1, 2, 3, 12] {
    guard let labels = try? ClassLabels(contentsOfFile: path, classCount: count) else { continue }
    for entry in labels.entries.prefix(20) {
      for name in entry.names.prefix(3) { _ = try? labels.index(of: name + "s", modelName: "net") }
      if let name = entry.names.first { _ = try? labels.index(of: name, modelName: "net") }
    }
  }
  _ = try ClassLabels(contentsOfFile: path, classCount: 2)
}
