/// A request that may be answered: a GET or HEAD without a body.
struct HTTPRequest: Sendable {
  enum Method: String {
    case get = "GET"
    case head = "HEAD"
  }

  let method: Method
  /// The path as it stands in the request, without the query: `/a%20b/`.
  let rawPath: String
  /// The query with its question mark, or nothing.
  let query: String
  /// The path without its first slash, decoded: `a b/`.
  let path: String
  /// Whether the client can be answered again on the same connection.
  let keepsConnection: Bool
  /// The fields in their order, names in small letters.
  private let fields: [(name: String, value: String)]

  /// The value of a field; that of several of the same name with commas between.
  func field(_ name: String) -> String? {
    let values = fields.filter { $0.name == name }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// The methods of HTTP that are known and not for a site that is only looked at.
  private static let refused: Set<String> = ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"]

  /// Reads the lines of a request, without their ends.
  ///
  /// - Parameters:
  ///   - lines: those before the empty one.
  ///   - port: the server's; requests to any other host than this machine are refused, whatever name led them here.
  /// - Throws: what is wrong with the request.
  init(_ lines: [String], port: UInt16, limits: HTTPLimits) throws(HTTPFault) {
    let words = (lines.first ?? "").split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 3, words.allSatisfy({ !$0.isEmpty }), words[2].hasPrefix("HTTP/") else {
      throw HTTPFault(.badRequest, "The request has no line of a method, an address and a version.")
    }
    guard ["HTTP/1.0", "HTTP/1.1"].contains(words[2]) else {
      throw HTTPFault(.versionNotSupported, "This server speaks HTTP/1.1.")
    }
    guard lines.count - 1 <= limits.fields else { throw HTTPFault(.headTooLarge, "The request has too many fields.") }
    var fields: [(name: String, value: String)] = []
    for line in lines.dropFirst() { fields.append(try Self.field(line)) }
    self.fields = fields

    let hosts = fields.filter { $0.name == "host" }.map(\.value)
    guard hosts.count == 1 else { throw HTTPFault(.badRequest, "The request does not name one host.") }
    guard Self.isOurs(host: hosts[0], port: port) else {
      throw HTTPFault(
        .misdirectedRequest, "This is a preview for this machine alone. Ask for http://127.0.0.1:\(port)/.")
    }
    guard let method = Method(rawValue: words[0]) else {
      if Self.refused.contains(words[0]) {
        throw HTTPFault(.methodNotAllowed, "The site can only be looked at: ask by GET or HEAD.")
      }
      throw HTTPFault(.notImplemented, "This method is not known.")
    }
    self.method = method
    guard !fields.contains(where: { $0.name == "transfer-encoding" }),
      fields.allSatisfy({ $0.name != "content-length" || $0.value == "0" })
    else { throw HTTPFault(.contentTooLarge, "A request for a page has no content.") }
    let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    rawPath = String(target[0])
    query = target.count > 1 ? "?" + target[1] : ""
    path = try PathDecoding.decoded(rawPath)
    let wishes = fields.filter { $0.name == "connection" }.flatMap { $0.value.lowercased().split(separator: ",") }
      .map { $0.trimmingBlanks }
    keepsConnection = words[2] == "HTTP/1.1" && !wishes.contains("close")
  }

  private static func field(_ line: String) throws(HTTPFault) -> (name: String, value: String) {
    let colon = line.utf8.firstIndex(of: UInt8(ascii: ":"))
    guard let colon, colon > line.startIndex, line[..<colon].utf8.allSatisfy(isTokenByte) else {
      throw HTTPFault(.badRequest, "A field of the request has no name.")
    }
    return (line[..<colon].lowercased(), line[line.utf8.index(after: colon)...].trimmingBlanks)
  }

  /// The bytes of names (RFC 9110, 5.6.2).
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  /// Whether a request means this server.
  ///
  /// A page elsewhere may have a name of its own lead to this machine and then read what is served as if it were its own; its
  /// requests still say that name.
  private static func isOurs(host: String, port: UInt16) -> Bool {
    let names = ["localhost", "127.0.0.1", "[::1]"]
    let host = host.lowercased()
    return names.contains { host == "\($0):\(port)" || (port == 80 && host == $0) }
  }
}

extension StringProtocol {
  /// The text without blanks and tabs around it.
  fileprivate var trimmingBlanks: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
