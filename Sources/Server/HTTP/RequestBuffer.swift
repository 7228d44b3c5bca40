/// Bytes of a client, out of which requests are taken.
struct RequestBuffer {
  private let limits: HTTPLimits
  private let port: UInt16
  private var bytes: [UInt8] = []
  /// The lines of the next request that are whole.
  private var lines: [String] = []
  /// Where the next line begins.
  private var start = 0
  /// How far bytes have been looked at.
  private var looked = 0

  init(port: UInt16, limits: HTTPLimits) { (self.port, self.limits) = (port, limits) }

  /// Whether nothing of a request has come.
  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ more: ArraySlice<UInt8>) { bytes += more }

  /// Takes the next request, or nothing while it is not whole.
  ///
  /// - Throws: what is wrong with it, as soon as that is seen.
  mutating func next() throws(HTTPFault) -> HTTPRequest? {
    while looked < bytes.count {
      let byte = bytes[looked]
      looked += 1
      guard looked <= limits.headBytes else { throw HTTPFault(.headTooLarge, "The request is too long.") }
      guard !lines.isEmpty || looked <= limits.lineBytes else {
        throw HTTPFault(.addressTooLong, "The address is too long.")
      }
      let followsReturn = looked > start + 1 && bytes[looked - 2] == 0x0D
      if byte == 0x0D, !followsReturn { continue }
      // Who sees lines where others see none takes one request for another.
      guard followsReturn == (byte == 0x0A), byte == 0x09 || byte == 0x0A || (byte >= 0x20 && byte != 0x7F) else {
        throw HTTPFault(.badRequest, "The request holds control characters.")
      }
      guard byte == 0x0A else { continue }
      let line = bytes[start..<(looked - 2)]
      start = looked
      if line.isEmpty { return try take() }
      lines.append(String(decoding: line, as: UTF8.self))
    }
    return nil
  }

  private mutating func take() throws(HTTPFault) -> HTTPRequest {
    bytes.removeFirst(start)
    (start, looked) = (0, 0)
    defer { lines = [] }
    return try HTTPRequest(lines, port: port, limits: limits)
  }
}
