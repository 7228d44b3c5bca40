import Diagnostics
import Files
import Foundation
import Imaging
import NeuralNetwork
import Saliency

/// A folder with results: of `sitegen explain --arrays`, or a site that `sitegen build` wrote.
struct DriftFolder {
  let path: String

  /// - Throws: `Diagnostic` where it holds no result, or one without raw values.
  func sides() throws -> DriftSides {
    let sides: DriftSides
    if let bytes = try? RegularFile(PathText.join(path, ResultFolder.manifestName), atMost: Self.most).bytes {
      guard let manifest = try? JSONDecoder().decode(Explained.self, from: Data(bytes)) else { throw noResult }
      sides = self.sides(manifest)
    } else {
      sides = try site()
    }
    guard !sides.cells.isEmpty else { throw noResult }
    guard try sides.cells.contains(where: { if case .none = try $0.result() { false } else { true } }) else {
      throw Diagnostic.error(
        "“\(path)” has no raw values to compare.",
        hint: "Explain with --arrays, or build with `arrays: maps` or `arrays: all`.")
    }
    return sides
  }

  /// No manifest of ours has more bytes.
  private static let most = 1 << 26

  private var noResult: Diagnostic {
    .error(
      "“\(path)” holds no results.",
      hint: "Name a folder that “sitegen explain --arrays” or “sitegen build” wrote, a model card, or an .onnx file.")
  }

  // MARK: - Results of sitegen explain

  private func sides(_ manifest: Explained) -> DriftSides {
    var sides = DriftSides()
    func add(_ subject: (label: String, index: Int?), _ entry: Explained.Numbers, _ results: [Explained.Result]) {
      for result in results {
        let place = DriftSide.Place(
          network: manifest.model, image: manifest.image, inputs: "", subject: subject.label,
          classIndex: subject.index, method: result.method, layer: result.layer, variant: "")
        sides.cells.append(
          side(
            place, entry, Files(array: result.array, picture: result.picture, box: result.box), result.warning,
            in: path))
      }
    }
    for entry in manifest.classes {
      add((entry.label, entry.index), Explained.Numbers(entry.logit, entry.probability, entry.rank), entry.results)
    }
    for entry in manifest.targets ?? [] {
      add((entry.target, nil), Explained.Numbers(entry.value, nil, nil), entry.results)
    }
    return sides
  }

  // MARK: - Sites

  private func site() throws -> DriftSides {
    let manifests: [String]
    do throws(FolderFault) {
      manifests = try FolderScan(path).entries.filter { entry in
        guard case .file = entry.state else { return false }
        return entry.path.hasSuffix("/" + ResultFolder.manifestName)
      }.map(\.path)
    } catch {
      throw Diagnostic.error("The folder “\(path)” cannot be read: \(error).")
    }
    var sides = DriftSides()
    for name in manifests {
      guard let bytes = try? RegularFile(PathText.join(path, name), atMost: Self.most).bytes,
        let figure = try? JSONDecoder().decode(BuiltFigure.self, from: Data(bytes))
      else { continue }
      for part in figure.parts {
        if let hash = part.image_sha256 { sides.imageHashes[part.image] = hash }
        sides.cells += part.cells.map { side(of: $0, part, figure: PathText.folder(of: name)) }
      }
    }
    return sides
  }

  private func side(of cell: BuiltFigure.Cell, _ part: BuiltFigure.Part, figure: String) -> DriftSide {
    let inputs = (part.inputs ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let place = DriftSide.Place(
      network: part.model, image: part.image, inputs: inputs.joined(separator: ", "), subject: cell.label,
      classIndex: cell.class, method: cell.method, layer: cell.layer, variant: figure)
    return side(
      place, Explained.Numbers(cell.logit ?? cell.value, cell.probability, cell.rank),
      Files(array: cell.array, picture: cell.picture, box: cell.box), cell.finding, in: path)
  }

  // MARK: - Both

  /// The files of a cell, by their paths in the folder, and its box.
  private struct Files {
    let array, picture: String?
    let box: [Int]?
  }

  private func side(
    _ place: DriftSide.Place, _ numbers: Explained.Numbers, _ files: Files, _ finding: String?, in folder: String
  ) -> DriftSide {
    let method = Saliency.Method.all.first { $0.id == place.method }
    let array = files.array.flatMap { Self.inner($0, of: folder) }
    return DriftSide(
      place: place, value: numbers.value, probability: numbers.probability, rank: numbers.rank, finding: finding,
      picture: files.picture.flatMap { Self.inner($0, of: folder) }.map(DriftPicture.file)
    ) {
      if method?.name.picture == .boxes { return .box(files.box.flatMap(Rect.init(numbers:))) }
      guard let array else { return .none }
      guard
        let result = DriftResult(
          try Tensor(contentsOfNPYFile: array), isSigned: method?.name.picture == .signedMap)
      else {
        throw Diagnostic.error("the array is no map of a picture.", at: SourceLocation(file: array))
      }
      return result
    }
  }
}

extension DriftFolder {
  /// The path of a file in a folder; `nil` for what would lie outside of it.
  fileprivate static func inner(_ name: String, of folder: String) -> String? {
    let isOutside = name.hasPrefix("/") || name.split(separator: "/").contains("..")
    return isOutside ? nil : PathText.join(folder, name)
  }
}

extension Rect {
  /// A box of a manifest: x, y, width, height; `nil` for what no picture holds.
  fileprivate init?(numbers: [Int]) {
    guard numbers.count == 4, numbers.allSatisfy({ (0...1 << 30).contains($0) }) else { return nil }
    self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}

/// The `manifest.json` of `sitegen explain`, as far as it is compared.
private struct Explained: Decodable {
  struct ClassEntry: Decodable {
    let index: Int
    let label: String
    let logit, probability: Float
    let rank: Int
    let results: [Result]
  }

  struct TargetEntry: Decodable {
    let target: String
    let value: Float
    let results: [Result]
  }

  struct Result: Decodable {
    let method: String
    let picture: String?
    let array, layer, warning: String?
    let box: [Int]?
  }

  /// What the network says of a class or another target.
  struct Numbers {
    let value, probability: Float?
    let rank: Int?

    init(_ value: Float?, _ probability: Float?, _ rank: Int?) {
      (self.value, self.probability) = (value, probability)
      self.rank = rank.flatMap { (1...1 << 30).contains($0) ? $0 : nil }
    }
  }

  let model, image: String
  let classes: [ClassEntry]
  let targets: [TargetEntry]?
}

/// The manifest of a figure of a site, as far as it is compared. Its files are named from the site's root.
private struct BuiltFigure: Decodable {
  struct Part: Decodable {
    let image, model: String
    let image_sha256: String?
    let inputs: [String: String]?
    let cells: [Cell]
  }

  struct Cell: Decodable {
    let `class`: Int?
    let label, method: String
    let logit, probability, value: Float?
    let rank: Int?
    let layer, picture, array, finding: String?
    let box: [Int]?
  }

  let parts: [Part]
}
