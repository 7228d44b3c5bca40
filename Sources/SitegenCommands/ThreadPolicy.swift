import Files
import Foundation

/// How oneDNN's worker threads wait between two computations.
enum ThreadPolicy {
  /// Lets waiting threads sleep instead of spin.
  ///
  /// Spinning gains microseconds on an idle machine and costs an order of magnitude on a busy one, where a spinning
  /// thread holds the core that its partner needs: a network that runs in 90 ms takes 900. The OpenMP runtime reads the
  /// policy once, when it is loaded, so the process starts itself again with the policy set. That costs as much as
  /// a whole build of a small site, so it is done only when a network is about to run on several threads. A policy that
  /// the user has chosen is left alone.
  @Sendable static func sleepWhileWaiting() {
    #if os(Linux)
      guard getenv("OMP_WAIT_POLICY") == nil else { return }
      setenv("OMP_WAIT_POLICY", "passive", 1)
      var arguments =
        ProcessArguments.raw.map { UnsafeMutablePointer<CChar>?(UnsafeMutablePointer(mutating: $0)) } + [nil]
      // Returns only when it fails, and then the program simply goes on as it is.
      for program in ProgramFile.paths { execv(program, &arguments) }
    #endif
  }
}
