extension Image {
  /// The whole picture at another size, antialiased.
  ///
  /// Equal to Pillow's `Image.resize((width, height), Image.BILINEAR)`, which goes across before it goes down. (From
  /// version 13 on, Pillow goes down first where the height shrinks much more than the width; then some pixels differ by
  /// one level.)
  ///
  /// - Parameters:
  ///   - width: columns wanted; below 1 counts as 1.
  ///   - height: rows wanted; below 1 counts as 1.
  public func resized(width: Int, height: Int) -> Image {
    resized(width: width, height: height, region: Rect(x: 0, y: 0, width: self.width, height: self.height))
  }

  /// A part of the picture at another size, antialiased.
  ///
  /// Equal, in the same sense, to Pillow's `Image.resize((width, height), Image.BILINEAR, box)`: pixels just outside the region count where
  /// the filter reaches them.
  ///
  /// - Parameters:
  ///   - width: columns wanted; below 1 counts as 1.
  ///   - height: rows wanted; below 1 counts as 1.
  ///   - region: the part wanted, clipped to the picture.
  public func resized(width: Int, height: Int, region: Rect) -> Image {
    let (newWidth, newHeight) = (max(width, 1), max(height, 1))
    let region = region.clipped(toWidth: self.width, height: self.height)
    if region == Rect(x: 0, y: 0, width: newWidth, height: newHeight), newWidth == self.width, newHeight == self.height
    {
      return self
    }
    return resampled(
      across: TriangleFilter(
        inputLength: self.width, region: region.x..<region.x + region.width, outputLength: newWidth),
      down: TriangleFilter(
        inputLength: self.height, region: region.y..<region.y + region.height, outputLength: newHeight))
  }

  /// A part of what `resized(width:height:)` gives; the rest is never computed, however large it would be.
  ///
  /// - Parameters:
  ///   - width: columns of the whole; below 1 counts as 1.
  ///   - height: rows of the whole; below 1 counts as 1.
  ///   - window: the part wanted, clipped to the whole.
  public func resized(width: Int, height: Int, window: Rect) -> Image {
    let (newWidth, newHeight) = (max(width, 1), max(height, 1))
    let window = window.clipped(toWidth: newWidth, height: newHeight)
    if newWidth == self.width, newHeight == self.height { return cropped(to: window) }
    return resampled(
      across: TriangleFilter(
        inputLength: self.width, region: 0..<self.width, outputLength: newWidth,
        outputs: window.x..<window.x + window.width),
      down: TriangleFilter(
        inputLength: self.height, region: 0..<self.height, outputLength: newHeight,
        outputs: window.y..<window.y + window.height))
  }

  private func resampled(across: TriangleFilter, down: TriangleFilter) -> Image {
    let (newWidth, newHeight) = (across.starts.count, down.starts.count)
    // Only the rows that count below go through the first pass; `offset` is the first of them.
    let offset = down.starts[0]
    let rowCount = down.starts[newHeight - 1] + down.counts[newHeight - 1] - offset
    let rowLength = newWidth * 3
    var narrowed = [UInt8](repeating: 0, count: rowCount * rowLength)
    narrowed.withUnsafeMutableBufferPointer { narrowed in
      pixels.withUnsafeBufferPointer { source in
        for row in 0..<rowCount {
          Self.filterRow(
            UnsafeBufferPointer(
              rebasing: source[(offset + row) * self.width * 3..<(offset + row + 1) * self.width * 3]),
            by: across, into: UnsafeMutableBufferPointer(rebasing: narrowed[row * rowLength..<(row + 1) * rowLength]))
        }
      }
    }
    return narrowed.withUnsafeBufferPointer { source in
      Image(uncheckedWidth: newWidth, height: newHeight) { target in
        var sums = [Int32](repeating: 0, count: rowLength)
        for row in 0..<newHeight {
          Self.mixRows(
            UnsafeBufferPointer(rebasing: source[((down.starts[row] - offset) * rowLength)...]),
            weights: down.weights[(row * down.stride)...].prefix(down.counts[row]), sums: &sums,
            into: UnsafeMutableBufferPointer(rebasing: target[row * rowLength..<(row + 1) * rowLength]))
        }
      }
    }
  }

  /// Makes one row narrower or wider.
  private static func filterRow(
    _ source: UnsafeBufferPointer<UInt8>, by filter: TriangleFilter, into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    filter.weights.withUnsafeBufferPointer { weights in
      for column in 0..<target.count / 3 {
        var position = filter.starts[column] * 3
        var weight = column * filter.stride
        var (red, green, blue) = (rounding, rounding, rounding)
        for _ in 0..<filter.counts[column] {
          red &+= Int32(source[position]) &* weights[weight]
          green &+= Int32(source[position &+ 1]) &* weights[weight]
          blue &+= Int32(source[position &+ 2]) &* weights[weight]
          position &+= 3
          weight &+= 1
        }
        target[column * 3] = level(red)
        target[column * 3 + 1] = level(green)
        target[column * 3 + 2] = level(blue)
      }
    }
  }

  /// Makes one row as the weighted sum of as many rows as there are weights, the first of which begins at `source`.
  private static func mixRows(
    _ source: UnsafeBufferPointer<UInt8>, weights: ArraySlice<Int32>, sums: inout [Int32],
    into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      sums.update(repeating: rounding)
      var row = 0
      for weight in weights {
        for i in 0..<target.count { sums[i] &+= Int32(source[row &+ i]) &* weight }
        row += target.count
      }
      for i in 0..<target.count { target[i] = level(sums[i]) }
    }
  }

  /// One half, in the weights' scale.
  private static var rounding: Int32 { 1 << (TriangleFilter.precision - 1) }

  /// A rounded sum as a grey level.
  private static func level(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(sum >> TriangleFilter.precision, 255))
  }
}
