import Diagnostics
import Files
import Foundation
import Gallery
import TestSupport

@testable import Server

/// A small site that is served, and a client that looks at it.
final class Preview {
  let folder: TemporaryFolder
  let client: WebClient
  private let server: PreviewServer
  private let told = Guarded<[String]>([])

  /// What was told so far, a word or a line each.
  var reports: [String] { told.withLock { $0 } }

  /// - Parameters:
  ///   - content: the project's own network and photo.
  ///   - write: writes the content.
  init(_ content: TemporaryFolder? = nil, _ write: (TemporaryFolder) throws -> Void) throws {
    folder = try content ?? TemporaryFolder()
    if content == nil { try folder.write("title: Site\n", to: "content/site.yml") }
    try folder.copy(TabletopContent.templates, as: "templates")
    try write(folder)
    let told = told
    let options = BuildOptions(
      content: folder.path("content"), templates: folder.path("templates"), output: folder.path("public"),
      store: folder.path("store"))
    server = try PreviewServer(options, port: 0) { report in
      let word =
        switch report {
        case .progress(let line): "progress \(line)"
        case .updated: "updated"
        case .faults(let faults): "faults \(faults)"
        case .polls: "polls"
        }
      told.withLock { $0.append(word) }
    }
    let port = server.address.split(separator: ":").last.flatMap { UInt16($0.prefix(while: \.isNumber)) }
    guard let port else { throw TalkFault("The preview has no port: \(server.address).") }
    client = WebClient(port: port)
  }

  deinit { _ = server.stop(within: .seconds(60)) }

  func page(_ title: String, _ words: String) -> String { "---\ntitle: \(title)\n---\n\(words)\n" }

  /// Follows the events; the state that stands when it begins.
  func follow() throws -> (events: EventStream, state: String) {
    let events = try client.follow("/.sitegen/events")
    return (events, try events.next("state"))
  }

  /// Waits for something that comes with another state.
  ///
  /// A file that is just being written may be seen before it is whole; so one edit may make several states.
  func wait(_ events: EventStream, until isThere: () throws -> Bool) throws {
    while try !isThere() { _ = try events.next("state") }
  }

  /// Waits until the site has been made, or has not, and everybody has been told.
  func waitForSite() throws {
    for _ in 0..<6000 {
      if reports.contains(where: { !$0.hasPrefix("progress ") }) { return }
      usleep(10_000)
    }
    throw TalkFault("There is no site after a minute.")
  }
}
