import Imaging
import Vocabulary

/// Where a picture comes to lie in a network's input.
struct PicturePlacement {
  /// Columns of the whole picture in the input's pixels.
  let width: Int
  /// Rows of the whole picture in the input's pixels.
  let height: Int
  /// The part of the picture at that size that is used.
  let window: Rect
  /// The input, seen from that part's top left corner; it reaches beyond where padding is added.
  let frame: Rect
  /// The part of the picture that the network sees, in the picture's own pixels; it reaches beyond likewise.
  let region: Rect
}

extension InputSpecification {
  /// Where a picture of this size comes to lie.
  func placement(width imageWidth: Int, height imageHeight: Int) -> PicturePlacement {
    switch resize {
    case .stretch:
      let whole = Rect(x: 0, y: 0, width: width, height: height)
      return PicturePlacement(
        width: width, height: height, window: whole, frame: whole,
        region: Rect(x: 0, y: 0, width: imageWidth, height: imageHeight))
    case .crop(let side): return crop(imageWidth, imageHeight, shorterSide: side)
    case .pad: return pad(imageWidth, imageHeight)
    }
  }

  private func crop(_ imageWidth: Int, _ imageHeight: Int, shorterSide: Int) -> PicturePlacement {
    let shorter = min(imageWidth, imageHeight)
    // torchvision truncates the longer side.
    let scaled = (width: imageWidth * shorterSide / shorter, height: imageHeight * shorterSide / shorter)
    let left = centered(width, in: scaled.width)
    let top = centered(height, in: scaled.height)
    return PicturePlacement(
      width: scaled.width, height: scaled.height, window: Rect(x: left, y: top, width: width, height: height),
      frame: Rect(x: 0, y: 0, width: width, height: height),
      region: Rect(
        x: left * imageWidth / scaled.width, y: top * imageHeight / scaled.height,
        width: max(1, width * imageWidth / scaled.width), height: max(1, height * imageHeight / scaled.height)))
  }

  private func pad(_ imageWidth: Int, _ imageHeight: Int) -> PicturePlacement {
    let factor = min(Double(width) / Double(imageWidth), Double(height) / Double(imageHeight))
    let scaled = (
      width: min(width, max(1, Int((Double(imageWidth) * factor).rounded()))),
      height: min(height, max(1, Int((Double(imageHeight) * factor).rounded())))
    )
    let (left, top) = (centered(scaled.width, in: width), centered(scaled.height, in: height))
    return PicturePlacement(
      width: scaled.width, height: scaled.height, window: Rect(x: 0, y: 0, width: scaled.width, height: scaled.height),
      frame: Rect(x: -left, y: -top, width: width, height: height),
      region: Rect(
        x: -Int((Double(left) / factor).rounded()), y: -Int((Double(top) / factor).rounded()),
        width: max(1, Int((Double(width) / factor).rounded())),
        height: max(1, Int((Double(height) / factor).rounded()))))
  }

  /// Where a span begins that lies in the middle of another; halves go to the even neighbour, as Python rounds.
  private func centered(_ inner: Int, in outer: Int) -> Int {
    Int((Double(outer - inner) / 2).rounded(.toNearestOrEven))
  }

  /// The colour that becomes zero in every channel, as near as 8 bits come.
  var meanColor: RGB {
    let levels = mean.map { UInt8(max(0, min(255, ($0 / scale * 255).rounded()))) }
    switch channels {
    case .order(.rgb): return (levels[0], levels[1], levels[2])
    case .order(.bgr): return (levels[2], levels[1], levels[0])
    case .order(.gray): return (levels[0], levels[0], levels[0])
    case .planes: return (0, 0, 0)
    }
  }
}
