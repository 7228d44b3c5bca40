import Foundation
import TestSupport

extension Program {
  /// Starts a preview of the site in a folder, and says where it is, which need not have been made yet.
  static func serving(_ folder: URL) throws -> (program: Program, client: WebClient) {
    let program = try Program(["serve", "--port", "0"], in: folder)
    for _ in 0..<1500 {
      let text = try program.outputSoFar
      if let match = text.firstMatch(of: /at http:\/\/127\.0\.0\.1:([0-9]+)\/\./), let port = UInt16(match.1) {
        return (program, WebClient(port: port))
      }
      usleep(20_000)
    }
    program.kill()
    throw TalkFault("The program does not say where it serves.")
  }
}
