import Diagnostics
import Files
import Foundation
import Gallery
import Hashing
import Site

/// What is served now: the last good site, and what is wrong with its content since.
final class LiveSite: Sendable {
  private struct State {
    var site: SiteFiles?
    var faults = DiagnosticList()
    /// Counts what readers see another state of.
    var number = 0
    /// What is being done.
    var progress = ""
  }

  private let state = Guarded(State())
  /// Is told that a file of the site is gone.
  private let missing: @Sendable () -> Void

  /// - Parameter missing: is told that a file of the site is gone, from any thread.
  init(missing: @escaping @Sendable () -> Void = {}) { self.missing = missing }

  /// Tells this server's states from those of one before it at the same port.
  private let name = UUID().uuidString

  // MARK: - Changes

  /// - Parameters:
  ///   - site: the site without faults.
  ///   - isRepaired: whether files of it are there again that were gone.
  /// - Returns: whether readers see something else than before.
  func publish(_ site: SiteFiles?, isRepaired: Bool = false) -> Bool {
    state.withLock { state in
      let isSame = state.faults.all.isEmpty && state.site == site && !isRepaired
      state.site = site
      state.faults = DiagnosticList()
      if !isSame { state.number += 1 }
      return !isSame
    }
  }

  /// - Parameter faults: what is wrong; the site stays the last good one.
  /// - Returns: whether readers see something else than before.
  func publish(_ faults: DiagnosticList) -> Bool {
    state.withLock { state in
      guard state.faults != faults else { return false }
      state.faults = faults
      state.number += 1
      return true
    }
  }

  func note(progress: String) { state.withLock { $0.progress = progress } }

  /// Names the state that stands now.
  var stateName: String { state.withLock { name(of: $0) } }

  private func name(of state: State) -> String { "\(name)-\(state.number)" }

  // MARK: - Answers

  func answer(_ request: HTTPRequest) -> HTTPResponse {
    let state = state.withLock { $0 }
    if request.path.utf8.starts(with: PreviewFiles.prefix.utf8) { return own(request, state) }
    guard let site = state.site else { return placeholder(state) }
    // The site stands where its address says, so that what leads to `/gallery/…` leads there here too.
    if request.path.isEmpty, !site.basePath.isEmpty {
      return HTTPResponse(
        .found, text: "The site is below /\(site.basePath).", [("Location", "/" + Self.encoded(site.basePath))])
    }
    let isWithin = request.path.utf8.starts(with: site.basePath.utf8)
    let path = isWithin ? String(Substring(request.path.utf8.dropFirst(site.basePath.utf8.count))) : request.path
    let isFolder = path.isEmpty || path.utf8.last == UInt8(ascii: "/")
    if isWithin, let file = site[isFolder ? path + "index.html" : path] { return answer(request, file, state, .ok) }
    if isWithin && site[path + "/index.html"] != nil || request.path + "/" == site.basePath {
      // Addresses in the page begin at its folder.
      return HTTPResponse(
        .found, text: "The address is that of a folder.", [("Location", request.rawPath + "/" + request.query)])
    }
    guard let page = site["404.html"] else { return HTTPResponse(.notFound, text: "There is nothing at this address.") }
    return answer(request, page, state, .notFound)
  }

  /// `path` as it stands in an address.
  private static func encoded(_ path: String) -> String {
    path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
  }

  private func answer(
    _ request: HTTPRequest, _ file: OutputFile, _ state: State, _ status: HTTPStatus
  ) -> HTTPResponse {
    let type = MediaType.of(file.path)
    guard type != MediaType.html else {
      do throws(HTTPFault) {
        return html(try bytes(of: file), state, status)
      } catch {
        return HTTPResponse(error)
      }
    }
    let tag: String
    let body: HTTPResponse.Body
    switch file.contents {
    case .bytes(let bytes):
      tag = "\"\(SHA256.hash(bytes).hexadecimal)\""
      body = .bytes(bytes)
    case .file(_, let version):
      tag = "\"\(version.replacing(" ", with: "-"))\""
      do throws(HTTPFault) {
        body = .file(try open(file))
      } catch {
        return HTTPResponse(error)
      }
    }
    // A browser may keep the file, and asks each time whether it is still the one.
    let fields = [("Cache-Control", "no-cache"), ("ETag", tag)]
    if Self.matches(request.field("if-none-match"), tag) {
      return HTTPResponse(.notModified, type: type, .bytes([]), fields)
    }
    return HTTPResponse(status, type: type, body, fields)
  }

