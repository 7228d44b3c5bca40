/// Which pixels meet which through the taps of a kernel, cut into tiles of work.
///
/// Forward, target t reads pixel t · stride + offset. Backward the window slides over the targets, and pixel p reaches
/// target p · stride + offset.
struct SparseTaps {
  /// Targets that are computed together.
  struct Tile {
    let targets: Range<Int>
    /// What they read.
    let lines: Range<Int>
    let taps: [Tap]
  }

  /// An element of the kernel that something reaches targets through.
  struct Tap {
    let number: Int
    let runs: [Run]
    /// Lists of all runs.
    let listCount: Int

    fileprivate init(_ number: Int, _ runs: [Run]) {
      (self.number, self.runs) = (number, runs)
      listCount = runs.reduce(0) {
        $0 + ($1.pixel % SparseLines.group + $1.count + SparseLines.group - 1) / SparseLines.group
      }
    }
  }

  /// Neighbours that reach neighbouring targets.
  struct Run {
    /// The first pixel, counted through the lists of a picture.
    let pixel: Int
    let count: Int
    /// The first target.
    let target: Int
  }

  /// What some tap reads. Forward, neighbours are a stride apart, since those reach neighbouring targets.
  let lines: SparseLines
  let tiles: [Tile]
  /// From one target of a run to the next.
  let targetStep: Int
  /// Whether every target reads its own place and no other, so that a tile is a run.
  let isPointwise: Bool

  /// - Parameters:
  ///   - source: [H, W] of what is listed.
  ///   - destination: [H′, W′] of the targets.
  ///   - isBackward: whether the window slides over the targets.
  ///   - tileSize: pixels that a tile reads through each tap, about.
  init(window: Window, source: [Int], destination: [Int], isBackward: Bool, tileSize: Int) {
    if window.isPointwise {
      self.init(pixels: source.elementCount, tileSize: tileSize)
    } else {
      self.init(
        steps: Steps(window: window, source: source, destination: destination, isBackward: isBackward),
        tileSize: tileSize)
    }
  }

  private init(pixels: Int, tileSize: Int) {
    let tileCount = (pixels + tileSize - 1) / tileSize
    // Even, for a list holds two pixels.
    let size = ((pixels + tileCount - 1) / tileCount + 1) / 2 * 2
    var lines = SparseLines()
    tiles = stride(from: 0, to: pixels, by: size).enumerated().map { number, start in
      let targets = start..<min(start + size, pixels)
      lines.append(from: start, count: targets.count)
      return Tile(
        targets: targets, lines: number..<number + 1,
        taps: [Tap(0, [Run(pixel: start, count: targets.count, target: start)])])
    }
    self.lines = lines
    targetStep = 1
    isPointwise = true
  }

  private init(steps: Steps, tileSize: Int) {
    let (height, width) = (steps.destination[0], steps.destination[1])
    let rowsOfTile = max(1, min(height, tileSize * steps.targetsOfPixel / width))
    let tiles = stride(from: 0, to: height, by: rowsOfTile).map { first in
      let rows = first..<min(first + rowsOfTile, height)
      return (targets: rows.lowerBound * width..<rows.upperBound * width, steps: steps.reaching(rows))
    }
    let read = Set(tiles.flatMap { $0.steps.flatMap { $0.map(\.line) } })
    var lines = SparseLines(step: steps.phases)
    for line in 0..<steps.source[0] * steps.phases {
      let (row, phase) = line.quotientAndRemainder(dividingBy: steps.phases)
      let count = (steps.source[1] - phase + steps.phases - 1) / steps.phases
      lines.append(from: row * steps.source[1] + phase, count: read.contains(line) ? count : 0)
    }
    self.tiles = tiles.map { tile in
      let numbers = tile.steps.flatMap { $0.map(\.line) }
      return Tile(
        targets: tile.targets, lines: (numbers.min() ?? 0)..<(numbers.max() ?? -1) + 1,
        taps: tile.steps.enumerated().filter { !$1.isEmpty }.map { number, steps in
          Tap(
            number,
            steps.map { step in
              Run(
                pixel: lines.lines[step.line].list * SparseLines.group + step.pixels.lowerBound,
                count: step.pixels.count, target: step.target)
            })
        })
    }
    self.lines = lines
    targetStep = steps.isBackward ? steps.window.strides[1] : 1
    isPointwise = false
  }
}

/// The taps of a kernel, one after the other.
private struct Steps {
  /// Pixels of a line that reach targets through a tap.
  struct Step {
    let line: Int
    let pixels: Range<Int>
    let target: Int
  }

  let window: Window
  let source: [Int]
  let destination: [Int]
  let isBackward: Bool

  /// Lines that a row is dealt out to.
  var phases: Int { isBackward ? 1 : window.strides[1] }
  /// Targets that there are for a pixel of a line.
  var targetsOfPixel: Int { isBackward ? window.strides[0] * window.strides[1] : 1 }

  /// What reaches some rows, by tap.
  func reaching(_ rows: Range<Int>) -> [[Step]] {
    (0..<window.kernel.elementCount).map { tap in
      let (row, column) = tap.quotientAndRemainder(dividingBy: window.kernel[1])
      let top = row * window.dilations[0] - window.padsBegin[0]
      let left = column * window.dilations[1] - window.padsBegin[1]
      return isBackward ? scattered(rows, top, left) : gathered(rows, top, left)
    }
  }

  private func gathered(_ rows: Range<Int>, _ top: Int, _ left: Int) -> [Step] {
    let columns = window.positions(reaching: 0..<source[1], offset: left, size: destination[1], axis: 1)
    guard !columns.isEmpty else { return [] }
    let (first, phase) = (columns.lowerBound * window.strides[1] + left).quotientAndRemainder(dividingBy: phases)
    return rows.compactMap { y in
      let row = y * window.strides[0] + top
      guard (0..<source[0]).contains(row) else { return nil }
      return Step(
        line: row * phases + phase, pixels: first..<first + columns.count,
        target: y * destination[1] + columns.lowerBound)
    }
  }

  private func scattered(_ rows: Range<Int>, _ top: Int, _ left: Int) -> [Step] {
    let columns = window.positions(reaching: 0..<destination[1], offset: left, size: source[1], axis: 1)
    guard !columns.isEmpty else { return [] }
    return window.positions(reaching: rows, offset: top, size: source[0], axis: 0).map { y in
      let target = (y * window.strides[0] + top) * destination[1] + columns.lowerBound * window.strides[1] + left
      return Step(line: y, pixels: columns, target: target)
    }
  }
}

extension Window {
  fileprivate var isPointwise: Bool {
    kernel == [1, 1] && strides == [1, 1] && (padsBegin + padsEnd).allSatisfy { $0 == 0 }
  }

  /// The positions p in 0..<size with p · stride + offset in `range`.
  fileprivate func positions(reaching range: Range<Int>, offset: Int, size: Int, axis: Int) -> Range<Int> {
    func least(_ bound: Int) -> Int {
      let distance = bound - offset
      return distance <= 0 ? 0 : min(size, (distance + strides[axis] - 1) / strides[axis])
    }
    let first = least(range.lowerBound)
    return first..<max(first, least(range.upperBound))
  }
}
