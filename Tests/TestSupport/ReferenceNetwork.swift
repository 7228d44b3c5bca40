import Foundation
public import Network

/// A small network with PyTorch's answers: `networks/NAME` of the reference data.
public struct ReferenceNetwork: Decodable {
  /// A layer for which there are reference maps.
  public struct Layer: Decodable {
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
    let index = try Data(contentsOf: Self.folder.appendingPathComponent("index.json"))
    guard let entry = try JSONDecoder().decode([Self].self, from: index).first(where: { $0.name == name }) else {
      throw CocoaError(.fileNoSuchFile)
    }
    self = entry
  }

  private static var folder: URL {
    ProcessInfo.processInfo.environment["REFERENCE_NETWORKS"].map { URL(fileURLWithPath: $0) }
      ?? ReferenceData.url("networks")
  }

  /// The path of a file of the network.
  public func file(_ path: String) -> String {
    Self.folder.appendingPathComponent(name).appendingPathComponent(path).path
  }

  /// A reference tensor by its file name without `.npy`.
  public func tensor(_ file: String) throws -> Tensor { try Tensor(contentsOfNPYFile: self.file(file + ".npy")) }
}
