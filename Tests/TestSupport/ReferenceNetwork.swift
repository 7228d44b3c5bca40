import Foundation
public import NeuralNetwork

/// A small network with PyTorch's answers: `networks/NAME` of the reference data.
public struct ReferenceNetwork: Decodable, Sendable {
  /// A layer for which there are reference maps.
  public struct Layer: Decodable, Sendable {
    /// The ONNX tensor.
    public let tensor: String
  }

  /// The folder's name.
  public let name: String
  /// The class that the gradients belong to.
  public let target: Int
  /// The layers, in the order of the files `layerN-….npy`.
  public let layers: [Layer]

  /// Reads the index entry of `name`.
  public init(_ name: String) throws {
    guard let entry = try Self.all().first(where: { $0.name == name }) else { throw CocoaError(.fileNoSuchFile) }
    self = entry
  }

  /// Every network of the folder: of `REFERENCE_NETWORKS` if set.
  public static func all() throws -> [ReferenceNetwork] {
    try JSONDecoder().decode([Self].self, from: Data(contentsOf: index))
  }

  /// Whether the folder has an index.
  public static var isPresent: Bool { FileManager.default.fileExists(atPath: index.path) }

  private static var index: URL { folder.appendingPathComponent("index.json") }

  private static var folder: URL {
    ProcessInfo.processInfo.environment["REFERENCE_NETWORKS"].map { URL(fileURLWithPath: $0) }
      ?? ReferenceData.url("networks")
  }

  /// The path of a file of the network.
  public func file(_ path: String) -> String {
    Self.folder.appendingPathComponent(name).appendingPathComponent(path).path
  }

  /// Whether there is a reference tensor of this file name without `.npy`.
  public func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: self.file(file + ".npy")) }

  /// A reference tensor by its file name without `.npy`.
  public func tensor(_ file: String) throws -> Tensor { try Tensor(contentsOfNPYFile: self.file(file + ".npy")) }
}
