import Foundation
import Imaging
import Testing

@testable import Gallery

@Suite("The painter of panels")
struct PanelPainterTests {
  @Test("paints what it always has: where this is meant to change, stores paint their figures anew")
  func golden() throws {
    // Photo, a map over it, over a mirrored half of it, the same faded, a gradient, boxes.
    let samples = try PanelPainter.samples()
    #expect(samples.map(\.width) == [8, 8, 8, 8, 6, 8])
    #expect(Set(samples.map(\.pixels)).count == 6)
    // Faded and flat, of one sign and of both.
    let overlays = try PanelPainter.overlaySamples()
    #expect(overlays.map(\.width) == [8, 8, 8, 8])
    #expect(PanelPainter.fingerprint == "8fbf20323401aae1fe8ee4b531509f53e266cf4718af2ce8fd5dc71705bd5414")
  }
}
