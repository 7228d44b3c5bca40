import COneDNN
import Foundation

extension Network {
  /// Another text whenever another build of this program, or another library below it, may come to other numbers.
  ///
  /// The first figure is ours: raise it with every change after which any activation or gradient differs in any bit.
  public static var engineVersion: String {
    let library = dnnl_version().map { "\($0.pointee.major).\($0.pointee.minor).\($0.pointee.patch)" } ?? "?"
    let environment = ProcessInfo.processInfo.environment
    let instructions = environment["ONEDNN_MAX_CPU_ISA"] ?? environment["DNNL_MAX_CPU_ISA"] ?? "AVX2"
    return "8, oneDNN \(library), \(instructions)"
  }
}
