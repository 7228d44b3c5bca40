import Foundation
import Saliency
import TestSupport
import Testing

@Suite("Vocabularies turn texts into numbers")
struct WordListTests {
  private func list(_ text: String) throws -> WordList {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "words.txt")
    return try WordList(contentsOfFile: folder.path("words.txt"))
  }

  private func fault(_ text: String) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "words.txt")
    do {
      _ = try WordList(contentsOfFile: folder.path("words.txt"))
      return "no fault"
    } catch {
      return "\(error)".replacing(folder.url.path + "/", with: "")
    }
  }

  @Test("line n is word n − 1; case gives way where the list has no other spelling")
  func indices() throws {
    let list = try list("<pad>\nwhat\nis\nleft\nof\nthe\nmug\nUSA\n")
    #expect(try list.indices(ofText: "What is left  of the mug") == [1, 2, 3, 4, 5, 6])
    #expect(list.index(of: "usa") == nil)
    #expect(try list.indices(ofText: "USA <pad>") == [7, 0])
  }

  @Test("marks are words where the list has them, and are left out where it has not")
  func marks() throws {
    #expect(try list("how\nmany\ndice\n?\n").indices(ofText: "“How many dice?”") == [0, 1, 2, 3])
    #expect(try list("how\nmany\ndice\n").indices(ofText: "How many, dice?!") == [0, 1, 2])
    #expect(try list("it\n's\nit's\n").indices(ofText: "It's") == [2])
  }

  @Test("every word that is not there is told, with the nearest")
  func unknown() throws {
    let list = try list("what\nis\nthe\nmug\n")
    #expect(
      faultText { _ = try list.indices(ofText: "what is teh mugg") }
        == "the vocabulary has no word “teh”. Did you mean “the”?\nthe vocabulary has no word “mugg”. Did you mean “mug”?"
    )
  }

  @Test("a file that is no list of words is refused where it is wrong")
  func refusals() throws {
    #expect(
      try fault("a\n\nb\n") == "words.txt:2: error: the line is blank, so that word 1 has no name. Write the word.")
    #expect(
      try fault("a\nb\na\n") == "words.txt:3: error: “a” is word 0 already. Line n is word n−1: each stands once.")
    #expect(try fault("") == "words.txt: error: the vocabulary is empty. Write one name a line.")
  }
}
