import Foundation
import TestSupport
import Testing

@Suite("sitegen serve", .timeLimit(.minutes(5)))
struct ServeTests {
  /// A preview that runs as a program of its own.
  private struct Served {
    let program: Program
    let client: WebClient

    init(_ site: SmallSite) throws {
      (program, client) = try Program.serving(site.url)
      while try client.ask("/").status == 503 { usleep(20_000) }
    }
  }

  @Test(
    "ends when it is asked to, also while browsers follow it, and its use of the store with it",
    arguments: [SIGINT, SIGTERM])
  func ending(signal: Int32) throws {
    let site = try SmallSite(pages: 2)
    let served = try Served(site)
    let streams = try (0..<5).map { _ in try served.client.follow("/.sitegen/events") }
    for stream in streams { _ = try stream.next("state") }
    let silent = try LoopbackSocket(port: served.client.port)
    #expect(try site.names(in: ".sitegen/store/users").count == 1)
    let start = ContinuousClock.now
    served.program.end(by: signal)
    let outcome = try served.program.wait()
    #expect(outcome.status == 0)
    // A second is meant; a machine that is busy with something else may take its time.
    #expect(ContinuousClock.now - start < .seconds(10))
    for stream in streams { try stream.readToEnd() }
    // Who had not been taken in yet is cut off instead.
    #expect((try? silent.received()) ?? [] == [])
    #expect(try site.names(in: ".sitegen/store/users") == [])
    #expect(try site.names() == [".sitegen", "content", "templates"])
  }

  @Test("a port that is taken is an error with a way out")
  func port() throws {
    let site = try SmallSite(pages: 1)
    let (socket, port) = try LoopbackSocket.listening()
    let outcome = try Program.run(["serve", "--port", "\(port)"], in: site.url)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "error: Port \(port) is in use by another program. Name another with --port, or let the system choose one with --port 0.\n"
    )
    withExtendedLifetime(socket) {}
    #expect(try Program.run(["serve", "--port", "70000"], in: site.url).status == 2)
  }

  #if os(Linux)
    @Test("ten thousand requests leave neither memory nor handles behind")
    func flat() throws {
      let site = try SmallSite(pages: 20)
      let served = try Served(site)
      defer { served.program.kill() }
      try ask(1000, served)
      let before = try Self.use(of: served.program)
      try ask(10_000, served)
      let after = try Self.use(of: served.program)
      #expect(before.handles > 3)
      #expect(after.handles <= before.handles)
      #expect(before.memory > 1 << 20)
      #expect(after.memory < before.memory + 8 << 20, "\(before.memory) bytes became \(after.memory)")
    }

    /// Asks for pages, files, what is not there and what is refused; every tenth time on a connection of its own, and every
    /// hundredth by somebody who follows events and goes away.
    private func ask(_ count: Int, _ served: Served) throws {
      let port = served.client.port
      let paths = ["/p1.html", "/", "/nowhere", "/data.txt", "/style.css"]
      var kept = try LoopbackSocket(port: port)
      for number in 0..<count {
        let path = paths[number % paths.count]
        if number % 100 == 7 {
          _ = try served.client.follow("/.sitegen/events").next("state")
        } else if number % 10 == 3 {
          #expect(try [200, 404].contains(served.client.ask(path).status))
        } else if number % 10 == 4 {
          #expect(try served.client.ask("/../x").status == 400)
          kept = try LoopbackSocket(port: port)
        } else {
          try kept.send("GET \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n".utf8)
          #expect(try kept.message()?.head.hasPrefix(path == "/nowhere" ? "HTTP/1.1 404" : "HTTP/1.1 200") == true)
        }
      }
    }

    /// The memory in bytes and the open handles of a program.
    private static func use(of program: Program) throws -> (memory: Int, handles: Int) {
      // What has gone away is seen within a moment.
      usleep(500_000)
      let folder = "/proc/\(program.processIdentifier)"
      let status = try String(contentsOfFile: folder + "/status", encoding: .utf8)
      let kilobytes = try #require(status.firstMatch(of: /VmRSS:\s+([0-9]+) kB/).flatMap { Int($0.1) })
      return (kilobytes << 10, try FileManager.default.contentsOfDirectory(atPath: folder + "/fd").count)
    }
  #endif
}
