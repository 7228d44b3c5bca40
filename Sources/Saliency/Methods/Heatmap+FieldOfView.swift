public import Imaging
public import NeuralNetwork

extension FieldOfView {
  /// The region that maps of this view cover on a picture of a size, in its pixels; it may reach beyond the picture.
  public func region(width: Int, height: Int) -> Rect {
    func range(_ span: Span, _ length: Int) -> (start: Int, count: Int) {
      let start = Int((span.limits.lower * Double(length)).rounded())
      let end = Int((span.limits.upper * Double(length)).rounded())
      return (start, max(1, end - start))
    }
    let (columns, rows) = (range(placement.horizontal, width), range(placement.vertical, height))
    return Rect(x: columns.start, y: rows.start, width: columns.count, height: rows.count)
  }

  /// Where maps are laid: where they cannot be followed, over all that is known as it is.
  private var placement: FieldOfView {
    switch doubt {
    case nil, .severalParts?: return self
    case .warped?: return .whole
    case .mirrorImages?:
      var copy = self
      for axis in [\FieldOfView.vertical, \.horizontal] {
        let limits = self[keyPath: axis].limits
        copy[keyPath: axis] = Span(start: limits.lower, end: limits.upper)
      }
      return copy
    }
  }

  fileprivate var mirrorsColumns: Bool { placement.horizontal.isMirrored }
  fileprivate var mirrorsRows: Bool { placement.vertical.isMirrored }
}

extension Heatmap {
  /// The map of a layer turned as the picture is: mirrored back where the layer sees a mirrored picture.
  public func facing(_ view: FieldOfView) -> Heatmap {
    guard view.mirrorsColumns || view.mirrorsRows else { return self }
    var turned = values
    for row in 0..<height {
      for column in 0..<width {
        let source =
          (view.mirrorsRows ? height - 1 - row : row) * width + (view.mirrorsColumns ? width - 1 - column : column)
        turned[row * width + column] = values[source]
      }
    }
    // The size is the map's own.
    return (try? Heatmap(width: width, height: height, values: turned)) ?? self
  }

  /// The map of a layer at the size of the network's input, where it lies over it; 0 where the layer sees nothing.
  public func laid(over view: FieldOfView, width: Int, height: Int) -> Heatmap {
    guard !view.isWhole else { return upsampled(width: width, height: height) }
    let region = view.region(width: width, height: height)
    let part = facing(view).upsampled(width: region.width, height: region.height)
    var values = [Float](repeating: 0, count: width * height)
    let columns = (region.x..<region.x + region.width).clamped(to: 0..<width)
    for row in (region.y..<region.y + region.height).clamped(to: 0..<height) {
      for column in columns {
        values[row * width + column] = part.values[(row - region.y) * part.width + column - region.x]
      }
    }
    return (try? Heatmap(width: width, height: height, values: values)) ?? self
  }
}
