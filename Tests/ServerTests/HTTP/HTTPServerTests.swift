import Foundation
import TestSupport
import Testing

@testable import Server

@Suite("A server on this machine")
struct HTTPServerTests {
  private let server: HTTPServer
  private let client: WebClient

  init() throws {
    var limits = HTTPLimits()
    limits.requestTime = .milliseconds(300)
    limits.idleTime = .seconds(1)
    limits.connections = 4
    server = try HTTPServer(port: 0, limits: limits) { request in
      switch request.path {
      case "events": HTTPResponse(.ok, type: MediaType.events, .events(ServerEvent(name: "first", data: "a\nb").bytes))
      case "large": HTTPResponse(.ok, type: MediaType.html, .bytes([UInt8](repeating: 7, count: 5_000_000)))
      default: HTTPResponse(.ok, text: "You asked for \(request.path).")
      }
    }
    client = WebClient(port: server.port)
    server.start()
  }

  private var host: String { "Host: localhost:\(server.port)\r\n" }

  @Test("answers GET, and HEAD with the same lines and nothing behind them")
  func methods() throws {
    defer { server.stop() }
    let get = try client.ask("/page")
    #expect(get.status == 200)
    #expect(get.text == "You asked for page.\n")
    #expect(get.field("content-length") == "20")
    #expect(get.field("x-content-type-options") == "nosniff")
    let head = try client.ask("/page", method: "HEAD")
    #expect(head.field("content-length") == "20")
    #expect(head.body == [])
    let post = try client.ask("/page", method: "POST")
    #expect(post.status == 405)
    #expect(post.field("allow") == "GET, HEAD")
  }

  @Test("keeps a connection for the next request, and answers several that came together")
  func pipeline() throws {
    defer { server.stop() }
    let text = (1...3).map { "GET /\($0) HTTP/1.1\r\n\(host)\($0 == 3 ? "Connection: close\r\n" : "")\r\n" }.joined()
    let answer = try client.send(text.utf8)
    let all = answer.head + answer.text
    #expect(all.matches(of: /You asked for ([0-9])/).map(\.1) == ["1", "2", "3"])
  }

  @Test("sends what is larger than the system takes at once")
  func large() throws {
    defer { server.stop() }
    #expect(try client.ask("/large").body == [UInt8](repeating: 7, count: 5_000_000))
  }

  @Test("tells who is too slow, and goes away from who says nothing")
  func slow() throws {
    defer { server.stop() }
    #expect(try client.send("GET / HT".utf8).status == 408)
    let silent = try LoopbackSocket(port: server.port)
    #expect(try silent.received() == [])
  }

  @Test("says why it does not read on, also to who does not listen yet")
  func huge() throws {
    defer { server.stop() }
    #expect(try client.send("GET /\(String(repeating: "a", count: 1_000_000))".utf8).status == 414)
    let fields = String(repeating: "Name: value\r\n", count: 100_000)
    #expect(try client.send("GET / HTTP/1.1\r\n\(host)\(fields)\r\n".utf8).status == 431)
  }

  @Test("who comes when all places are taken is answered as soon as one is free")
  func crowd() throws {
    defer { server.stop() }
    let others = try (0..<4).map { _ in try LoopbackSocket(port: server.port) }
    // The silent ones go after a second.
    #expect(try client.ask("/late").text == "You asked for late.\n")
    withExtendedLifetime(others) {}
  }

  @Test("events come to all who follow them, in order, until the server ends")
  func events() throws {
    let streams = try (0..<3).map { _ in try client.follow("/events") }
    for stream in streams { #expect(try stream.next("first") == "a b") }
    for number in 1...3 { server.send(ServerEvent(name: "next", data: "\(number)")) }
    for stream in streams {
      for number in 1...3 { #expect(try stream.next("next") == "\(number)") }
    }
    server.stop()
    for stream in streams { try stream.readToEnd() }
  }

  @Test("dates are those of RFC 9110")
  func dates() {
    server.stop()
    #expect(HTTPResponse.date(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
  }
}
