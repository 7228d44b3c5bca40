import Testing

/// Hostile inputs on the real program. `swift test --filter Attacks` prints the table.
@Suite("Attacks")
struct AttackTests {
  private static let all =
    Attack.outputPlaces + Attack.outputContents + Attack.stores + Attack.links + Attack.contents + Attack.templates
    + Attack.models + Attack.processes

  @Test("every hostile input comes to what it must", .timeLimit(.minutes(10)))
  func table() async {
    let trials = await Trial.all(Self.all) { Trial($0) }
    print(Trial.text(trials))
    trials.forEach(expectRight)
  }

  @Test("rows have names of their own")
  func names() {
    #expect(Set(Self.all.map(\.input)).count == Self.all.count)
    #expect(Self.all.count > 100)
    #expect(Attack.open.subtracting(Self.all.map(\.input) + CaseTests.rows.map(\.folder)).sorted() == [])
  }
}

/// A trial must be right; one that is known not to be must not, so that the list of those shrinks.
func expectRight(_ trial: Trial) {
  guard trial.skipped == nil else { return }
  if trial.attack.isOpen {
    #expect(
      trial.attack.isChance || !trial.faults.isEmpty,
      "“\(trial.attack.input)” comes to what it must now: take it off the open ones")
  } else {
    #expect(trial.faults.isEmpty, "\(trial.attack.input): \(trial.faults.joined(separator: "; "))")
  }
}
