import Foundation
import Imaging
import TestSupport

/// A headless Chromium, driven through `chromedriver` by the WebDriver protocol. It ends with its last owner.
///
/// One test uses it at a time.
final class Browser: @unchecked Sendable {
  private let driver = Process()
  private let port: UInt16
  private var session = ""
  private let folder: TemporaryFolder
  private let runsScripts: Bool
  /// The top left corner of the frame that is looked at, for the driver counts from that of the window.
  private(set) var corner = [0.0, 0.0]

  /// Where the programs lie, if both are there.
  private static let programs: (browser: String, driver: String)? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    func find(_ names: String...) -> String? {
      names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
    guard let browser = find("chromium", "chromium-browser", "google-chrome"), let driver = find("chromedriver") else {
      return nil
    }
    return (browser, driver)
  }()

  /// Whether there is a browser to test with.
  static var isInstalled: Bool { programs != nil }

  /// Where the file `axe.min.js` of axe-core is, if somebody says so.
  static let axe = ProcessInfo.processInfo.environment["SITEGEN_AXE"]

  /// Starts a browser with a window of 1280 × 900.
  ///
  /// - Parameter runsScripts: whether pages may run scripts.
  init(runsScripts: Bool = true) throws {
    guard let programs = Self.programs else { throw TalkFault("chromium or chromedriver is missing.") }
    self.runsScripts = runsScripts
    folder = try TemporaryFolder()
    try folder.write("", to: "log")
    let log = folder.url.appendingPathComponent("log")
    driver.executableURL = URL(fileURLWithPath: programs.driver)
    driver.arguments = ["--port=0"]
    driver.standardOutput = try FileHandle(forWritingTo: log)
    driver.standardError = FileHandle.nullDevice
    try driver.run()
    port = try Self.port(toldIn: log)
    let arguments = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,900",
    ]
    let preferences = runsScripts ? "{}" : #"{"profile.managed_default_content_settings.javascript": 2}"#
    let started: Started = try send(
      "POST", "/session",
      """
      {"capabilities": {"alwaysMatch": {
        "goog:chromeOptions": {"binary": \(try json(programs.browser)), "args": \(try json(arguments)), "prefs": \(preferences)},
        "goog:loggingPrefs": {"browser": "ALL"}, "timeouts": {"script": 30000, "pageLoad": 30000}}}}
      """)
    session = "/session/\(started.sessionId)"
  }

  deinit {
    if !session.isEmpty { _ = try? send("DELETE", session, nil, as: Nothing.self) }
    // It may have been started with other signals blocked, and what it started may outlive it by a moment.
    kill(driver.processIdentifier, SIGKILL)
  }

  private struct Started: Decodable { let sessionId: String }
  private struct Reply<Value: Decodable>: Decodable { let value: Value }
  private struct Complaint: Decodable { let message: String }
  /// An answer that says nothing, or that does not matter.
  struct Nothing: Decodable { init(from decoder: any Decoder) {} }

  private static func port(toldIn log: URL) throws -> UInt16 {
    for _ in 0..<300 {
      let text = try String(contentsOf: log, encoding: .utf8)
      if let match = text.firstMatch(of: /started successfully on port ([0-9]+)/), let port = UInt16(match.1) {
        return port
      }
      usleep(50_000)
    }
    throw TalkFault("chromedriver did not start.")
  }

  /// Sends a command and waits for its answer.
  private func send<Value: Decodable>(
    _ verb: String, _ path: String, _ body: String?, as type: Value.Type = Value.self
  ) throws -> Value {
    let connection = try LoopbackSocket(port: port)
    let body = Array((body ?? "").utf8)
    let head =
      "\(verb) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.count)\r\n\r\n"
    try connection.send(Array(head.utf8) + body)
    guard let answer = try connection.message() else { throw TalkFault("chromedriver went away.") }
    guard answer.head.hasPrefix("HTTP/1.1 200") else {
      let complaint = try? JSONDecoder().decode(Reply<Complaint>.self, from: Data(answer.body))
      throw TalkFault(complaint?.value.message ?? answer.head)
    }
    return try JSONDecoder().decode(Reply<Value>.self, from: Data(answer.body)).value
  }

  /// A value as JSON.
  func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }

  // MARK: - Pages

  /// Goes to an address and waits until the page is there.
  func open(_ address: String) throws {
    corner = [0, 0]
    let _: Nothing = try send("POST", session + "/url", "{\"url\": \(try json(address))}")
    try settle()
  }

  /// Runs the body of a function in the page.
  func run<Value: Decodable>(_ body: String, as type: Value.Type = Value.self) throws -> Value {
    try send("POST", session + "/execute/sync", "{\"script\": \(try json(body)), \"args\": []}")
  }

  /// Whether an expression is true in the page.
  func holds(_ expression: String) throws -> Bool { try run("return Boolean(\(expression))") }

  /// The text that an expression has in the page.
  func text(_ expression: String) throws -> String { try run("return String(\(expression))") }

  /// Waits until the page has shown what there is to show.
  func settle() throws {
    // Where no scripts run, nothing happens later.
    guard runsScripts else { return }
    let body =
      "const done = arguments[0]; requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done), 10));"
    let _: Nothing = try send("POST", session + "/execute/async", "{\"script\": \(try json(body)), \"args\": []}")
  }

  /// Calls a function of the browser's own protocol.
  func command(_ name: String, _ parameters: String) throws {
    let _: Nothing = try send(
      "POST", session + "/goog/cdp/execute", "{\"cmd\": \(try json(name)), \"params\": \(parameters)}")
  }

  /// Has all that follows happen in the page's first frame.
  func enterFrame() throws {
    corner = try run(
      """
      const frame = document.querySelector("iframe"), { left, top } = frame.getBoundingClientRect();
      return [left + frame.clientLeft, top + frame.clientTop];
      """)
    let _: Nothing = try send("POST", session + "/frame", #"{"id": 0}"#)
    try settle()
  }

  /// Has all that follows happen in the page itself.
  func leaveFrame() throws {
    corner = [0, 0]
    let _: Nothing = try send("POST", session + "/frame", #"{"id": null}"#)
  }

  private struct Screenshot: Decodable { let data: Data }

  /// Makes the window so high that all of the page is seen.
  func showAll() throws {
    let height: Int = try run("return document.documentElement.scrollHeight")
    try command(
      "Emulation.setDeviceMetricsOverride",
      "{\"width\": 1280, \"height\": \(height), \"deviceScaleFactor\": 1, \"mobile\": false}")
    try settle()
    // Pictures are decoded later than they are loaded, also where no script could wait for that.
    usleep(500_000)
  }

  /// What is seen of an element, if all of the page is.
  func screenshot(of selector: String) throws -> Image {
    let box: [Int] = try run(
      """
      const { left, top, width, height } = document.querySelector(\(try json(selector))).getBoundingClientRect();
      return [left, top, width, height].map(Math.round);
      """)
    let parameters = """
      {"clip": {"x": \(box[0]), "y": \(box[1]), "width": \(box[2]), "height": \(box[3]), "scale": 1}}
      """
    let shot: Screenshot = try send(
      "POST", session + "/goog/cdp/execute", "{\"cmd\": \"Page.captureScreenshot\", \"params\": \(parameters)}")
    return try Image(decoding: Array(shot.data), name: selector)
  }

  /// Sends what a reader does: `actions` is JSON as WebDriver has it.
  func perform(_ actions: String) throws {
    let _: Nothing = try send("POST", session + "/actions", "{\"actions\": [\(actions)]}")
    let _: Nothing = try send("DELETE", session + "/actions", nil)
    try settle()
  }

  /// What the console has complained of since the last question.
  func complaints() throws -> [String] {
    try send("POST", session + "/se/log", #"{"type": "browser"}"#, as: [Complaint].self).map(\.message)
  }

  /// Leaves the page and all that was set for it: other windows, media, sizes, and what the console said.
  func forget() throws {
    let windows = try send("GET", session + "/window/handles", nil, as: [String].self)
    for window in windows.dropFirst() {
      let _: Nothing = try send("POST", session + "/window", "{\"handle\": \(try json(window))}")
      let _: Nothing = try send("DELETE", session + "/window", nil)
    }
    if windows.count > 1 {
      let _: Nothing = try send("POST", session + "/window", "{\"handle\": \(try json(windows[0]))}")
    }
    try command("Emulation.clearDeviceMetricsOverride", "{}")
    try command("Emulation.setEmulatedMedia", #"{"media": "", "features": []}"#)
    _ = try complaints()
  }

  /// How many windows are open.
  func windowCount() throws -> Int { try send("GET", session + "/window/handles", nil, as: [String].self).count }
}