  /// A page with what is wrong, and with the script that loads it again.
  private func html(_ page: [UInt8], _ state: State, _ status: HTTPStatus) -> HTTPResponse {
    let top =
      state.faults.all.isEmpty
      ? "" : FaultNotice.block(state.faults, title: "The content has faults. This is the site as it was without them.")
    let page = PageInsertion.insert(top: top, bottom: script(state), into: page)
    return HTTPResponse(status, type: MediaType.html, .bytes(page), [("Cache-Control", "no-store")])
  }

  private func script(_ state: State) -> String {
    """
    <link rel="stylesheet" href="/\(PreviewFiles.style)">
    <script defer src="/\(PreviewFiles.script)" data-state="\(name(of: state))"></script>

    """
  }

  /// What is shown before there is a site.
  private func placeholder(_ state: State) -> HTTPResponse {
    if state.faults.all.isEmpty {
      let page = FaultNotice.page(
        "The site is being made", head: "<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>\n",
        body: "<p>The site is being made. This page shows it as soon as it is there.</p>\n")
      return html(Array(page.utf8), state, .unavailable)
    }
    let notice = FaultNotice.block(state.faults, title: "The site cannot be made yet. Its content has faults:")
    let page = FaultNotice.page("The site has faults", body: notice + script(state))
    return HTTPResponse(
      .internalFault, type: MediaType.html, .bytes(Array(page.utf8)), [("Cache-Control", "no-store")])
  }

  private func own(_ request: HTTPRequest, _ state: State) -> HTTPResponse {
    let fields = [("Cache-Control", "no-store")]
    switch request.path {
    case PreviewFiles.script:
      return HTTPResponse(.ok, type: MediaType.script, .bytes(Array(PreviewFiles.scriptText.utf8)), fields)
    case PreviewFiles.style:
      return HTTPResponse(.ok, type: MediaType.css, .bytes(Array(PreviewFiles.styleText.utf8)), fields)
    case PreviewFiles.events:
      let first = [
        ServerEvent(name: PreviewFiles.stateEvent, data: name(of: state)),
        ServerEvent(name: PreviewFiles.progressEvent, data: state.progress),
      ]
      return HTTPResponse(.ok, type: MediaType.events, .events(first.flatMap(\.bytes)), fields)
    default: return HTTPResponse(.notFound, text: "There is nothing at this address.")
    }
  }

  // MARK: - Files

  /// Opens a file of the site, if it is still the one that the site was made with.
  ///
  /// What has come into its place since, such as a link to somewhere else, has not been looked at.
  private func open(_ file: OutputFile) throws(HTTPFault) -> OpenedFile {
    guard case .file(let url, let version) = file.contents, let opened = OpenedFile(url.path) else {
      missing()
      throw HTTPFault(
        .unavailable,
        "The file \(file.path.visible) of the site, made from \(file.origin.visible), is gone, and is looked for again."
      )
    }
    if let stamp = FileStamp(version), stamp != opened.stamp {
      throw HTTPFault(.unavailable, "The file \(file.path.visible) has just changed. Load it again.")
    }
    return opened
  }

  private func bytes(of file: OutputFile) throws(HTTPFault) -> [UInt8] {
    if case .bytes(let bytes) = file.contents { return bytes }
    let opened = try open(file)
    var bytes: [UInt8] = []
    while bytes.count < opened.count {
      let piece = opened.piece(at: bytes.count)
      guard !piece.isEmpty else {
        throw HTTPFault(.unavailable, "The file \(file.path.visible) has just changed. Load it again.")
      }
      bytes += piece
    }
    return bytes
  }

  /// Whether a browser has the file with this tag (RFC 9110, 13.1.2).
  private static func matches(_ known: String?, _ tag: String) -> Bool {
    guard let known else { return false }
    return known == "*"
      || known.split(separator: ",").contains { entry in
        let entry = entry.drop { $0 == " " }.prefix { $0 != " " }
        return (entry.hasPrefix("W/") ? entry.dropFirst(2) : entry) == tag
      }
  }
}
