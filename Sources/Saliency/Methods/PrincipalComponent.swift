import NeuralNetwork

/// The first principal component of maps, [1, K, h, w], whose observations are the cells and whose variables are the channels.
struct PrincipalComponent {
  /// The value of each cell along it, in the sign that goes along with the sum of the maps.
  let projection: [Double]

  /// By power iteration on the smaller of the two matrices of products, of channels or of cells, in double, until the direction
  /// stands still.
  init(of maps: Tensor) {
    let (count, area) = (maps.shape[1], maps.shape[2] * maps.shape[3])
    // The centred maps: [K, cells].
    let channels = (0..<count).map { channel -> [Double] in
      let cells = maps.values[channel * area..<(channel + 1) * area].map(Double.init)
      let mean = cells.reduce(0, +) / Double(area)
      return cells.map { $0 - mean }
    }
    let cells = count < area ? Self.projection(of: channels, area) : Self.direction(of: channels, area)
    let sums = (0..<area).map { cell in channels.reduce(0) { $0 + $1[cell] } }
    projection = Self.product(sums, cells) < 0 ? cells.map { -$0 } : cells
  }

  /// Where channels are few: the first eigenvector of their products, and the cells along it.
  private static func projection(of channels: [[Double]], _ area: Int) -> [Double] {
    let products = channels.map { row in channels.map { product(row, $0) } }
    let (direction, eigenvalue) = first(of: products)
    guard eigenvalue > 0 else { return [Double](repeating: 0, count: area) }
    var cells = [Double](repeating: 0, count: area)
    for (weight, channel) in zip(direction, channels) {
      for cell in 0..<area { cells[cell] += weight * channel[cell] }
    }
    return cells
  }

  /// Where cells are few: the first eigenvector of their products is the cells along it, but for its length.
  private static func direction(of channels: [[Double]], _ area: Int) -> [Double] {
    let cells = (0..<area).map { cell in channels.map { $0[cell] } }
    let products = cells.map { row in cells.map { product(row, $0) } }
    let (direction, eigenvalue) = first(of: products)
    return direction.map { $0 * eigenvalue.squareRoot() }
  }

  /// Where two components are nearly as strong, the direction turns slowly; more steps change nothing that can be seen.
  private static let mostSteps = 2000

  /// The first eigenvector, of length 1, and its eigenvalue, of a symmetric matrix without negative eigenvalues.
  private static func first(of matrix: [[Double]]) -> (vector: [Double], value: Double) {
    // The row of the largest diagonal element has a part in the first component, unless that is nothing.
    guard let start = matrix.indices.max(by: { matrix[$0][$0] < matrix[$1][$1] }) else { return ([], 0) }
    var vector = matrix[start]
    var value = product(vector, vector).squareRoot()
    guard value > 0 else { return (vector, 0) }
    vector = vector.map { $0 / value }
    for _ in 0..<mostSteps {
      let next = matrix.map { product($0, vector) }
      value = product(next, next).squareRoot()
      guard value > 0 else { break }
      var change = 0.0
      for index in next.indices {
        let element = next[index] / value
        change = max(change, abs(element - vector[index]))
        vector[index] = element
      }
      if change < 1e-13 { break }
    }
    return (vector, value)
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}
