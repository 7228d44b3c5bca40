import Diagnostics
import Files

extension NetworkIdentity {
  /// Refuses weights that lie outside of the content: an ONNX file names files beside it, and these may be links.
  ///
  /// Weights may also lie beside the file that the ONNX file is a link to, as they do in a cache of downloads.
  ///
  /// - Parameter location: where the card names the ONNX file.
  func checkWeights(content: String, followedLinks: [String], at location: SourceLocation) throws(Diagnostic) {
    guard files.count > 1 else { return }
    let prefix = PathText.join(content, "-").utf8.count - 1
    let model = Substring(files[0].path.utf8.dropFirst(prefix))
    let real = ConfinedFolder(content).realPath(of: String(model)).map { [PathText.folder(of: $0)] } ?? []
    let folder = ConfinedFolder(content, following: followedLinks + real)
    for file in files.dropFirst() {
      guard case .outside(let target) = folder.look(at: String(Substring(file.path.utf8.dropFirst(prefix)))) else {
        continue
      }
      throw .error(
        "The model keeps weights in “\(file.path)”, which leads out of \(content), to \(target).", at: location,
        hint: "Copy it into \(content), or allow its folder with `--follow-links \(PathText.folder(of: target))`.")
    }
  }
}
