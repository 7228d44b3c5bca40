import Imaging
import NeuralNetwork
import Vocabulary

extension Method {
  /// How much the score falls when a window of the picture is filled with 0; each pixel has the mean over the windows that cover it.
  ///
  /// Source: Zeiler and Fergus 2014, §4.2.
  public static let occlusion = Method(
    MethodName("occlusion", title: "Occlusion", picture: .signedMap),
    summary: "How much the score falls where a window of the picture is covered, and where it rises.",
    formulaText: "mean of y^c(x) − y^c(x without window) over the windows that cover a pixel",
    source: "Zeiler and Fergus 2014, §4.2", subject: "occlusion map",
    settings: "windows of 16 × 16 pixels of the input, 8 apart, filled with 0",
    nothing: { _ in "No window changes the score." },
    .ofPictures(
      Probe(
        question: .score, needs: .input, mostPictures: { input, _ in OcclusionWindows(input).all.count },
        pictures: { run in
          let input = try run.input
          let windows = OcclusionWindows(input.shape).all
          return PictureSeries(count: windows.count) { input.covered(windows[$0]) }
        })
    ) { run in
      let windows = OcclusionWindows(try run.input.shape)
      let score = try run.score
      return .map(try windows.means(of: run.pictureScores.map { score - $0 }))
    })
}

/// The windows that a picture is covered with, one after the other.
struct OcclusionWindows {
  /// Pixels of the input that a window has a side.
  static let side = 16
  /// Pixels from one to the next.
  static let stride = 8

  private let width: Int
  private let height: Int
  /// Row by row; at the right and the lower edge what reaches beyond is cut off, so that every pixel is covered.
  let all: [Rect]

  /// - Parameter input: the shape of the network's input, [1, C, H, W].
  init(_ input: [Int]) {
    (height, width) = (input[2], input[3])
    let (columns, rows) = (Self.starts(width), Self.starts(height))
    let (width, height) = (width, height)
    all = rows.flatMap { y in
      columns.map { x in
        Rect(x: x, y: y, width: min(Self.side, width - x), height: min(Self.side, height - y))
      }
    }
  }

  private static func starts(_ length: Int) -> [Int] {
    let steps = max(length - side + stride - 1, 0) / stride
    return (0...steps).map { $0 * stride }
  }

  /// Each pixel's mean over the windows that cover it, given a value for each window.
  func means(of values: [Float]) throws -> Heatmap {
    var sums = [Double](repeating: 0, count: width * height)
    var counts = sums
    for (window, value) in zip(all, values) {
      for row in window.y..<window.y + window.height {
        for pixel in row * width + window.x..<row * width + window.x + window.width {
          sums[pixel] += Double(value)
          counts[pixel] += 1
        }
      }
    }
    return try Heatmap(width: width, height: height, values: zip(sums, counts).map { Float($0 / $1) })
  }
}

extension Tensor {
  /// [1, C, H, W] with a window filled with 0 in every channel.
  fileprivate func covered(_ window: Rect) -> Tensor {
    var copy = self
    let (height, width) = (shape[2], shape[3])
    for channel in 0..<shape[1] {
      for row in window.y..<window.y + window.height {
        let start = (channel * height + row) * width + window.x
        for place in start..<start + window.width { copy.values[place] = 0 }
      }
    }
    return copy
  }
}
