import Diagnostics
import Files

/// Names a file that is no ONNX model as what it is, with what to do.
enum ForeignModel {
  /// What to say of a file that could not be read as a model; `nil` where it is nothing known.
  static func fault(of bytes: Bytes) -> Diagnostic? {
    if let kind = FileKind(bytes.buffer) {
      let quote = kind == .text ? ", which begins “\(quotation(of: bytes))”" : ""
      return .error("this is not an ONNX model but \(kind.name)\(quote).", hint: advice(for: kind))
    }
    return message(bytes).map { .error("this is not an ONNX model but \($0.name).", hint: $0.advice) }
  }

  private static func advice(for kind: FileKind) -> String {
    switch kind {
    case .empty, .zeros: "Copy, download or export the model again."
    case .gitLFSPointer: "Run “git lfs pull”, or download the file itself."
    case .html, .xml, .text: "Download the model again: this is what the server answered."
    case .json: "Name the .onnx file that belongs to it."
    case .pyTorch, .pickle: "Load it in PyTorch and export it with `torch.onnx.export`."
    case .safetensors, .gguf:
      "It holds weights alone: build the network in Python, load them and export it with `torch.onnx.export`."
    case .keras, .hdf5: "Convert it with `python -m tf2onnx.convert`, from a model saved by `model.export`."
    case .tensorFlowLite: "Convert it with `python -m tf2onnx.convert --tflite FILE --output model.onnx`."
    case .onnxRuntime: "Take the .onnx file that it was made from."
    case .onnxText: "Write it in binary: `onnx.save(onnx.load(FILE, format='textproto'), 'model.onnx')`."
    case .zip, .gzip, .bzip2, .xz, .zstandard, .sevenZip, .rar, .tar: "Unpack it and name the .onnx file in it."
    case .numPyArray, .numPyArchive: "It holds numbers alone. Export the network itself to ONNX."
    case .png, .jpeg, .gif, .webP, .avif, .heic, .jpegXL, .jpeg2000, .bmp, .tiff, .ico, .svg, .pdf, .video:
      "The picture comes first, and the model behind --model."
    }
  }

  /// The first line of a text, as far as it is short and harmless.
  private static func quotation(of bytes: Bytes) -> String {
    let text = bytes[0..<min(bytes.count, 200)].string
    let line =
      text.split(whereSeparator: \.isNewline).first.map { line in
        String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .control }))
      } ?? ""
    let shown = line.prefix(60)
    return shown.count < line.count ? "\(shown)…" : line
  }

  // MARK: - Other protobuf messages

  private static let conversion = "Convert it with `python -m tf2onnx.convert`."

  /// What another program's protobuf message is, by the fields that only it has.
  ///
  /// Sources: TensorFlow's saved_model.proto and graph.proto, Core ML's Model.proto, Caffe's caffe.proto.
  private static func message(_ bytes: Bytes) -> (name: String, advice: String)? {
    var reader = WireReader(bytes)
    var numbers: Set<Int> = []
    var version: Int64?
    do throws(WireError) {
      while let field = try reader.next() {
        if field.number == 1, numbers.isEmpty {
          if isTensorFlowNode(field) { return ("a TensorFlow graph (.pb)", conversion) }
          version = try? field.integer(in: "")
        }
        numbers.insert(field.number)
      }
    } catch {
      return nil
    }
    if numbers.contains(where: { (200...2100).contains($0) }), version != nil {
      return ("a Core ML model", "Export the network that it was made from to ONNX.")
    }
    if numbers.contains(100) { return ("a Caffe model", "Convert it to ONNX, with its .prototxt.") }
    if version == 1, numbers == [1, 2] { return ("a TensorFlow SavedModel", conversion) }
    return nil
  }

  /// Whether a field holds a NodeDef: a name, and an operator such as `Placeholder`.
  private static func isTensorFlowNode(_ field: WireReader.Field) -> Bool {
    guard let bytes = try? field.bytes(in: "") else { return false }
    var reader = WireReader(bytes)
    var texts: [Int: String] = [:]
    while let field = try? reader.next() {
      if [1, 2].contains(field.number) { texts[field.number] = try? field.string(in: "") }
    }
    guard let name = texts[1], let kind = texts[2], !name.isEmpty else { return false }
    return kind.first?.isUppercase == true && kind.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}
