import TestSupport
import Testing

@testable import Server

@Suite("A preview gives nothing away", .timeLimit(.minutes(2)))
struct HostilePreviewTests {
  @Test("whatever is asked, it is refused with the right status, and the next is answered")
  func hostile() throws {
    let preview = try Preview {
      try $0.write("inside", to: "content/static/a/inside.txt")
      try $0.write("what lies outside", to: "outside.txt")
    }
    try preview.waitForSite()
    let client = preview.client
    let host = "Host: 127.0.0.1:\(client.port)\r\nConnection: close\r\n"
    let requests: [(String, Int)] = [
      ("GET /../outside.txt HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /a/../../outside.txt HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /%2e%2e/outside.txt HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /a%2f..%2f..%2foutside.txt HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /a%2finside.txt HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /a/inside.txt%00.html HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /a/inside.txt\u{0} HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /\(preview.folder.path("outside.txt")) HTTP/1.1\r\n\(host)\r\n", 404),
      ("GET / HTTP/1.1\r\nHost: gallery.example:\(client.port)\r\n\r\n", 421),
      ("GET / HTTP/1.1\r\nHost: localhost:1\r\n\r\n", 421),
      ("GET /.sitegen/events HTTP/1.1\r\nHost: gallery.example\r\n\r\n", 421),
      ("GET http://127.0.0.1:\(client.port)/ HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/3\r\n\(host)\r\n", 505), ("\r\n\r\n", 400),
      ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", 400), ("DELETE / HTTP/1.1\r\n\(host)\r\n", 405),
      ("PROPFIND / HTTP/1.1\r\n\(host)\r\n", 501),
      ("GET / HTTP/1.1\r\n\(host)Content-Length: 99999999999999999999\r\n\r\n", 413),
      ("GET /\(String(repeating: "%61", count: 100_000)) HTTP/1.1\r\n\(host)\r\n", 414),
      ("GET / HTTP/1.1\r\n\(host)\(String(repeating: "Cookie: a\r\n", count: 101))\r\n", 431),
    ]
    for (request, status) in requests {
      let answer = try client.send(request.utf8)
      #expect(answer.status == status, "\(request.prefix(100).debugDescription)")
      #expect(!answer.text.contains("what lies outside"), "\(request.prefix(100).debugDescription)")
    }
    #expect(try client.ask("/a/inside.txt").text == "inside")
  }
}
