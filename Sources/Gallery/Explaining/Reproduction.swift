import Files
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// How a figure is made again: by the command line, and one panel of it by PyTorch.
struct Reproduction {
  let figure: WholeFigure
  let records: [FigureRecord]

  /// The command lines, one for each part.
  var command: String { zip(figure.parts, records).map(command).joined(separator: "\n") }

  private func command(_ part: PartOfFigure, _ record: FigureRecord) -> String {
    let request = part.plan.request
    var words = ["sitegen", "explain", part.imagePath, "--model", request.model.value]
    for index in record.rows.compactMap(\.verdict?.index).withoutRepetitions { words += ["--class", "index:\(index)"] }
    for target in part.plan.request.subjects.targets {
      words += ["--target", target.value.weights.map { part.commandLine(target.value.text, $0) } ?? target.value.text]
    }
    for input in part.plan.request.inputs {
      words += ["--input", "\(input.name.value)=\(part.text(of: input.value.value))"]
    }
    for (layer, _) in part.plan.layers { words += ["--layer", layer.name] }
    for method in part.plan.methods { words += ["--method", method.id] }
    if request.profile != .paper { words += ["--profile", request.profile.rawValue] }
    if request.measuresEvidence { words.append("--evidence") }
    if part.contentFolder != "content" { words += ["--content", part.contentFolder] }
    return (words + ["--arrays", "--output", "out"]).map(\.shellWord).joined(separator: " ")
  }

  // MARK: - PyTorch

  /// Lines of Python that compute a panel from the same network in PyTorch, called `model` there, and compare it with the raw
  /// values, where there are some; `nil` where the figure has no panel of a kind that they could be about.
  ///
  /// - Parameter array: the name of the raw values' file of a panel, by the panel's place in the grid.
  func check(array: (FigureGrid.Cell) -> String?, in grid: FigureGrid) -> String? {
    for cell in grid.rows.flatMap({ $0 }) {
      // What a model of several inputs or outputs takes and gives in PyTorch is the writer's own.
      guard let verdict = cell.row.verdict, cell.part.plan.inputs.isEmpty,
        let formula = Self.formula(of: cell.method), let file = array(cell),
        let input = Self.input(cell.part.model.input, image: cell.part.imagePath)
      else { continue }
      let target = "y = model.eval()(x)[0, \(verdict.index)]"
      let keeping = cell.method.needsLayer && cell.layer != nil
      return
        ([
          "import numpy, torch, torchvision.transforms as T; from PIL import Image",
          input,
          keeping
            ? "A = []; layer.register_forward_hook(lambda m, i, o: A.append(o))"
              + "  # layer: the module whose output is \(cell.layer?.layer.name ?? "")"
            : nil,
          keeping ? "\(target); g, = torch.autograd.grad(y, A[0])" : "\(target); g, = torch.autograd.grad(y, x)",
          formula,
          "print((found - torch.from_numpy(numpy.load(\"\(file)\"))).abs().max() / found.abs().max())",
        ] as [String?]).compactMap { $0 }.joined(separator: "\n")
    }
    return nil
  }

  /// What is made of the activations A and the gradient g.
  private static func formula(of method: Saliency.Method) -> String? {
    let sum = "(g.mean((2, 3), keepdim=True) * A[0]).sum(1)[0]"
    return switch method {
    case .gradCAM: "found = torch.relu(\(sum))"
    case .signedSum: "found = \(sum)"
    case .counterfactual: "found = torch.relu(-\(sum))"
    case .hiResCAM: "found = torch.relu((g * A[0]).sum(1)[0])"
    case .gradient: "found = g[0]"
    default: nil
    }
  }

  /// The line that prepares the picture; `nil` where torchvision has no name for what the card says.
  private static func input(_ input: InputSpecification, image: String) -> String? {
    guard case .order(let order) = input.channels, order != .bgr, !image.contains("\"") else { return nil }
    let size = "(\(input.height), \(input.width))"
    let steps: String
    switch input.resize {
    case .stretch: steps = "T.Resize(\(size))"
    case .crop(let side): steps = "T.Resize(\(side)), T.CenterCrop(\(size))"
    case .pad: return nil
    }
    func list(_ values: [Float]) -> String { "[\(values.map { "\($0 / input.scale)" }.joined(separator: ", "))]" }
    let normalize = "T.Normalize(\(list(input.mean)), \(list(input.standardDeviation)))"
    return
      "x = T.Compose([\(steps), T.ToTensor(), \(normalize)])"
      + "(Image.open(\"\(image)\").convert(\"\(order == .gray ? "L" : "RGB")\"))[None].requires_grad_()"
  }
}

extension PartOfFigure {
  /// A weighted sum as a command line has it.
  fileprivate func commandLine(_ target: String, _ weights: ContentFile) -> String {
    "\(target.prefix { $0 != "=" })=\(PathText.join(contentFolder, weights.path))"
  }

  /// What an input is given, as a command line has it.
  fileprivate func text(of value: InputValue) -> String {
    switch value {
    case .text(let text): text
    case .numbers(let numbers): numbers.map { "\($0)" }.joined(separator: ",")
    case .file(let file): PathText.join(contentFolder, file.path)
    }
  }
}
