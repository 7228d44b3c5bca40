import Diagnostics
import Site
import Testing

@Suite("Collections of many pictures")
struct CollectionContentTests {
  private static let truth = """
    file,class,caption,tags
    a1.png,cat,"A cat, asleep",night; indoors
    a2.png,dog,,night
    a2.png,cat,,
    """

  private static let files: [String: String?] = [
    "images/a1.png": "pixels", "images/a2.png": "pixels", "images/truth.csv": truth,
  ]

  private func page(_ yaml: String) -> String { "---\ntitle: A\nmodel: net\n---\n```explain\n\(yaml)\n```\n" }

  private func figure(_ yaml: String) throws -> FigureRequest {
    try #require(ContentFixture.figures(inExperiment: page(yaml), Self.files).first)
  }

  private func faults(_ yaml: String, _ changes: [String: String?] = [:]) throws -> String {
    try ContentFixture.faults(
      Self.files.merging(changes) { $1 }.merging(["experiments/a.md": page(yaml)]) { $1 })
  }

  @Test("a table says what pictures show, what stands below them, and their tags")
  func truths() throws {
    let figure = try figure("image: a*.png\ntruth: truth.csv")
    #expect(figure.order == .probability)
    let truths = figure.parts.map(\.truth)
    #expect(truths.map { $0?.classes.map(\.value) } == [["cat"], ["dog", "cat"]])
    #expect(truths.map { $0?.caption } == ["A cat, asleep", nil])
    #expect(truths.map { $0?.tags } == [["night", "indoors"], ["night"]])
    #expect(truths[1]?.classes[0].location.description == "content/images/truth.csv:3")
    #expect(figure.parts.map(\.alt) == ["A cat, asleep", nil])
  }

  @Test("without a table it is enough to say how they are sorted, and nothing need be asked")
  func order() throws {
    let figure = try figure("image: a*.png\nsort: name")
    #expect(figure.order == .name)
    #expect(figure.parts.allSatisfy { $0.truth == PictureTruth() })
    #expect(figure.parts.map(\.subjects.classes).allSatisfy { $0 != nil })
  }

  @Test("a figure without either is none")
  func figures() throws {
    let figure = try figure("image: a*.png\ntop: 1")
    #expect(figure.order == nil)
    #expect(figure.parts.allSatisfy { $0.truth == nil })
  }

  @Test("pages of pictures are called after their files, and after their paths where two are called the same")
  func names() throws {
    let files: [String: String?] = [
      "images/b/mug.png": "pixels", "images/c/Mug.png": "pixels", "images/고양이 1.png": "pixels",
      "images/😀.png": "pixels",
    ]
    func names(_ images: String) throws -> [String] {
      try #require(
        ContentFixture.figures(inExperiment: page("image: [\(images)]\nsort: name"), files).first
      ).pictureNames
    }
    #expect(try names("b/mug.png, photo.png") == ["mug", "photo"])
    #expect(try names("b/mug.png, c/Mug.png") == ["images-b-mug-png", "images-c-mug-png"])
    let others = try names("고양이 1.png, 😀.png")
    #expect(others[0] == "고양이-1")
    #expect(others[1].wholeMatch(of: /picture-[0-9a-f]{6}/) != nil)
  }

  @Test(
    "what is wrong with a table is told at its line",
    arguments: [
      (
        "a,b\n",
        "content/images/truth.csv:1: error: The first line must name the columns, file and class among them. Write file,class,caption,tags."
      ),
      (
        "",
        "content/images/truth.csv:1: error: The first line must name the columns, file and class among them. Write file,class,caption,tags."
      ),
      (
        "file,class,tag\na1.png,cat,\na2.png,dog,\n",
        "content/images/truth.csv:1: error: There is no column “tag”. Did you mean “tags”?"
      ),
      (
        "file,class\na1.png,cat,dog\na2.png,dog\n",
        "content/images/truth.csv:2: error: The line has 3 cells, and the first line 2. Put a text with commas in quotes."
      ),
      (
        "file,class\n../../a1.png,cat\na2.png,dog\n",
        "content/images/truth.csv:2: error: The line names no picture of the content folder. Begin it with a file’s name."
      ),
      (
        "file,class\na1.png,cat\n",
        "content/experiments/a.md:6:8: warning: content/images/truth.csv says nothing of “a2.png”. Add a line for each, or leave the picture out."
      ),
      (
        "file,class\na1.png,cat\na2.png,cat\na3.png,cat\n",
        "content/images/truth.csv: warning: No picture of the block is called “a3.png”. Name it under `image:`, or leave its line out."
      ),
    ])
  func tables(text: String, fault: String) throws {
    #expect(try faults("image: a*.png\ntruth: truth.csv", ["images/truth.csv": text]) == fault)
  }

  @Test("the places of things, which an evaluation reads, are no fault")
  func places() throws {
    let text = "file,class,x,y,width,height,mask\na1.png,cat,1,2,3,4,\na2.png,cat,1,2,3,4,\n"
    #expect(try faults("image: a*.png\ntruth: truth.csv", ["images/truth.csv": text]) == "")
  }

  @Test(
    "what makes no sense of a collection is told",
    arguments: [
      (
        "image: a*.png\nsort: error",
        "content/experiments/a.md:7:7: error: Nothing says what is true, by which pictures could be sorted. "
          + "Add `truth: truth.csv`, or sort by probability or name."
      ),
      (
        "image: a*.png\nsort: size",
        "content/experiments/a.md:7:7: error: “size” is not a value of “sort”. Try one of: probability, error, name."
      ),
      (
        "image: a*.png\nsort: name\ntarget: logits[1]",
        "content/experiments/a.md:8:9: error: A collection is about classes, and “logits[1]” is none. "
          + "Ask for `classes:` or `top:`, or leave out `truth:` and `sort:`."
      ),
      (
        "image: a*.png\ntruth: thruth.csv",
        "content/experiments/a.md:7:8: error: There is no file “thruth.csv” in content/experiments or content/images. "
          + "Did you mean “truth.csv”?"
      ),
    ])
  func nonsense(yaml: String, fault: String) throws {
    #expect(try faults(yaml) == fault)
  }
}
