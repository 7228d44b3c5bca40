/// What the tensors of a model file hold, as far as the file's own messages say: whether they can be scores.
struct OutputKinds {
  /// Why a tensor is no list of scores.
  enum Fault {
    /// Integers or truth values, such as the index of a class.
    case wholeNumbers
    case text
    /// A sequence or a map.
    case noTensor
    /// The largest of other numbers, whose places say nothing of a class.
    case ranking

    var sentence: String {
      switch self {
      case .wholeNumbers: "holds whole numbers, such as the index of a class, which have no gradient"
      case .text: "holds text"
      case .noTensor: "holds no tensor but a list or a map"
      case .ranking: "holds the largest of other numbers, of which nobody knows beforehand to which class they belong"
      }
    }
  }

  private let source: ONNXGraph
  private let producers: [String: ONNXNode]

  init(_ source: ONNXGraph) {
    self.source = source
    producers = Dictionary(
      source.nodes.flatMap { node in node.outputs.filter { !$0.isEmpty }.map { ($0, node) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Why `output` cannot be scores, or `nil` where it can for all that the file says of it.
  func fault(of output: ONNXValueInfo) -> Fault? {
    guard output.isTensor else { return .noTensor }
    if let type = output.elementType {
      if type == 8 { return .text }
      if DataType(rawValue: type)?.isFloatingPoint == false { return .wholeNumbers }
    }
    return fault(ofTensor: output.name)
  }

  /// The same of any tensor, by what computes it.
  func fault(ofTensor name: String) -> Fault? {
    var name = name
    for _ in 0..<32 {
      guard let node = producers[name], let input = node.inputs.first else { return nil }
      switch node.operatorType {
      case "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Slice", "Gather", "Concat", "Expand",
        "Tile", "Dropout":
        name = input
      case "Cast":
        guard let type = node.attributes.first(where: { $0.name == "to" })?.integer.flatMap(DataType.init(rawValue:))
        else {
          return nil
        }
        guard type.isFloatingPoint else { return .wholeNumbers }
        name = input
      case "ArgMax", "ArgMin", "Shape", "Size", "NonZero", "Equal", "Less", "Greater", "LessOrEqual",
        "GreaterOrEqual", "And", "Or", "Xor", "Not", "IsNaN", "IsInf", "NonMaxSuppression", "Hardmax":
        return .wholeNumbers
      case "TopK": return name == node.outputs.first ? .ranking : .wholeNumbers
      case "ArrayFeatureExtractor", "LabelEncoder", "StringNormalizer", "CategoryMapper": return .text
      case "ZipMap": return .noTensor
      default: return nil
      }
    }
    return nil
  }

  /// The tensor from which an output's numbers or names are chosen: what an ArgMax, a TopK or a ZipMap before it reads.
  func scores(behind output: String) -> String? {
    var names = [output]
    var seen: Set<String> = []
    for _ in 0..<32 {
      guard let name = names.popLast() else { return nil }
      guard seen.insert(name).inserted, let node = producers[name] else { continue }
      switch node.operatorType {
      case "ArgMax", "TopK", "ZipMap", "Hardmax": return node.inputs.first.flatMap { producers[$0] == nil ? nil : $0 }
      default: names += node.inputs.reversed()
      }
    }
    return nil
  }

  /// The tensor that a node or tensor of the model is called by, or `nil` where there is none of that name.
  func tensor(named name: String) -> String? {
    if producers[name] != nil { return name }
    return source.nodes.first { $0.name == name }?.outputs.first { !$0.isEmpty }
  }

  /// The names of all tensors that nodes compute.
  var tensors: [String] { source.nodes.flatMap(\.outputs).filter { !$0.isEmpty } }
}
