/// One hostile input, and what must come of it.
///
/// What is done stands as shell commands, so that a row can be read, and tried by hand in a folder that `AttackSite` makes.
struct Attack: Sendable {
  /// What the row needs of the machine.
  enum Need: Sendable {
    /// Mount points of its own: Linux, and the right to make a namespace.
    case namespaces
    /// The right to become another user, for root may read and write everything.
    case root
    /// Signals, descriptors and devices as Linux has them.
    case linux
  }

  /// The input, in a few words.
  let input: String
  /// What must happen, in a few words.
  let must: String
  /// Makes the input ready.
  var setUp = ""
  /// What is tried. Its exit code, stdout and stderr are looked at.
  let command: String
  /// The exit codes that are right.
  var status: Set<Int32>
  /// What stdout and stderr together must hold.
  var says: [String] = []
  /// What they must not hold.
  var hides: [String] = []
  /// A last command, which succeeds if the files are as they should be.
  var verify = ""
  /// Folders in which something may change; everything else that was there must be there still, byte by byte.
  var changes: [String] = ["public", ".sitegen"]
  var needs: Need?
  /// Whether it is a matter of moments, so that one that is open may come right by chance.
  var isChance = false
  /// Whether nothing new may appear elsewhere either.
  var isStill = false

  /// Whether the program is known not to do it yet.
  var isOpen: Bool { Self.open.contains(input) }

  /// An input that must be refused, with nothing touched.
  static func refused(
    _ input: String, _ command: String, status: Set<Int32> = [1], says: [String], setUp: String = "",
    hides: [String] = [], verify: String = "", changes: [String] = ["public", ".sitegen"], needs: Need? = nil,
    must: String = "refused; nothing is touched"
  ) -> Attack {
    Attack(
      input: input, must: must, setUp: setUp, command: command, status: status, says: ["error: "] + says, hides: hides,
      verify: verify, changes: changes, needs: needs, isStill: true)
  }

  /// An input that must do no harm.
  static func built(
    _ input: String, _ command: String = "sitegen build", must: String, setUp: String = "", says: [String] = [],
    hides: [String] = [], verify: String = "test -f public/index.html", changes: [String] = ["public", ".sitegen"],
    needs: Need? = nil
  ) -> Attack {
    Attack(
      input: input, must: must, setUp: setUp, command: command, status: [0], says: says, hides: hides, verify: verify,
      changes: changes, needs: needs)
  }
}
