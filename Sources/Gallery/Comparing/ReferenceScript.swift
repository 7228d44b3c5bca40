import Diagnostics
import Foundation
import NeuralNetwork
import Saliency
import Vocabulary

/// The lines of Python that save what a model gives, made for one card: what `sitegen model check` prints.
public struct ReferenceScript: Sendable {
  /// The lines.
  public let text: String

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - name: the name of a card, the path of a card, or an .onnx file.
  ///   - layer: the layer to compare; `nil` for the card's, or the network's default.
  ///   - output: the output or inner tensor that holds the scores, instead of the card's.
  ///   - content: the folder in which card names are looked up.
  ///   - followedLinks: folders outside that links beside the card may lead into.
  /// - Throws: `DiagnosticList` with everything that is wrong with it.
  public init(
    _ name: String, layer: String? = nil, output: String? = nil, content: String = "content",
    followedLinks: [String] = []
  ) throws {
    let reference = try ModelReference(name, content: content, followedLinks: followedLinks)
    let (model, network) = try reference.load(output: output, use: try reference.ownUse)
    let found = try reference.layer(layer, of: network, isNeeded: false) ?? network.defaultLayer?.layer
    let shape = Self.list(network.inputShape)
    let mode = network.inputShape[1] == 1 ? "L" : "RGB"
    var lines = [
      "# `model` is your torch.nn.Module, `preprocess` makes what goes into it of a picture. By this card that is:"
    ]
    lines += Self.preprocessing(model.input).map { "#   \($0)" }
    if let found {
      let module = Self.module(of: found.name)
      let guess = module == nil ? "put the name of the module in" : "the module’s name is guessed"
      lines.append("# What is kept is the output of layer \(found.name): \(guess), `print(model)` shows all.")
      lines += [
        "import numpy, torch; from PIL import Image",
        "picture = Image.open(\"photo.jpg\").convert(\"\(mode)\"); kept = []",
        "x = preprocess(picture)[None].requires_grad_()  # \(shape)",
        "model.eval().get_submodule(\(Self.quoted(module ?? "NAME"))).register_forward_hook(lambda m, i, y: kept.append(y))",
        "y = model(x); c = int(y[0].argmax()); gx, ga = torch.autograd.grad(y[0, c], [x, kept[-1]])",
        "numpy.savez(\"reference.npz\", image=picture, input=x.detach(), logits=y.detach(), target=c, input_gradient=gx, "
          + "activation=kept[-1].detach(), layer_gradient=ga)",
      ]
    } else {
      lines += [
        "import numpy, torch; from PIL import Image", "picture = Image.open(\"photo.jpg\").convert(\"\(mode)\")",
        "x = preprocess(picture)[None].requires_grad_()  # \(shape)", "y = model.eval()(x); c = int(y[0].argmax())",
        "gx, = torch.autograd.grad(y[0, c], [x])",
        "numpy.savez(\"reference.npz\", image=picture, input=x.detach(), logits=y.detach(), target=c, input_gradient=gx)",
      ]
    }
    lines += [
      "# Then: sitegen model check \(name.shellWord)\(layer.map { " --layer \($0.shellWord)" } ?? "") --against "
        + "reference.npz", "",
      "# Where there is only the .onnx file, ONNX Runtime tells the logits of made-up numbers:",
      "import numpy, onnxruntime",
      "x = numpy.random.default_rng(1).standard_normal(\(shape), numpy.float32)"
        + (network.inputElementType == .float32 ? "" : "  # as \(network.inputElementType.rawValue)"),
      "y = onnxruntime.InferenceSession(\(Self.quoted(model.path))).run([\(Self.quoted(network.outputName))], "
        + "{\(Self.quoted(network.inputName)): x})[0]",
      "numpy.savez(\"reference.npz\", input=x, logits=y)",
    ]
    text = lines.joined(separator: "\n")
  }

  /// What a card says of the input, in the words of torchvision's transforms.
  static func preprocessing(_ input: InputSpecification) -> [String] {
    var steps: [String] = []
    switch input.resize {
    case .stretch: steps.append("T.Resize((\(input.height), \(input.width)))")
    case .crop(let side): steps += ["T.Resize(\(side))", "T.CenterCrop((\(input.height), \(input.width)))"]
    case .pad: steps.append("your_own_padding_to(\(input.height), \(input.width))")
    }
    steps.append("T.ToTensor()")
    if input.channels == .order(.bgr) { steps.append("T.Lambda(lambda x: x[[2, 1, 0]])") }
    if input.scale != 1 { steps.append("T.Lambda(lambda x: x * \(number(input.scale)))") }
    if input.mean.contains(where: { $0 != 0 }) || input.standardDeviation.contains(where: { $0 != 1 }) {
      steps.append("T.Normalize(\(list(input.mean)), \(list(input.standardDeviation)))")
    }
    return [
      "from torchvision import transforms as T", "preprocess = T.Compose([\(steps.joined(separator: ", "))])",
    ]
  }

  /// The module that computes a node, where the exporter has written it into the node's name: `/layer4/layer4.1/relu_1/Relu`
  /// is of `layer4.1.relu`, used for the second time there.
  static func module(of node: String) -> String? {
    let scopes = node.split(separator: "/").dropLast()
    guard node.hasPrefix("/"), !scopes.isEmpty else { return nil }
    return scopes.reduce("") { path, scope in
      var scope = String(scope)
      if let mark = scope.lastIndex(of: "_"), scope[mark...].dropFirst().allSatisfy(\.isNumber),
        !scope[mark...].dropFirst().isEmpty
      {
        scope = String(scope[..<mark])
      }
      return path.isEmpty || scope == path || scope.hasPrefix(path + ".") ? scope : "\(path).\(scope)"
    }
  }

  private static func list(_ values: [Int]) -> String { "[\(values.map(String.init).joined(separator: ", "))]" }

  private static func list(_ values: [Float]) -> String { "[\(values.map(number).joined(separator: ", "))]" }

  private static func number(_ value: Float) -> String { String(format: "%g", value) }

  /// Text as Python writes it: names come from a file, and end no line.
  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
