import Diagnostics
import Testing

@testable import NeuralNetwork

@Suite("Versions of oneDNN")
struct LibraryVersionTests {
  @Test("every function and derivative of this one is what it should be")
  func functions() throws {
    #expect(try Engine().deviatingFunction() == nil)
    // What is compared with is another program than what is compared, and not all zero.
    #expect(ActivationFunction.samples.allSatisfy { $0.value(1) > 0.3 && $0.derivative(2.5) > 0.02 })
  }

  @Test(
    "nothing is said of those that were tested, whatever their patch", arguments: [(2, 6, 0), (2, 6, 3), (3, 7, 2)])
  func tested(major: Int, minor: Int, patch: Int) {
    let version = LibraryVersion(major: major, minor: minor, patch: patch)
    #expect(version.diagnostic { "is not asked" } == nil)
  }

  @Test("another one is said to be untested, and refused where it computes otherwise")
  func untested() {
    let version = LibraryVersion(major: 3, minor: 5, patch: 1)
    #expect(
      version.diagnostic { nil }?.description
        == "warning: oneDNN 3.5.1 has not been tested with this program; a short test of its functions found nothing "
        + "wrong. Versions 2.6 and 3.7 are tested; where numbers matter, run the tests with this one.")
    #expect(
      version.diagnostic { "hardSwish(1.0) is 0.0, which should be 0.6666667" }?.description
        == "error: oneDNN 3.5.1 gives other numbers: hardSwish(1.0) is 0.0, which should be 0.6666667. Install a "
        + "version that is tested: 2.6 and 3.7.")
  }

  @Test("the one below was tested")
  func current() {
    #expect(Network.libraryDiagnostic == nil, "oneDNN \(LibraryVersion.current.map(\.description) ?? "?")")
  }
}
