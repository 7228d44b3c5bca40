import Diagnostics
import Foundation
import Network
import Saliency

/// What a store knows of networks.
struct NetworkStore: Sendable {
  let store: Store
  let hashes: FileHashes

  /// What is known of a network.
  ///
  /// It is opened only where the store does not know it.
  ///
  /// - Returns: the facts, and the identity of all that its numbers depend on but the picture.
  /// - Throws: `DiagnosticList` located at the file where it cannot be used.
  func facts(
    ofFileAt path: String, input: InputSpecification, output: String?
  ) throws -> (NetworkFacts, NetworkIdentity) {
    let identity = try identity(ofFileAt: path, input: input, output: output)
    if let bytes = store.read(.models, identity.key),
      let facts = try? JSONDecoder().decode(NetworkFacts.self, from: Data(bytes))
    {
      return (facts, identity)
    }
    let facts = NetworkFacts(try Network(contentsOfFile: path, inputShape: input.shape, output: output))
    try store.write(.models, identity.key, Array(JSONEncoder().encode(facts)))
    return (facts, identity)
  }

  private func identity(
    ofFileAt path: String, input: InputSpecification, output: String?
  ) throws -> NetworkIdentity {
    // What cannot be read has no hash, and nothing is ever stored for it: the network will say what is wrong.
    let hash = hashes.hash(of: path) ?? ""
    let folder = (path as NSString).deletingLastPathComponent
    let others = try externalFiles(ofFileAt: path, hash: hash).map { name in
      let path = (folder.isEmpty ? "" : folder + "/") + name
      return NetworkIdentity.File(path: path, hash: hashes.hash(of: path) ?? "")
    }
    return NetworkIdentity(files: [NetworkIdentity.File(path: path, hash: hash)] + others, input: input, output: output)
  }

  /// The names of the files beside the ONNX file that hold weights.
  private func externalFiles(ofFileAt path: String, hash: String) throws -> [String] {
    guard !hash.isEmpty else { return [] }
    let key = NetworkIdentity.externalFilesKey(hash)
    if let bytes = store.read(.models, key), let names = try? JSONDecoder().decode([String].self, from: Data(bytes)) {
      return names
    }
    let names = Network.externalFiles(ofModelAt: path)
    try store.write(.models, key, Array(JSONEncoder().encode(names)))
    return names
  }

  /// Opens a network to run it, after another look at its files.
  ///
  /// - Throws: `Diagnostic` where a file is not what it was when the build was planned.
  func open(_ identity: NetworkIdentity, inputShape: [Int]) throws -> Network {
    for file in identity.files where !hashes.verify(file.path, hasHash: file.hash) {
      throw Diagnostic.error(
        "The file has changed while the site was being built.", at: SourceLocation(file: file.path),
        hint: "Build again.")
    }
    return try Network(contentsOfFile: identity.files[0].path, inputShape: inputShape, output: identity.output)
  }
}

/// Everything that the numbers of a network depend on but the picture.
struct NetworkIdentity: Sendable {
  struct File: Sendable {
    let path: String
    /// SHA-256, empty where the file cannot be read.
    let hash: String
  }

  /// The ONNX file and the files beside it that hold its weights.
  let files: [File]
  /// The output that is explained; `nil` for the first that can be a list of scores.
  let output: String?
  /// Stands for the engine, the files' bytes, the preparation of the input and the output.
  let key: StoreKey

  /// The entries of a store about the network.
  var entries: [StoreKey] { [key, Self.externalFilesKey(files[0].hash)] }

  /// The key of the names of the files beside an ONNX file that hold its weights.
  static func externalFilesKey(_ hash: String) -> StoreKey { StoreKey("external files", [hash]) }

  init(files: [File], input: InputSpecification, output: String?) {
    self.files = files
    self.output = output
    key = StoreKey("network", [Network.engineVersion, input.parameters, output ?? ""] + files.map(\.hash))
  }
}

extension InputSpecification {
  /// Everything that the input depends on but the picture.
  fileprivate var parameters: String {
    "\(width)×\(height) \(resize) \(channels.rawValue) \(scale) \(mean) \(standardDeviation)"
  }
}
