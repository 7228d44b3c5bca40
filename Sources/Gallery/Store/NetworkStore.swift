import Diagnostics
import Files
import Foundation
import NeuralNetwork
import Saliency

/// What a store knows of networks.
struct NetworkStore: Sendable {
  let store: Store
  let hashes: FileHashes
  private let timeSteps: Double
  /// What this process has read or found out.
  private let known = Guarded<[StoreKey: NetworkFacts]>([:])

  /// Keeps what is known of networks in a store.
  ///
  /// - Parameter timeSteps: the seconds between two times that the file system tells apart.
  init(_ store: Store, timeSteps: Double = 2) {
    self.store = store
    self.timeSteps = timeSteps
    hashes = FileHashes(store, timeSteps: timeSteps)
  }

  /// The same for those who only look.
  var readOnly: NetworkStore { NetworkStore(store.readOnly, timeSteps: timeSteps) }

  /// What is known of a network.
  ///
  /// It is opened only where the store does not know it.
  ///
  /// - Returns: the facts, and the identity of all that its numbers depend on but the picture.
  /// - Throws: `DiagnosticList` located at the file where it cannot be used.
  func facts(
    ofFileAt path: String, input: InputSpecification, output: String?, use: NetworkUse = NetworkUse()
  ) throws -> (NetworkFacts, NetworkIdentity) {
    let identity = try identity(ofFileAt: path, input: input, output: output, use: use)
    if let facts = known.withLock({ $0[identity.key] }) { return (facts, identity) }
    if let bytes = store.read(.models, identity.key),
      let facts = try? JSONDecoder().decode(NetworkFacts.self, from: Data(bytes)), facts.isSound
    {
      known.withLock { $0[identity.key] = facts }
      return (facts, identity)
    }
    let facts = NetworkFacts(
      try Network(contentsOfFile: path, inputShape: input.shape, output: output, use: use), outputs: use.outputs)
    try verify(identity)
    try write(facts, of: identity)
    return (facts, identity)
  }

  private func write(_ facts: NetworkFacts, of identity: NetworkIdentity) throws {
    known.withLock { $0[identity.key] = facts }
    try store.write(.models, identity.key, Array(JSONEncoder().encode(facts)))
  }

  private func identity(
    ofFileAt path: String, input: InputSpecification, output: String?, use: NetworkUse
  ) throws -> NetworkIdentity {
    // What cannot be read has no hash, and nothing is ever stored for it: the network will say what is wrong.
    let hash = hashes.hash(of: path) ?? ""
    let folder = PathText.folder(of: path)
    let others = try externalFiles(ofFileAt: path, hash: hash).map { name in
      let path = PathText.join(folder, name)
      return NetworkIdentity.File(path: path, hash: hashes.hash(of: path) ?? "")
    }
    return NetworkIdentity(
      files: [NetworkIdentity.File(path: path, hash: hash)] + others, input: input, output: output, use: use)
  }

  /// The names of the files beside the ONNX file that hold weights.
  private func externalFiles(ofFileAt path: String, hash: String) throws -> [String] {
    guard !hash.isEmpty else { return [] }
    let key = NetworkIdentity.externalFilesKey(hash)
    if let bytes = store.read(.models, key), let names = try? JSONDecoder().decode([String].self, from: Data(bytes)) {
      return names
    }
    let names = Network.externalFiles(ofModelAt: path)
    try verify([NetworkIdentity.File(path: path, hash: hash)])
    try store.write(.models, key, Array(JSONEncoder().encode(names)))
    return names
  }

  /// Opens a network to run it.
  ///
  /// What its files are is looked at before they are read and behind, and again by `verify` behind whatever is computed.
  ///
  /// - Parameter facts: what planning went by.
  /// - Throws: `Diagnostic` where a file is not what it was when the build was planned, or the facts are another
  ///   network's.
  func open(_ identity: NetworkIdentity, facts: NetworkFacts, inputShape: [Int]) throws -> Network {
    try verify(identity)
    let network = try Network(
      contentsOfFile: identity.files[0].path, inputShape: inputShape, output: identity.output, use: identity.use)
    try verify(identity)
    let found = NetworkFacts(network, outputs: identity.use.outputs)
    guard found.layers == facts.layers, found.classCount == facts.classCount, found.inputShape == facts.inputShape
    else {
      try write(found, of: identity)
      throw Diagnostic.error(
        "The store “\(store.shownAs)” told of another network.", at: SourceLocation(file: identity.files[0].path),
        hint: "It has been mended: build again.")
    }
    return network
  }

  /// Makes sure that a network's files are still those that the identity is of.
  ///
  /// - Throws: `Diagnostic` at a file that has changed.
  func verify(_ identity: NetworkIdentity) throws(Diagnostic) { try verify(identity.files) }

  private func verify(_ files: [NetworkIdentity.File]) throws(Diagnostic) {
    for file in files {
      // A model may name a file that is not there for weights that nobody reads.
      let isSame = file.hash.isEmpty ? hashes.hash(of: file.path) == nil : hashes.verify(file.path, hasHash: file.hash)
      guard !isSame else { continue }
      throw .error(
        "The file has changed while the site was being built.", at: SourceLocation(file: file.path),
        hint: "Build again.")
    }
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
  /// What is given to the other inputs, and which other outputs are explained.
  let use: NetworkUse
  /// Stands for the engine, the files' bytes, the preparation of the input, the output and the use.
  let key: StoreKey

  /// The entries of a store about the network.
  var entries: [StoreKey] { [key, Self.externalFilesKey(files[0].hash)] }

  /// The key of the names of the files beside an ONNX file that hold its weights.
  static func externalFilesKey(_ hash: String) -> StoreKey {
    StoreKey("external files", [Network.engineVersion, hash])
  }

  init(files: [File], input: InputSpecification, output: String?, use: NetworkUse = NetworkUse()) {
    self.files = files
    self.output = output
    self.use = use
    key = StoreKey(
      "network", [Network.engineVersion, input.parameters, output ?? ""] + use.parameters + files.map(\.hash))
  }
}

extension InputSpecification {
  /// Everything that the input depends on but the picture.
  fileprivate var parameters: String {
    "\(width)×\(height) \(resize) \(channels.name) \(scale) \(mean) \(standardDeviation)"
  }
}
