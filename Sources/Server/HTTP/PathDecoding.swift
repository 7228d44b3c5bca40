/// Paths as they stand in requests.
enum PathDecoding {
  /// The path that is meant, without its first slash.
  ///
  /// What could be taken for a way out of a folder is refused, whatever it would lead to: browsers send none of it.
  ///
  /// - Parameter raw: `/a%20b.html`.
  static func decoded(_ raw: String) throws(HTTPFault) -> String {
    guard raw.utf8.first == UInt8(ascii: "/") else {
      throw HTTPFault(.badRequest, "The address does not begin with a slash.")
    }
    var bytes: [UInt8] = []
    var rest = Array(raw.utf8.dropFirst())[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
        throw HTTPFault(.badRequest, "The address has a % without two digits.")
      }
      let decoded = high << 4 | low
      guard decoded != 0, decoded != UInt8(ascii: "/"), decoded != UInt8(ascii: "\\") else {
        throw HTTPFault(.badRequest, "The address has an encoded slash or zero byte.")
      }
      bytes.append(decoded)
    }
    guard !bytes.contains(UInt8(ascii: "\\")) else { throw HTTPFault(.badRequest, "The address has a backslash.") }
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard !parts.contains(where: { $0.elementsEqual("..".utf8) || $0.elementsEqual(".".utf8) }) else {
      throw HTTPFault(.badRequest, "The address leads to a folder above or to itself.")
    }
    guard let path = String(validating: bytes, as: UTF8.self) else {
      throw HTTPFault(.badRequest, "The address is not UTF-8.")
    }
    return path
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
