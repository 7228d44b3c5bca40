import Foundation
import Imaging
import Testing

@testable import Gallery

@Suite("The painter of panels")
struct PanelPainterTests {
  @Test("paints what it always has: where this is meant to change, stores paint their figures anew")
  func golden() throws {
    // Photo, overlay, overlay of a mirrored half, gradient, boxes.
    let samples = try PanelPainter.samples()
    #expect(samples.map(\.width) == [8, 8, 8, 6, 8])
    #expect(Set(samples.map(\.pixels)).count == 5)
    #expect(PanelPainter.fingerprint == "712b2cdb82679a999a422764ded39badf7408954fbf102ba499f5fa8f3678ffc")
  }
}
