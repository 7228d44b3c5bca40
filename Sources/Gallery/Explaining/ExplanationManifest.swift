import Foundation
import Imaging

/// What `sitegen explain` computed and where it put it: `manifest.json`.
public struct ExplanationManifest: Encodable, Sendable {
  /// One class.
  public struct ClassEntry: Encodable, Sendable {
    /// c, counted from 0.
    public let index: Int
    /// The class's first name.
    public let label: String
    /// Its WordNet id, if it has one.
    public let synset: String?
    /// y^c before any softmax or sigmoid.
    public let logit: Float
    /// softmax(y)_c, or sigmoid(y^c) where classes do not exclude each other.
    public let probability: Float
    /// 1 for the highest logit.
    public let rank: Int
    /// The results, in the order of layers and methods.
    public internal(set) var results: [Result] = []
    /// Why methods have nothing to show, in full sentences.
    public internal(set) var findings: [String] = []
    /// The path of `evidence.json`, where it was asked for and there was something to measure.
    public internal(set) var evidence: String?
  }

  /// One target that need not be a class.
  public struct TargetEntry: Encodable, Sendable {
    /// As it was asked for, such as `words[6,11]`.
    public let target: String
    /// Its value for the picture.
    public let value: Float
    /// The results, in the order of layers and methods.
    public internal(set) var results: [Result] = []
    /// Why methods have nothing to show, in full sentences.
    public internal(set) var findings: [String] = []
    /// The path of `evidence.json`, where it was asked for and there was something to measure.
    public internal(set) var evidence: String?
  }

  /// One picture.
  public struct Result: Encodable, Sendable {
    /// The method's name.
    public let method: String
    /// The picture's path in the output folder.
    public let picture: String
    /// The raw values' path, if they were asked for.
    public let array: String?
    /// The layer that was looked at.
    public let layer: String?
    /// Why this one.
    public let layerReason: String?
    /// x, y, width and height in pixels of the picture, for a localization.
    public let box: [Int]?
    /// What a reader should know, such as that there is nothing to see.
    public let warning: String?
  }

  /// The model, as it was named.
  public let model: String
  /// The picture, as it was named.
  public let image: String
  /// Shape of the network's input.
  public let input: [Int]
  /// The part of the picture that the network saw: x, y, width, height.
  public let region: [Int]
  /// What a reader should know about how the network was run.
  public let notes: [String]
  /// The classes, in the order asked for.
  public internal(set) var classes: [ClassEntry] = []
  /// The other targets, likewise.
  public internal(set) var targets: [TargetEntry] = []
  /// Every other file in the folder that this or an earlier explanation wrote there, sorted.
  public internal(set) var files: [String] = []

  init(model: String, image: String, input: [Int], region: Rect, notes: [String]) {
    self.model = model
    self.image = image
    self.input = input
    self.region = [region.x, region.y, region.width, region.height]
    self.notes = notes
  }

  /// The manifest as JSON, keys sorted.
  var json: [UInt8] {
    get throws { try ReadableJSON.bytes(self) }
  }
}
