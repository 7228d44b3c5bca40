import COneDNN
import Diagnostics

/// A version of oneDNN.
struct LibraryVersion: CustomStringConvertible {
  let major: Int
  let minor: Int
  let patch: Int

  /// Those with which every test has passed. What parameters and primitives mean changes from one to the next.
  static let tested = [(major: 2, minor: 6), (major: 3, minor: 7)]

  /// The library that this program runs on.
  static let current: LibraryVersion? = dnnl_version().map {
    LibraryVersion(major: Int($0.pointee.major), minor: Int($0.pointee.minor), patch: Int($0.pointee.patch))
  }

  var description: String { "\(major).\(minor).\(patch)" }

  /// What is to be said of this version; `nil` for one that was tested.
  ///
  /// - Parameter deviation: looks for a function that the library computes otherwise than it should, as a clause.
  func diagnostic(deviation: () throws -> String?) -> Diagnostic? {
    guard !Self.tested.contains(where: { $0.major == major && $0.minor == minor }) else { return nil }
    let known = Self.tested.map { "\($0.major).\($0.minor)" }.joined(separator: " and ")
    let found: String?
    do { found = try deviation() } catch { found = "\(error)" }
    if let found {
      return .error(
        "oneDNN \(self) gives other numbers: \(found).", hint: "Install a version that is tested: \(known).")
    }
    return .warning(
      "oneDNN \(self) has not been tested with this program; a short test of its functions found nothing wrong.",
      hint: "Versions \(known) are tested; where numbers matter, run the tests with this one.")
  }
}

extension Engine {
  /// An elementwise function or derivative that oneDNN computes otherwise than one element at a time, as a clause; `nil` where
  /// all agree.
  func deviatingFunction() throws -> String? {
    let inputs: [Float] = [-7, -2.5, -1, -0.25, 0.25, 1, 2.5, 7]
    let positive = inputs.map { abs($0) }
    for function in ActivationFunction.samples {
      let x = upload(Tensor(shape: [inputs.count], function == .squareRoot ? positive : inputs))
      let (ones, y, dx) = (upload(Tensor(shape: x.shape, repeating: 1)), allocate(x.layout), allocate(x.layout))
      let forward = ActivationForward(function: function, layout: x.layout)
      try execute(primitive(forward), [(.source, x), (.destination, y)])
      try execute(
        primitive(ActivationBackward(forward: forward)),
        [(.source, x), (.destinationGradient, ones), (.sourceGradient, dx)])
      for (found, expected, name) in [(y, function.value, "\(function)"), (dx, function.derivative, "\(function)′")] {
        for (input, output) in Swift.zip(x.elements, found.elements) {
          let right = expected(input)
          guard abs(output - right) <= 1e-4 * max(1, abs(right)) else {
            return "\(name)(\(input)) is \(output), which should be \(right)"
          }
        }
      }
    }
    return nil
  }
}

extension ActivationFunction {
  /// Each function, with some parameter where it has one.
  static let samples: [ActivationFunction] = [
    .sigmoid, .tanh, .hardSwish, .mish, .gelu, .geluTanh, .softplus, .exponential, .squareRoot, .absolute,
    .elu(alpha: 0.75), .leakyRelu(slope: 0.125),
  ]
}
