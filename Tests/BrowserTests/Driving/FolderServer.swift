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
    let name = asked.hasPrefix(path) ? asked.dropFirst(path.count).removingPercentEncoding ?? "" : ""
    let file = folder.appendingPathComponent(name)
    guard !name.isEmpty, !name.contains(".."), let data = try? Data(contentsOf: file) else {
      return Array("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
    }
    let type = types[file.pathExtension] ?? "application/octet-stream"
    let head = "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(data.count)\r\nConnection: close\r\n\r\n"
    return Array(head.utf8) + data
  }
}
