import Testing

@testable import Server

@Suite("What a request may say")
struct RequestTests {
  /// What a buffer makes of bytes: a path, or a status.
  private func outcome(_ text: String, limits: HTTPLimits = HTTPLimits()) -> String {
    var buffer = RequestBuffer(port: 8000, limits: limits)
    buffer.append(Array(text.utf8)[...])
    do throws(HTTPFault) {
      guard let request = try buffer.next() else { return "more" }
      return "/" + request.path
    } catch {
      return String(error.status.rawValue)
    }
  }

  private static let host = "Host: 127.0.0.1:8000\r\n"

  @Test(
    "a path is decoded",
    arguments: [
      ("/", "/"), ("/a%20b.html?x=%zz", "/a b.html"), ("/caf%C3%A9", "/café"), ("/a/", "/a/"), ("/..a/b..", "/..a/b.."),
    ])
  func paths(raw: String, path: String) {
    #expect(outcome("GET \(raw) HTTP/1.1\r\n\(Self.host)\r\n") == path)
  }

  @Test(
    "what leads out, or may, is refused",
    arguments: [
      "/../x", "/a/../b", "/..", "/%2e%2e/x", "/%2E./x", "/./a", "/a%2fb", "/a%2Fb", "/a%5cb", "/a\\b", "/a%00b", "/%",
      "/%a",
      "/%zz", "/%FF", "a", "http://127.0.0.1:8000/", "*",
    ])
  func wayOut(raw: String) {
    #expect(outcome("GET \(raw) HTTP/1.1\r\n\(Self.host)\r\n") == "400")
  }

  @Test(
    "only this machine's names are ours, with our port",
    arguments: [
      ("127.0.0.1:8000", "/"), ("localhost:8000", "/"), ("LocalHost:8000", "/"), ("[::1]:8000", "/"),
      ("localhost", "421"),
      ("localhost:8001", "421"), ("evil.example:8000", "421"), ("127.0.0.1.evil.example:8000", "421"), ("", "421"),
      ("localhost:8000@evil.example", "421"), ("127.0.0.1:8000\r\nHost: evil.example", "400"),
      ("127.0.0.1:8000, evil.example", "421"),
    ])
  func hosts(host: String, expected: String) {
    #expect(outcome("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") == expected)
  }

  @Test(
    "what is no request is refused",
    arguments: [
      ("GET / HTTP/1.1\r\n\r\n", "400"), ("GET /\r\n\r\n", "400"), ("\r\n", "400"),
      ("GET  / HTTP/1.1\r\n\(host)\r\n", "400"),
      ("GET / HTTP/2.0\r\n\(host)\r\n", "505"), ("GET / HTTP/1.1\n", "400"), ("GET / HTTP/1.1\r\r\n", "400"),
      ("GET /\u{0} HTTP/1.1\r\n", "400"), ("GET /\u{7F} HTTP/1.1\r\n", "400"), ("GET / HTTP/1.1\rX", "400"),
      ("GET / HTTP/1.1\r\n\(host) folded: x\r\n\r\n", "400"), ("GET / HTTP/1.1\r\n\(host)Name : x\r\n\r\n", "400"),
      ("GET / HTTP/1.1\r\n\(host): x\r\n\r\n", "400"), ("GET / HTTP/1.1\r\n\(host)no colon\r\n\r\n", "400"),
      ("POST / HTTP/1.1\r\n\(host)\r\n", "405"), ("OPTIONS * HTTP/1.1\r\n\(host)\r\n", "405"),
      ("CONNECT a:1 HTTP/1.1\r\n\(host)\r\n", "405"), ("BREW / HTTP/1.1\r\n\(host)\r\n", "501"),
      ("get / HTTP/1.1\r\n\(host)\r\n", "501"), ("GET / HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\n", "413"),
      ("GET / HTTP/1.1\r\n\(host)Content-Length: 0\r\nContent-Length: 5\r\n\r\n", "413"),
      ("GET / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n", "413"),
      ("GET / HTTP/1.1\r\n\(host)Content-Length: 0\r\n\r\n", "/"), ("GET / HTTP/1.0\r\n\(host)\r\n", "/"),
      ("GET / HTTP/1.1\r\n\(host)", "more"),
    ])
  func shapes(text: String, expected: String) {
    #expect(outcome(text) == expected, "\(text.debugDescription)")
  }

  @Test("lines, heads and numbers of fields are limited, also before they have ended")
  func limits() {
    var limits = HTTPLimits()
    limits.lineBytes = 100
    limits.headBytes = 300
    limits.fields = 5
    #expect(outcome("GET /" + String(repeating: "a", count: 96), limits: limits) == "414")
    #expect(outcome("GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 300), limits: limits) == "431")
    let fields = { (count: Int) in String(repeating: "a: b\r\n", count: count) }
    #expect(outcome("GET / HTTP/1.1\r\n\(Self.host)\(fields(4))\r\n", limits: limits) == "/")
    #expect(outcome("GET / HTTP/1.1\r\n\(Self.host)\(fields(5))\r\n", limits: limits) == "431")
  }

  @Test("requests come one after the other out of the same bytes, however these are cut")
  func pieces() throws {
    let text = "GET /a HTTP/1.1\r\n\(Self.host)\r\nGET /b HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n"
    var buffer = RequestBuffer(port: 8000, limits: HTTPLimits())
    var found: [String] = []
    for byte in text.utf8 {
      buffer.append([byte])
      if let request = try buffer.next() { found.append("\(request.path) \(request.keepsConnection)") }
    }
    #expect(found == ["a true", "b false"])
    #expect(buffer.isEmpty)
  }
}
