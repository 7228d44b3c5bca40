import Foundation
import Imaging
import TestSupport
import Testing
import Vocabulary

/// The script has its colours from the tables that the pictures are made with, in a few corners each.
@Suite("Colours of the script")
struct ColorTableTests {
  private static let script = Result {
    try String(contentsOf: TabletopContent.templates.appendingPathComponent("script.js"), encoding: .utf8)
  }

  /// The corners of a colour map: position, red, green and blue.
  private static func corners(of colormap: Colormap) throws -> [[Double]] {
    let text = try script.get()
    let start = try #require(text.range(of: "\t\(colormap.rawValue): \"")?.upperBound)
    let bytes = try #require(Data(base64Encoded: String(text[start...].prefix { $0 != "\"" })))
    return stride(from: 0, to: bytes.count, by: 4).map { start in bytes[start..<start + 4].map(Double.init) }
  }

  @Test("each colour map is there, to two levels", arguments: Colormap.allCases)
  func levels(colormap: Colormap) throws {
    let corners = try Self.corners(of: colormap)
    #expect(corners.first?[0] == 0 && corners.last?[0] == 255)
    for entry in 0..<256 {
      let upper = try #require(corners.dropFirst().first { $0[0] >= Double(entry) })
      let lower = try #require(corners.last { $0[0] < max(Double(entry), 1) })
      let share = (Double(entry) - lower[0]) / (upper[0] - lower[0])
      let color = colormap.color(at: (Float(entry) + 0.5) / 256)
      for (channel, level) in [color.red, color.green, color.blue].enumerated() {
        let found = (lower[channel + 1] * (1 - share) + upper[channel + 1] * share).rounded(.toNearestOrEven)
        #expect(abs(found - Double(level)) <= 2, "entry \(entry), channel \(channel)")
      }
    }
  }

  @Test("the script is one file of at most 16 kB that asks for nothing")
  func size() throws {
    let text = try Self.script.get()
    #expect(text.utf8.count <= 16_384)
    for word in ["fetch(", "XMLHttpRequest", "import(", "WebSocket", "sendBeacon", "eval(", "Function(", ".src ="] {
      #expect(!text.contains(word))
    }
  }
}
