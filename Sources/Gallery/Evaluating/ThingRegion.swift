import Diagnostics
import Imaging

/// Where a thing is in its picture: which points belong to it, and the box around it.
struct ThingRegion {
  /// Whether a point belongs to the thing, in pixels of the picture.
  let contains: (_ x: Double, _ y: Double) -> Bool
  /// The box around it.
  let box: Rect

  /// - Parameter masks: the pictures of masks that have been decoded, by their paths.
  /// - Throws: `Diagnostic` at the data set's line where the thing lies outside of its picture, or its mask is of another size or
  ///   empty.
  init(_ thing: DataSet.Thing, in image: Image, masks: inout [String: Image]) throws {
    switch thing.place {
    case .box(let x, let y, let width, let height):
      contains = { $0 >= x && $0 < x + width && $1 >= y && $1 < y + height }
      box = Rect(
        x: Int(x.rounded(.down)), y: Int(y.rounded(.down)), width: max(1, Int(width.rounded())),
        height: max(1, Int(height.rounded())))
    case .polygons(let rings):
      contains = { x, y in rings.reduce(false) { $0 != Self.goesAround($1, x, y) } }
      let points = rings.joined().enumerated()
      let (xs, ys) = (
        points.filter { $0.offset % 2 == 0 }.map(\.element), points.filter { $0.offset % 2 == 1 }.map(\.element)
      )
      box = Self.box(xs.min() ?? 0, ys.min() ?? 0, xs.max() ?? 0, ys.max() ?? 0)
    case .runs(let counts, let width, let height):
      try Self.check(width, height, of: "mask", against: image, thing)
      var bits = [Bool](repeating: false, count: width * height)
      var (position, isInside) = (0, false)
      for count in counts {
        guard count >= 0, position + count <= bits.count else {
          throw Diagnostic.error("The runs of the mask do not fit its size.", at: thing.location)
        }
        // Column by column.
        if isInside {
          for place in position..<(position + count) { bits[place % height * width + place / height] = true }
        }
        position += count
        isInside.toggle()
      }
      (contains, box) = try Self.region(bits, width, height, thing)
    case .mask(let path, let color):
      let mask = try masks[path] ?? Image(contentsOfFile: path)
      masks[path] = mask
      try Self.check(mask.width, mask.height, of: "mask “\(path)”", against: image, thing)
      let bits = (0..<mask.width * mask.height).map { place in
        let pixel = mask.pixels[(3 * place)..<(3 * place + 3)]
        return color.map { pixel.elementsEqual($0) } ?? pixel.contains { $0 != 0 }
      }
      (contains, box) = try Self.region(bits, mask.width, mask.height, thing)
    }
    guard box.x < image.width, box.y < image.height, box.x + box.width > 0, box.y + box.height > 0 else {
      throw Diagnostic.error(
        "The “\(thing.label)” lies outside of its picture, which has \(image.width) × \(image.height) pixels.",
        at: thing.location)
    }
  }

  private static func check(
    _ width: Int, _ height: Int, of what: String, against image: Image, _ thing: DataSet.Thing
  ) throws(Diagnostic) {
    guard width != image.width || height != image.height else { return }
    throw .error(
      "The \(what) has \(width) × \(height) pixels, and its picture \(image.width) × \(image.height).",
      at: thing.location, hint: "Make it of the picture's size.")
  }

  private static func region(
    _ bits: [Bool], _ width: Int, _ height: Int, _ thing: DataSet.Thing
  ) throws(Diagnostic) -> ((Double, Double) -> Bool, Rect) {
    let places = bits.indices.filter { bits[$0] }
    guard let top = places.first.map({ $0 / width }), let bottom = places.last.map({ $0 / width }) else {
      throw .error("The mask of the “\(thing.label)” is empty.", at: thing.location, hint: "Leave the line out.")
    }
    let columns = places.map { $0 % width }
    let contains = { (x: Double, y: Double) in
      x >= 0 && y >= 0 && x < Double(width) && y < Double(height) && bits[Int(y) * width + Int(x)]
    }
    let (left, right) = (columns.min() ?? 0, columns.max() ?? 0)
    return (contains, Rect(x: left, y: top, width: right - left + 1, height: bottom - top + 1))
  }

  private static func box(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Rect {
    func whole(_ value: Double) -> Int { Int(min(max(value, -1e6), 1e6).rounded()) }
    return Rect(
      x: whole(left), y: whole(top), width: max(1, whole(right) - whole(left)),
      height: max(1, whole(bottom) - whole(top)))
  }

  /// Whether a ring of points, x and y by turns, goes around a point: a line from it to the right crosses it an odd number of
  /// times.
  private static func goesAround(_ ring: [Double], _ x: Double, _ y: Double) -> Bool {
    let count = ring.count / 2
    var isInside = false
    for index in 0..<count {
      let (ax, ay) = (ring[2 * index], ring[2 * index + 1])
      let next = (index + 1) % count
      let (bx, by) = (ring[2 * next], ring[2 * next + 1])
      if (ay > y) != (by > y), x < ax + (y - ay) / (by - ay) * (bx - ax) { isInside.toggle() }
    }
    return isInside
  }
}
