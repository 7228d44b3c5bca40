/// Other ways to upsample than the one that maps are shown in: those of other programs.
extension Heatmap {
  /// The map at another size, bilinear, with the centres of the outermost cells at the edges.
  ///
  /// Equal to `torch.nn.functional.interpolate(mode="bilinear", align_corners=True)`.
  ///
  /// - Parameters:
  ///   - width: columns wanted; below 1 counts as 1.
  ///   - height: rows wanted; below 1 counts as 1.
  public func upsampledAligningCorners(width: Int, height: Int) -> Heatmap {
    let (newWidth, newHeight) = (max(width, 1), max(height, 1))
    let (columns, rows) = (
      AlignedNeighbours.all(from: self.width, to: newWidth), AlignedNeighbours.all(from: self.height, to: newHeight)
    )
    let values = rows.flatMap { row in
      columns.map { column in
        func across(_ line: Int) -> Float {
          column.mix(self.values[line * self.width + column.lower], self.values[line * self.width + column.upper])
        }
        return row.mix(across(row.lower), across(row.upper))
      }
    }
    return Heatmap(uncheckedWidth: newWidth, height: newHeight, values: values)
  }

  /// The map at another size, each pixel with the value of the cell that it lies in.
  ///
  /// Equal to `torch.nn.functional.interpolate(mode="nearest")`.
  ///
  /// - Parameters:
  ///   - width: columns wanted; below 1 counts as 1.
  ///   - height: rows wanted; below 1 counts as 1.
  public func repeated(width: Int, height: Int) -> Heatmap {
    let (newWidth, newHeight) = (max(width, 1), max(height, 1))
    let values = (0..<newHeight).flatMap { row in
      (0..<newWidth).map { column in
        self.values[row * self.height / newHeight * self.width + column * self.width / newWidth]
      }
    }
    return Heatmap(uncheckedWidth: newWidth, height: newHeight, values: values)
  }
}

/// The two samples between which an output sample lies, where the outermost of both meet.
private struct AlignedNeighbours {
  let lower: Int
  let upper: Int
  /// The share of `upper`: 0…1.
  let fraction: Float

  static func all(from inputLength: Int, to outputLength: Int) -> [AlignedNeighbours] {
    let scale = outputLength > 1 ? Float(inputLength - 1) / Float(outputLength - 1) : 0
    return (0..<outputLength).map { output in
      let position = scale * Float(output)
      let lower = min(Int(position), inputLength - 1)
      return AlignedNeighbours(
        lower: lower, upper: min(lower + 1, inputLength - 1), fraction: min(position - Float(lower), 1))
    }
  }

  func mix(_ low: Float, _ high: Float) -> Float { low * (1 - fraction) + high * fraction }
}
