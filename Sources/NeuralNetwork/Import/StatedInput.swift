/// An input of an ONNX file as the file states it.
public struct StatedInput: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// The sizes along its axes, `nil` for those that the file leaves open; `nil` where it states no shape.
  public let shape: [Int?]?
  /// The element type's name, such as `int64`; `nil` where the file states none that can be given.
  public let elementType: String?
}

extension StatedInput: CustomStringConvertible {
  /// `“tokens” (1×12, int64)`, with N for what is open.
  public var description: String {
    let sizes = shape.map {
      $0.isEmpty ? "a single number" : $0.map { $0.map(String.init) ?? "N" }.joined(separator: "×")
    }
    let facts = [sizes, elementType].compactMap { $0 }
    return "“\(name)”" + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
  }
}

extension StatedInput {
  init(_ input: ONNXValueInfo) {
    name = input.name
    shape = input.shape?.map { if case .fixed(let size) = $0, size > 0 { size } else { nil } }
    elementType = input.elementType.flatMap(DataType.init(rawValue:)).map { "\($0)" }
  }
}
