import Diagnostics
import Files

/// Pictures of which it is known what is where.
struct DataSet: Sendable {
  /// A picture with the things in it.
  struct Sample: Sendable {
    /// The picture's path.
    let image: String
    /// Where the data set names it.
    let location: SourceLocation
    var things: [Thing]
  }

  /// A thing, of a class as the data set names it.
  struct Thing: Sendable {
    let label: String
    let location: SourceLocation
    let place: Place
  }

  /// Where a thing is, in pixels of its picture.
  enum Place: Sendable {
    case box(x: Double, y: Double, width: Double, height: Double)
    /// Rings of points, x and y by turns: inside is what an odd number of them goes around.
    case polygons([[Double]])
    /// Runs of pixels outside and inside by turns, column by column, as COCO has them.
    case runs([Int], width: Int, height: Int)
    /// A picture of the same size: the pixels of a colour, or all that are not black.
    case mask(path: String, color: [UInt8]?)
  }

  /// The samples, in the data set's order.
  let samples: [Sample]

  /// Reads a folder.
  ///
  /// It has `truth.csv` (see `CSVTruth`), a JSON file as COCO has it, or `Annotations` with XML as Pascal VOC has it.
  ///
  /// - Throws: `DiagnosticList` where it has none of these, or something in it is wrong.
  init(_ folder: String) throws {
    let names = try Self.names(in: folder)
    if names.contains("truth.csv") {
      samples = try CSVTruth(folder).samples
    } else if names.contains("Annotations") {
      samples = try VOCTruth(folder).samples
    } else if let file = names.first(where: { $0.hasSuffix(".json") }) {
      samples = try COCOTruth(folder, file: file).samples
    } else if names.contains("annotations"),
      let file = try Self.names(in: PathText.join(folder, "annotations")).first(where: { $0.hasSuffix(".json") })
    {
      samples = try COCOTruth(folder, file: PathText.join("annotations", file)).samples
    } else {
      throw Diagnostic.error(
        "The data set “\(folder)” says nothing of what is where.",
        hint:
          "Put truth.csv into it (file,class,x,y,width,height or file,class,mask), a COCO file, or Pascal VOC's Annotations."
      )
    }
    guard !samples.isEmpty else { throw Diagnostic.error("The data set “\(folder)” has no thing in any picture.") }
  }

  /// What lies in a folder of a data set.
  static func names(in folder: String) throws(Diagnostic) -> [String] {
    do throws(FolderListing.Fault) {
      return try FolderListing(folder).names
    } catch {
      throw .error("The data set “\(folder)” cannot be read: \(error).", hint: "Name a folder.")
    }
  }

  /// The bytes of a file of a data set, at most 256 MiB.
  static func bytes(_ path: String) throws(Diagnostic) -> [UInt8] {
    do throws(RegularFile.Fault) {
      return try RegularFile(path, atMost: 1 << 28).bytes
    } catch {
      throw .error("The file cannot be read: \(error).", at: SourceLocation(file: path))
    }
  }
}

extension [DataSet.Sample] {
  /// Adds a thing to its picture, which the list has already or gets now.
  mutating func add(_ thing: DataSet.Thing, to image: String, _ positions: inout [ExactPath: Int]) {
    if let position = positions[ExactPath(image)] {
      self[position].things.append(thing)
    } else {
      positions[ExactPath(image)] = count
      append(DataSet.Sample(image: image, location: thing.location, things: [thing]))
    }
  }
}
