import Diagnostics

/// What is thrown, without its place.
public func faultText(_ work: () throws -> Void) -> String {
  do {
    try work()
    return "no fault"
  } catch let fault as Diagnostic {
    return fault.text
  } catch let faults as DiagnosticList {
    return faults.all.map(\.text).joined(separator: "\n")
  } catch {
    return "\(error)"
  }
}
