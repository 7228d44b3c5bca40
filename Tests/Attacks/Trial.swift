import Foundation

/// What came of an attack.
struct Trial: Sendable {
  let attack: Attack
  /// What is wrong; empty if it went as it must.
  var faults: [String] = []
  /// Why it could not be tried here.
  var skipped: String?
  var status: Int32 = 0

  /// Tries an attack on a fresh site.
  init(_ attack: Attack, on site: () throws -> AttackSite = { try AttackSite() }) {
    self.init(attack, on: site) { _ in [] }
  }

  /// Tries an attack, and looks at its site once more.
  ///
  /// - Parameter inspect: gives what is wrong in the site's folder.
  init(_ attack: Attack, on site: () throws -> AttackSite, inspect: (URL) throws -> [String]) {
    self.attack = attack
    skipped = attack.needs?.isMissing
    guard skipped == nil else { return }
    do {
      try attempt(on: site(), inspect)
    } catch {
      faults.append("\(error)")
    }
  }

  private mutating func attempt(on site: AttackSite, _ inspect: (URL) throws -> [String]) throws {
    defer { _ = try? site.run("chmod -R u+rwX .. 2>/dev/null") }
    if !attack.setUp.isEmpty { _ = try site.run(attack.setUp) }
    let before = try site.tree(except: attack.changes)
    let outcome = try site.run(attack.command)
    status = outcome.status
    if !attack.status.contains(status) { faults.append("exit code \(status): \(outcome.text.suffix(300))") }
    for text in attack.says where !outcome.text.contains(text) {
      faults.append("does not say “\(text)”: \(outcome.text.suffix(300))")
    }
    for text in attack.hides where outcome.text.contains(text) {
      faults.append("says \(text.debugDescription): \(outcome.text.debugDescription.suffix(300))")
    }
    let after = try site.tree(except: attack.changes)
    let lost = before.filter { after[$0.key] != $0.value }.keys.sorted()
    if !lost.isEmpty { faults.append("changed or gone: \(lost.prefix(5))") }
    let added = attack.isStill ? after.keys.filter { before[$0] == nil }.sorted() : []
    if !added.isEmpty { faults.append("new: \(added.prefix(5))") }
    if !attack.verify.isEmpty {
      let check = try site.run(attack.verify)
      if check.status != 0 { faults.append("the files are not as they should be: \(check.text.suffix(200))") }
    }
    if attack.status.contains(status) { faults += try inspect(site.url) }
  }

  /// Tries rows two at a time.
  static func all<Row: Sendable>(_ rows: [Row], _ attempt: @escaping @Sendable (Row) -> Trial) async -> [Trial] {
    await withTaskGroup(of: [(Int, Trial)].self) { group in
      for lane in 0..<2 {
        group.addTask { stride(from: lane, to: rows.count, by: 2).map { ($0, attempt(rows[$0])) } }
      }
      return await group.reduce(into: []) { $0 += $1 }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  /// The table.
  static func text(_ trials: [Trial]) -> String {
    var lines = ["| input | what must happen | exit | outcome |", "| --- | --- | --- | --- |"]
    for trial in trials {
      let cells = [trial.attack.input, trial.attack.must, trial.skipped == nil ? "\(trial.status)" : "", trial.outcome]
      lines.append(
        "| " + cells.map { $0.replacing("\n", with: " ").replacing("|", with: "¦") }.joined(separator: " | ") + " |")
    }
    let right = trials.count { $0.skipped == nil && $0.faults.isEmpty }
    let open = trials.count { $0.attack.isOpen && !$0.faults.isEmpty }
    lines.append(
      "\(trials.count) inputs: \(right) right, \(open) open, \(trials.count { $0.skipped != nil }) not tried here.")
    return lines.joined(separator: "\n")
  }

  private var outcome: String {
    if let skipped { return "not tried: \(skipped)" }
    if faults.isEmpty { return "right" }
    return (attack.isOpen ? "OPEN: " : "WRONG: ") + faults.joined(separator: "; ")
  }
}

extension Attack.Need {
  /// Why the machine does not have it, or `nil` where it does.
  fileprivate var isMissing: String? {
    #if os(Linux)
      switch self {
      case .linux: nil
      case .root: getuid() == 0 ? nil : "only root can become another user"
      case .namespaces: Self.hasNamespaces ? nil : "no right to make mount points of one's own"
      }
    #else
      "only on Linux"
    #endif
  }

  #if os(Linux)
    private static let hasNamespaces: Bool = {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "unshare -m sh -c 'mount -t tmpfs none /mnt' && unshare -pf --mount-proc true"]
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }()
  #endif
}
