import Diagnostics

/// Counts what becomes of many cases, so that one line at the end says how a whole folder of them does.
public struct CaseTally {
  /// Why a case fails.
  public struct Deviation: Error {
    /// What is wrong, in words.
    public let text: String

    /// Creates a reason from its words.
    public init(text: String) { self.text = text }

    /// - Throws: itself where `deviation` is above `limit`, or not a number.
    public static func check(_ what: String, _ deviation: Double, atMost limit: Double) throws {
      guard deviation <= limit else { throw Deviation(text: "\(what) deviates by \(deviation)") }
    }
  }

  /// Cases that passed.
  public private(set) var passed = 0
  private var failures: [String] = []
  private var unsupported: [String] = []

  /// Begins to count.
  public init() {}

  /// Whether there were cases, and all passed. What is not supported has not passed.
  public var isClean: Bool { passed > 0 && failures.isEmpty && unsupported.isEmpty }

  /// Runs a case. A `DiagnosticList` means that it is not supported, any other error that it fails.
  public mutating func run(_ name: String, _ body: () throws -> Void) {
    do {
      try body()
      passed += 1
    } catch let fault as Deviation {
      failures.append("\(name): \(fault.text)")
    } catch let faults as DiagnosticList {
      unsupported.append("\(name): \(faults)")
    } catch {
      failures.append("\(name): \(error)")
    }
  }

  /// Prints the cases that did not pass, and the counts in the last line.
  public func report() {
    for line in failures { print("failed: \(line)") }
    for line in unsupported { print("unsupported: \(line)") }
    print("\(passed) passed, \(failures.count) failed, \(unsupported.count) unsupported")
  }
}
