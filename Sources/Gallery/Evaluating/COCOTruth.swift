import Diagnostics
import Files
import Foundation

/// Annotations as COCO has them: `images`, `categories` and `annotations` in one JSON file, with boxes, polygons or runs of pixels.
///
/// Pictures are looked for beside the file, in `images`, and in the folder itself.
struct COCOTruth {
  let samples: [DataSet.Sample]

  private struct Contents: Decodable {
    struct Image: Decodable {
      let id: Int
      let file_name: String
    }
    struct Category: Decodable {
      let id: Int
      let name: String
    }
    struct Annotation: Decodable {
      let image_id: Int
      let category_id: Int
      let bbox: [Double]?
      let segmentation: Segmentation?
    }
    let images: [Image]
    let categories: [Category]
    let annotations: [Annotation]
  }

  private enum Segmentation: Decodable {
    case polygons([[Double]])
    case runs(counts: [Int], size: [Int])

    private struct Runs: Decodable {
      let counts: Counts
      let size: [Int]
    }
    private enum Counts: Decodable {
      case numbers([Int])
      case packed(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          self = .packed(text)
        } else {
          self = .numbers(try container.decode([Int].self))
        }
      }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let polygons = try? container.decode([[Double]].self) {
        self = .polygons(polygons)
        return
      }
      let runs = try container.decode(Runs.self)
      switch runs.counts {
      case .numbers(let numbers): self = .runs(counts: numbers, size: runs.size)
      case .packed(let text): self = .runs(counts: Self.unpacked(text), size: runs.size)
      }
    }

    /// Run lengths in the form of COCO's own programs: five bits a character, from the third on as differences.
    private static func unpacked(_ text: String) -> [Int] {
      var counts: [Int] = []
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        var (value, shift, goesOn) = (0, 0, true)
        while goesOn, let byte = bytes.popFirst() {
          let bits = Int(byte) - 48
          if shift < 60 { value |= (bits & 31) << shift }
          goesOn = bits & 32 != 0
          shift += 5
          if !goesOn, bits & 16 != 0, shift < 60 { value |= -1 << shift }
        }
        counts.append(counts.count > 2 ? value &+ counts[counts.count - 2] : value)
      }
      return counts
    }
  }

  init(_ folder: String, file: String) throws {
    let path = PathText.join(folder, file)
    let place = SourceLocation(file: path)
    let contents: Contents
    do {
      contents = try JSONDecoder().decode(Contents.self, from: Data(try DataSet.bytes(path)))
    } catch let fault as Diagnostic {
      throw fault
    } catch {
      throw Diagnostic.error(
        "The file is no list of annotations as COCO has it.", at: place,
        hint: "It must have images, categories and annotations.")
    }
    let labels = Dictionary(contents.categories.map { ($0.id, $0.name) }) { first, _ in first }
    let images = Dictionary(contents.images.map { ($0.id, $0.file_name) }) { first, _ in first }
    var faults = DiagnosticList()
    var samples: [DataSet.Sample] = []
    var positions: [ExactPath: Int] = [:]
    for (number, annotation) in contents.annotations.enumerated() {
      guard let image = images[annotation.image_id], let label = labels[annotation.category_id] else {
        faults.append(
          .error("Annotation \(number) is of a picture or a category that is not in the file.", at: place))
        continue
      }
      guard let position = Self.place(annotation) else {
        faults.append(.error("Annotation \(number) does not say where the thing is.", at: place))
        continue
      }
      samples.add(
        DataSet.Thing(label: label, location: place, place: position), to: Self.path(of: image, in: folder, file),
        &positions)
    }
    try faults.throwIfErrors()
    self.samples = samples
  }

  private static func place(_ annotation: Contents.Annotation) -> DataSet.Place? {
    switch annotation.segmentation {
    case .polygons(let rings)? where rings.contains { $0.count >= 6 }: return .polygons(rings)
    case .runs(let counts, let size)? where size.count == 2 && size.allSatisfy { $0 > 0 && $0 < 1 << 20 }:
      return .runs(counts, width: size[1], height: size[0])
    default: break
    }
    guard let box = annotation.bbox, box.count == 4, box.allSatisfy(\.isFinite), box[2] > 0, box[3] > 0 else {
      return nil
    }
    return .box(x: box[0], y: box[1], width: box[2], height: box[3])
  }

  private static func path(of image: String, in folder: String, _ file: String) -> String {
    let beside = PathText.join(PathText.folder(of: PathText.join(folder, file)), image)
    let candidates = [beside, PathText.join(PathText.join(folder, "images"), image), PathText.join(folder, image)]
    return candidates.first { FileManager.default.fileExists(atPath: $0) } ?? beside
  }
}
