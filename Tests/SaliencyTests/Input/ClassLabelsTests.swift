import Diagnostics
import Foundation
import Saliency
import TestSupport
import Testing

@Suite("Label files")
struct ClassLabelsTests {
  private func labels(_ bytes: [UInt8], count: Int) throws -> ClassLabels {
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent("labels").path
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do throws(Diagnostic) {
        return try ClassLabels(contentsOfFile: path, classCount: count)
      } catch {
        throw Diagnostic.error(error.description.replacingOccurrences(of: folder.path + "/", with: ""))
      }
    }
  }

  private func labels(_ text: String, count: Int) throws -> ClassLabels { try labels(Array(text.utf8), count: count) }

  private func fault(_ bytes: [UInt8], count: Int = 3) -> String? {
    let error = #expect(throws: Diagnostic.self) { try labels(bytes, count: count) }
    return error?.summary
  }

  /// The same three classes, as people have them.
  static let formats: [String: String] = [
    "one class a line": "n01440764 tench, Tinca tinca\nn01443537 goldfish\nn01484850 great white shark\n",
    "Windows line endings": "n01440764 tench, Tinca tinca\r\nn01443537 goldfish\r\nn01484850 great white shark\r\n",
    "a byte order mark": "\u{FEFF}n01440764 tench, Tinca tinca\nn01443537 goldfish\nn01484850 great white shark",
    "tabs": "n01440764\ttench, Tinca tinca\nn01443537\tgoldfish\nn01484850\tgreat white shark\n",
    "commas behind synset ids": "n01440764,tench,Tinca tinca\nn01443537,goldfish\nn01484850,great white shark\n",
    "quotes": "n01440764,\"tench, Tinca tinca\"\nn01443537,\"goldfish\"\nn01484850,\"great white shark\"\n",
    "numbers from 0": "0,n01440764,tench,Tinca tinca\n1,n01443537,goldfish\n2,n01484850,great white shark\n",
    "numbers from 1": "1: n01440764 tench, Tinca tinca\n2: n01443537 goldfish\n3: n01484850 great white shark\n",
    "numbers and blanks": "0 n01440764 tench, Tinca tinca\n1 n01443537 goldfish\n2 n01484850 great white shark\n",
    "numbers in another order":
      "2\tn01484850 great white shark\n0\tn01440764 tench, Tinca tinca\n1\tn01443537 goldfish\n",
    "numbers at the end": "n01440764 tench;0\nn01484850 great white shark;2\nn01443537 goldfish;1\n",
    "a header":
      "index,synset,name\n0,n01440764,\"tench, Tinca tinca\"\n1,n01443537,goldfish\n2,n01484850,great white shark\n",
    "Python’s dictionary":
      "{0: 'n01440764 tench, Tinca tinca',\n 1: 'n01443537 goldfish',\n 2: \"n01484850 great white shark\"}",
    "JSON, by index":
      #"{"0": ["n01440764", "tench"], "2": ["n01484850", "great_white_shark"], "1": ["n01443537", "goldfish"]}"#,
    "JSON, a list": #"["n01440764 tench", ["n01443537", "goldfish"], "n01484850 great white shark"]"#,
    "JSON, indices by name": #"{"n01484850 great white shark": 2, "n01440764 tench": 0, "n01443537 goldfish": 1}"#,
    "JSON, a model’s configuration":
      #"{"model": "x", "id2label": {"0": "n01440764 tench", "1": "n01443537 goldfish", "2": "n01484850 great white shark"}}"#,
  ]

  @Test("are read in every form in which people have them", arguments: formats.keys.sorted())
  func format(name: String) throws {
    let labels = try labels(try #require(Self.formats[name]), count: 3)
    #expect(labels.entries.map(\.synset) == ["n01440764", "n01443537", "n01484850"])
    #expect(labels.entries.prefix(2).map(\.names[0]) == ["tench", "goldfish"])
    for (query, index) in [("Tench", 0), ("goldfish", 1), ("great white shark", 2), ("n01484850", 2), ("1", 1)] {
      #expect(try labels.index(of: query, modelName: "net") == index)
    }
  }

  @Test("names that only look like something else stay names")
  func names() throws {
    for names in [
      ["3D printer", "747", "2 euros"], ["10 euros", "20 euros", "50 euros"], ["[background]", "cat", "dog"],
      ["bolt, 8", "nut, 8", "nut, 10"], ["0", "1", "2"], ["class a", "class b", "jack-o'-lantern"],
    ] {
      let labels = try labels(names.joined(separator: "\n"), count: 3)
      #expect(labels.entries.map { $0.names.joined(separator: ", ") } == names)
    }
    #expect(try labels("7\n8\n9", count: 3).index(of: "8", modelName: "net") == 1)
  }

  @Test("what is no list of labels is refused, and named where it is known")
  func faults() {
    for (text, expected) in [
      ("a\nb\n", "labels: error: the label file has 2 lines, but the network has 3 classes. Line n names class n−1."),
      (
        "a\nb\nc\nd\n",
        "labels: error: the label file has 4 lines, but the network has 3 classes. Line n names class n−1."
      ),
      (
        "a\n\nc\n",
        "labels:2: error: the line is blank, so that class 1 has no name. Write a name, or remove the line."
      ),
      ("", "labels: error: the label file is empty. Write one name a line."),
      (
        "version https://git-lfs.github.com/spec/v1\n",
        "labels: error: this is a Git LFS pointer, not the label file. Run “git lfs pull”."
      ),
      (
        "<html><body>404</body></html>",
        "labels: error: this is a web page, not a label file. Download the file itself."
      ),
      ("0,a\n1,b\n1,c\n", "labels:3: error: number 1 stands on line 2 too. Give each class one line."),
      (
        "0,a\n1,b\n3,c\n",
        "labels: error: the lines are numbered, but none has the number 2. "
          + "Number the 3 classes from 0 to 2, or leave the numbers out."
      ),
      (
        #"{"0": "a", "1": "b""#,
        "labels: error: the label file begins like JSON, but is none. Mend it, or write one class a line."
      ),
      (
        #"{"0": "a", "1": "b", "3": "c"}"#,
        "labels: error: the JSON has 3 classes, but none has the index 2. Number them from 0 to 2."
      ),
      (
        #"{"0": "a", "1": 5, "2": "c"}"#,
        "labels: error: class 1 of the JSON has no name. Give it a text, or a list of a synset id and a name."
      ),
      (
        #"{"a": "b"}"#,
        "labels: error: the JSON is no list of labels. Write a list of names, or an object of names by index."
      ),
    ] {
      #expect(fault(Array(text.utf8)) == expected)
    }
    let wide = "tench\ngoldfish\nshark\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let advice = "labels: error: the label file is not UTF-8 text but looks like UTF-16. Save it as UTF-8."
    #expect(fault([0xFF, 0xFE] + wide) == advice)
    #expect(fault(wide) == advice)
    #expect(
      fault(Array("caf".utf8) + [0xE9, 0x0A])
        == "labels: error: the label file is not UTF-8 text. Save it as UTF-8.")
    #expect(
      fault([UInt8](repeating: 0x61, count: 1 << 24 + 1))
        == "labels: error: the label file cannot be read: it is larger than 16 MiB.")
  }

  @Test("a number that is one class's label and another's index is asked about")
  func ambiguousNumber() throws {
    let labels = try labels("zero\n2\nthree\n", count: 3)
    let fault = #expect(throws: Diagnostic.self) { try labels.index(of: "2", modelName: "net") }
    #expect(
      fault?.text == "class “2” means two classes of net: it is the label of class 1, and the index of “three”. "
        + "Write “label:2” or “index:2”.")
    #expect(try labels.index(of: "label:2", modelName: "net") == 1)
    #expect(try labels.index(of: "index:2", modelName: "net") == 2)
    #expect(try labels.index(of: "1", modelName: "net") == 1)
  }

  @Test("a name of two classes, an index beyond the last, and a misspelt name are faults")
  func queries() throws {
    let labels = try labels("crane\nCrane, bird\ntench\n", count: 3)
    func fault(_ query: String) -> String? {
      let error = #expect(throws: Diagnostic.self) { try labels.index(of: query, modelName: "net") }
      return error?.text
    }
    #expect(fault("crane") == "class “crane” names 2 classes of net. Give the index: 0 (crane) or 1 (Crane, bird).")
    #expect(fault("3") == "class 3 does not exist: net has classes 0 to 2.")
    #expect(fault("index:-1") == "class -1 does not exist: net has classes 0 to 2.")
    #expect(fault("tencg") == "class “tencg” is not a label of net. Did you mean “tench”?")
  }
}
