import Foundation
import Testing

/// What readers meet in a browser, one after the other in the same one.
@Suite(
  "In a browser", .serialized, .inOneBrowser, .timeLimit(.minutes(4)),
  .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"))
enum BrowserSuite {
  /// What all tests share: starting a browser takes seconds.
  @TaskLocal static var room: Room?
}

/// A site and a browser to look at it.
final class Room: @unchecked Sendable {
  let site: FigureSite
  let browser: Browser

  init() throws { (site, browser) = (try FigureSite(), try Browser()) }

  /// The site and the browser of the suite, as if nobody had been there before.
  static func entered() throws -> (site: FigureSite, browser: Browser) {
    let room = try #require(BrowserSuite.room)
    try room.browser.forget()
    return (room.site, room.browser)
  }
}

/// Opens one room for a whole suite.
struct InOneBrowser: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await BrowserSuite.$room.withValue(Room()) { try await function() }
  }
}

extension Trait where Self == InOneBrowser {
  static var inOneBrowser: Self { Self() }
}

extension Browser {
  /// Opens the page with the figures anew.
  func openFigures(of site: FigureSite, by visit: FigureSite.Visit = .file, at fragment: String = "") throws {
    try open("about:blank")
    try open(site.address("figures.html", by: visit) + fragment)
  }

  /// The figure and its settings in the address, which follows them after a moment.
  func fragment() throws -> String {
    usleep(400_000)
    return try text("location.hash")
  }

  /// What the probe says in a panel.
  func chip(in panel: String) throws -> String {
    try text("document.querySelector(\"#\(panel) .chip\").textContent")
  }
}
