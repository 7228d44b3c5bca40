import Diagnostics

/// What the header of a .npy file says of the values behind it.
///
/// Source: NumPy's format, NEP 1, versions 1 to 3. The header is a dictionary as Python writes it.
struct NumPyHeader {
  /// How a value is stored.
  struct Element {
    enum Kind: Character {
      case float = "f"
      case signed = "i"
      case unsigned = "u"
      case truth = "b"
    }

    let kind: Kind
    /// Bytes of a value.
    let size: Int
    let isBigEndian: Bool

    /// - Parameter description: numpy's own, such as `<f4`.
    init?(_ description: String) {
      var rest = Substring(description)
      let order = rest.first.flatMap { "<>=|".contains($0) ? rest.removeFirst() : nil }
      guard let letter = rest.popFirst(), let kind = Kind(rawValue: letter), let size = Int(rest) else { return nil }
      let sizes = kind == .float ? [2, 4, 8] : kind == .truth ? [1] : [1, 2, 4, 8]
      guard sizes.contains(size) else { return nil }
      (self.kind, self.size, isBigEndian) = (kind, size, order == ">")
    }
  }

  let element: Element
  let shape: [Int]
  /// Whether the first axis runs fastest, as Fortran has it.
  let isColumnMajor: Bool
  /// Where the values begin, in bytes from the file's beginning.
  let length: Int

  /// numpy itself refuses to parse headers of more than 10,000 bytes.
  private static let maximumLength = 1 << 16

  /// - Throws: `Diagnostic` where the bytes are no array, or one that is no tensor of numbers.
  init(_ bytes: [UInt8]) throws(Diagnostic) {
    let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    guard bytes.count >= 12, bytes.starts(with: magic) else { throw .error("this is not a .npy array.") }
    guard (1...3).contains(bytes[6]) else {
      throw .error(
        "the array has version \(bytes[6]) of the format; 1 to 3 are known.", hint: "Save it again with `numpy.save`.")
    }
    let start = bytes[6] == 1 ? 10 : 12
    let headerLength = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard headerLength <= Self.maximumLength else {
      throw .error(
        "the array's header claims \(headerLength) bytes, which no array of numbers needs.",
        hint: "Save it again with `numpy.save`.")
    }
    guard headerLength <= bytes.count - start else { throw .error("the array ends too early.") }
    length = start + headerLength
    let text = String(decoding: bytes[start..<length], as: UTF8.self)
    guard let type = Self.value(of: "descr", in: text), let order = Self.value(of: "fortran_order", in: text) else {
      throw .error("the array does not say how its values are stored.", hint: "Save it again with `numpy.save`.")
    }
    guard let mark = type.first, mark == "'" || mark == "\"" else {
      throw .error("the array holds records, not numbers.", hint: "Save one of its fields.")
    }
    let name = String(type.dropFirst().prefix { $0 != mark })
    guard let element = Element(name) else {
      throw .error(
        "the array holds values of type “\(name)”; floats of 2 to 8 bytes, whole numbers and truth values can be read.",
        hint: "Save it with `.astype('float32')`.")
    }
    self.element = element
    isColumnMajor = order.hasPrefix("True")
    guard let sizes = Self.value(of: "shape", in: text), sizes.first == "(", let close = sizes.firstIndex(of: ")")
    else {
      throw .error("the array states no shape.")
    }
    shape = sizes[..<close].dropFirst().split(separator: ",").map { $0.filter { $0 != " " } }
      .filter { !$0.isEmpty }.map { Int($0) ?? -1 }
  }

  /// What stands behind a key, up to the header's end.
  private static func value(of key: String, in text: String) -> Substring? {
    for mark in ["'", "\""] {
      guard let place = text.firstRange(of: "\(mark)\(key)\(mark)") else { continue }
      let rest = text[place.upperBound...].drop { $0 == " " }
      if rest.first == ":" { return rest.dropFirst().drop { $0 == " " } }
    }
    return nil
  }
}
