import Foundation
public import NeuralNetwork

/// A small network that is no plain classifier, with PyTorch's answers: `targets/NAME` of the reference data.
public struct TargetNetwork: Decodable, Sendable {
  /// A target with its answers.
  public struct Answer: Decodable, Sendable {
    private let output: String
    private let index: Index
    /// The target's value.
    public let value: Float
    /// The ONNX tensor of the layer for which there is a reference map.
    public let layer: String

    /// An element with the batch axis, or the file of weights.
    private enum Index: Decodable {
      case place([Int])
      case file(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let place = try? container.decode([Int].self) {
          self = .place(place)
        } else {
          self = .file(try container.decode(String.self))
        }
      }
    }

    /// The target as a command line has it.
    public func text(in network: TargetNetwork) -> String {
      switch index {
      case .place(let place): "\(output)[\(place.dropFirst().map(String.init).joined(separator: ","))]"
      case .file(let name): "\(output)=\(network.file(name))"
      }
    }

    /// The target itself.
    public func target(in network: TargetNetwork) throws -> Target {
      switch index {
      case .place(let place): .element(of: output, at: Array(place.dropFirst()))
      case .file(let name): try Target("\(output)=\(network.file(name))")
      }
    }
  }

  /// The folder's name.
  public let name: String
  /// The names of the inputs, the picture first.
  public let inputs: [String]
  /// The names of the outputs.
  public let outputs: [String]
  /// The targets, in the order of the files `targetN-….npy`.
  public let targets: [Answer]

  /// Every network of the folder.
  public static func all() throws -> [TargetNetwork] {
    try JSONDecoder().decode([Self].self, from: Data(contentsOf: folder.appendingPathComponent("index.json")))
  }

  /// Whether the folder has an index.
  public static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("index.json").path)
  }

  private static var folder: URL { ReferenceData.url("targets") }

  /// The path of a file of the network.
  public func file(_ path: String) -> String {
    Self.folder.appendingPathComponent(name).appendingPathComponent(path).path
  }

  /// A tensor by its file name without `.npy`.
  public func tensor(_ file: String) throws -> Tensor { try Tensor(contentsOfNPYFile: self.file(file + ".npy")) }

  /// The picture, [1, 3, 80, 80].
  public var picture: Tensor { get throws { try tensor(inputs[0]) } }

  /// The inputs beside the picture, by name.
  public var furtherInputs: [String: Tensor] {
    get throws {
      try Dictionary(uniqueKeysWithValues: inputs.dropFirst().map { ($0, try tensor($0)) })
    }
  }
}
