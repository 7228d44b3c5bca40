import Diagnostics
import Files
import NeuralNetwork
import Site

/// A model card of which an ONNX file tells the most: what it does not tell is left to the writer, with a warning.
struct DraftedCard {
  /// Where the card goes.
  let path: String
  /// The files of which it is made.
  private(set) var files = NewFiles()
  /// What must be filled in.
  private(set) var warnings = DiagnosticList()

  /// The sides of pictures where the file leaves them open: what most networks were trained with.
  private static let usualSide = 224

  /// - Parameters:
  ///   - name: what the card is called.
  ///   - file: the ONNX file, which is copied, with the files of its weights.
  ///   - labels: a label file, which is copied; `nil` numbers the classes.
  ///   - content: the content folder.
  /// - Throws: `DiagnosticList` where the file cannot be read as a network that names what is on a picture.
  init(_ name: NewName, file: String, labels: String?, content: String) throws {
    let folder = PathText.join(content, "models")
    path = PathText.join(folder, name.slug + ".md")
    let place = SourceLocation(file: path)
    let (network, isOpen) = try Self.open(file)
    let shape = network.inputShape
    guard [1, 3].contains(shape[1]) else {
      throw DiagnosticList([
        .error(
          "The network takes \(shape[1]) channels, and pictures have 3 or 1.", at: SourceLocation(file: file),
          hint: "“sitegen explain” takes tensors of any number as .npy files.")
      ])
    }
    var lines = ["title: \(name.title)", "file: \(name.slug)/model.onnx"]
    let own = PathText.join(folder, name.slug)
    files.add(PathText.join(own, "model.onnx"), .copy(of: file))
    for weights in Network.externalFiles(ofModelAt: file) {
      files.add(PathText.join(own, weights), .copy(of: PathText.join(PathText.folder(of: file), weights)))
    }
    if network.classCount > 0 {
      let labelFile = PathText.join(own, "labels.txt")
      lines.append("labels: \(name.slug)/labels.txt")
      if let labels {
        files.add(labelFile, .copy(of: labels))
      } else {
        files.add(labelFile, text: (0..<network.classCount).map { "class \($0)\n" }.joined())
        warnings.append(
          .warning(
            "The file does not name its \(network.classCount) classes.", at: SourceLocation(file: labelFile),
            hint: "Write each class’s name in its line."))
      }
    }
    lines += ["input:", "  size: [\(shape[3]), \(shape[2])]", "  resize: stretch"]
    lines.append("  channels: \(shape[1] == 1 ? "gray" : "rgb")")
    if isOpen {
      warnings.append(
        .warning(
          "The file takes pictures of any size; \(shape[3]) × \(shape[2]) is assumed.", at: place,
          hint: "Set `size` to what the network was trained with."))
    }
    if network.inputElementType.wholeNumbers == nil {
      lines += [
        "  # What pictures were normalised by in training, which the file does not tell. Most of torchvision’s and timm’s:",
        "  # scale: 1", "  # mean: [0.485, 0.456, 0.406]", "  # std: [0.229, 0.224, 0.225]",
      ]
      warnings.append(
        .warning(
          "How pictures are normalised is not in the file: they go in from 0 to 1.", at: place,
          hint: "Set `scale`, `mean` and `std` to what the network was trained with."))
    } else {
      lines.append("  scale: 255")
    }
    warnings.append(
      .warning(
        "Whether pictures are stretched, cropped or padded, and the order of channels, is not in the file.", at: place,
        hint: "Look at `resize` and `channels`."))
    if network.outputNames.count > 1 { lines.append("output: \(NewName.quoted(network.outputName))") }
    if network.defaultLayer == nil {
      warnings.append(
        .warning("No layer suggests itself.", at: place, hint: "Name one with `layer:`. \(network.candidates ?? "")"))
    }
    let text = ["---"] + lines + ["---", "What the network is, who made it, and from what.", ""]
    files.add(path, text: text.joined(separator: "\n"))
  }

  /// - Returns: the network, and whether the file leaves the size of pictures open.
  private static func open(_ file: String) throws -> (Network, isOpen: Bool) {
    do {
      return (try Network(contentsOfFile: file), false)
    } catch {
      // Where a size helps no more than none, what is wrong is told of the file as it is.
      let sizes = [1, 3, usualSide, usualSide]
      guard let network = try? Network(contentsOfFile: file, openSizes: sizes) else { throw error }
      return (network, true)
    }
  }
}
