import Foundation
import Network

@testable import Gallery

/// Any bytes as an entry of the store: under a wrong seal, and under a right one, where only the reader is between them and
/// a page.
func fuzzStoreEntry(_ bytes: [UInt8]) throws {
  let store = Store(FuzzFolder.url.appendingPathComponent("store").path)
  let key = StoreKey("fuzz", ["one"])
  for kind in Store.Kind.allCases {
    try store.write(kind, key, bytes)
    _ = FigureRecord.read(key, from: store)
    _ = store.read(kind, key)
    FuzzFolder.write(bytes, to: "store/" + place(of: store.file(kind, key), in: store))
    _ = FigureRecord.read(key, from: store)
    _ = store.read(kind, key)
  }
  _ = [Tensor](stored: bytes)
  FuzzFolder.write(bytes, to: "store/hashes")
  _ = FileHashes(store).hash(of: FuzzFolder.url.appendingPathComponent("store/hashes").path)
}

private func place(of file: URL, in store: Store) -> String {
  String(file.standardizedFileURL.path.dropFirst(store.url.standardizedFileURL.path.count + 1))
}
