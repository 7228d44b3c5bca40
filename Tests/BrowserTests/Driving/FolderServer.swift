import Foundation
import TestSupport

/// Serves the files of a folder below a path of its own, as a site stands on a host that it shares with others.
final class FolderServer: Sendable {
  /// The address of the folder, with a slash at the end.
  let address: String
  private let listener: Handle

  /// A socket on its way from one thread to another.
  private struct Handle: @unchecked Sendable { let socket: LoopbackSocket }

  init(_ folder: URL, below path: String = "/people/gallery/") throws {
    let (socket, port) = try LoopbackSocket.listening()
    let listener = Handle(socket: socket)
    self.listener = listener
    address = "http://127.0.0.1:\(port)\(path)"
    Thread.detachNewThread {
      while let connection = listener.socket.accepted().map(Handle.init) {
        // Browsers connect before they know what to ask for.
        Thread.detachNewThread {
          guard let request = try? connection.socket.message() else { return }
          try? connection.socket.send(Self.answer(to: request.head, folder: folder, path: path))
        }
      }
    }
  }

  deinit { listener.socket.shut() }

  private static let types = [
    "css": "text/css", "html": "text/html; charset=utf-8", "jpg": "image/jpeg", "js": "text/javascript",
    "png": "image/png", "svg": "image/svg+xml",
  ]

  private static func answer(to head: String, folder: URL, path: String) -> [UInt8] {
    let words = head.split(separator: " ")
    let asked = words.count > 1 ? String(words[1].prefix { $0 != "?" }) : ""
    let name = asked.hasPrefix(path) ? asked.dropFirst(path.count).removingPercentEncoding ?? ".." : ".."
    let file = folder.appendingPathComponent(name.isEmpty || name.hasSuffix("/") ? name + "index.html" : name)
    let data = name.contains("..") ? nil : try? Data(contentsOf: file)
    // As hosts do that serve a folder.
    let body = data ?? (try? Data(contentsOf: folder.appendingPathComponent("404.html"))) ?? Data()
    let status = data == nil ? "404 Not Found" : "200 OK"
    let type = types[data == nil ? "html" : file.pathExtension] ?? "application/octet-stream"
    let head =
      "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
    return Array(head.utf8) + body
  }
}
