import Foundation
public import Saliency

/// What `sitegen evaluate` measures: how well maps show where things are, over a data set.
public struct EvaluationReport: Codable, Sendable {
  /// One method at a layer, over all things.
  public struct Entry: Codable, Sendable {
    /// The method's name.
    public let method: String
    /// The layer that it looks at, if it looks at one.
    public let layer: String?
    /// How often the map's maximum lies on the thing. A map that shows nothing counts as a miss.
    public let pointing: BootstrapMean
    /// The share of the map that lies on the thing.
    public let energy: BootstrapMean
    /// How often the box of the map of the thing's class agrees with no true box by half or more.
    public let localizationError: BootstrapMean
    /// The same for the class that the network finds most likely, by pictures: another class than any there is an error.
    public let localizationErrorTop1: BootstrapMean
    /// The areas under the curves of deletion and insertion, where they were asked for.
    public let deletion, insertion: BootstrapMean?
    /// How many maps showed nothing.
    public let blank: Int
  }

  /// The model, as it was named.
  public let model: String
  /// The data set, likewise.
  public let dataset: String
  /// How many pictures and things it has.
  public let pictures, things: Int
  /// The share of the picture that things take up: how often a map that points anywhere would hit.
  public let chance: BootstrapMean
  /// How often the most likely class is one that is there.
  public let accuracy: BootstrapMean
  /// One for each method and layer, in the order asked for.
  public let entries: [Entry]

  /// As JSON, keys sorted.
  public var json: [UInt8] {
    get throws { try ReadableJSON.bytes(self) }
  }

  /// A table with a line for each method and layer, shares in per cent.
  public var text: String {
    let hasCurves = entries.contains { $0.deletion != nil }
    let header =
      ["METHOD", "LAYER", "POINTING", "ENERGY", "LOC. ERROR", "TOP-1 LOC. ERROR"]
      + (hasCurves ? ["DELETION", "INSERTION"] : []) + ["BLANK"]
    let rows = entries.map { entry in
      [
        entry.method, entry.layer ?? "", Self.percent(entry.pointing), Self.percent(entry.energy),
        Self.percent(entry.localizationError), Self.percent(entry.localizationErrorTop1),
      ] + (hasCurves ? [entry.deletion, entry.insertion].map { $0.map(Self.number) ?? "" } : [])
        + [String(entry.blank)]
    }
    return
      "\(things) things in \(pictures) pictures; chance \(Self.percent(chance)), accuracy \(Self.percent(accuracy)).\n"
      + TextTable(header: header, rows).text
  }

  /// `82.1 (79.9–84.0)`.
  private static func percent(_ value: BootstrapMean) -> String {
    String(format: "%.1f (%.1f–%.1f)", 100 * value.mean, 100 * value.low, 100 * value.high)
  }

  private static func number(_ value: BootstrapMean) -> String {
    String(format: "%.3f (%.3f–%.3f)", value.mean, value.low, value.high)
  }
}
