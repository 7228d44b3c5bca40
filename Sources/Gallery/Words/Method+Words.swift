import Saliency
import Site

extension Saliency.Method {
  /// What it shows, as a sentence.
  func summary(in strings: Strings) -> String { strings.remark(.summary, on: id, else: summary) }

  /// What is fixed in it that papers leave open.
  func settings(in strings: Strings) -> String? { settings.map { strings.remark(.settings, on: id, else: $0) } }

  /// Where chance comes in.
  func randomness(in strings: Strings) -> String? {
    randomness.map { strings.remark(.randomness, on: id, else: $0) }
  }

  /// What is not finite where its result is not.
  func subject(in strings: Strings) -> String? { subject.map { strings.remark(.subject, on: id, else: $0) } }
}
