import Diagnostics
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing
import Vocabulary

@testable import Gallery

/// A network whose Grad-CAM maps are known: class c sums up channel c of the picture, so that its map is that channel.
@Suite("sitegen evaluate")
struct EvaluationTests {
  private static let network: ONNXBuilder = {
    var model = ONNXBuilder()
    model.input("image", [1, 3, 16, 16])
    model.constant("identity", [3, 3, 1, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1])
    model.constant("none", [3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1])
    model.node("Conv", ["image", "identity"], ["conv"])
    model.node("Relu", ["conv"], ["maps"])
    model.node("GlobalAveragePool", ["maps"], ["pooled"])
    model.node("Flatten", ["pooled"], ["flat"])
    model.node("MatMul", ["flat", "none"], ["scores"])
    model.output("scores")
    return model
  }()

  private let folder: TemporaryFolder

  /// Two pictures of 32 × 32 pixels: a red square of 16 at (8, 8) beside a green dot at (30, 30), and a blue square in the upper
  /// left.
  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "---\ntitle: Net\nfile: net.onnx\nlabels: labels.txt\ninput: {size: 16}\nlayer: maps\n---\n",
      to: "content/models/net.md")
    try folder.write("red\ngreen\nblue\n", to: "content/models/labels.txt")
    try write(Self.network.bytes, to: "content/models/net.onnx")
    try draw("data/one.png") { x, y in
      (8..<24).contains(x) && (8..<24).contains(y) ? [255, 0, 0] : (x, y) == (30, 30) ? [0, 255, 0] : [0, 0, 0]
    }
    try draw("data/images/two.png") { x, y in x < 16 && y < 16 ? [0, 0, 255] : [0, 0, 0] }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(fileURLWithPath: folder.path(path))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  private func draw(_ path: String, _ color: (Int, Int) -> [UInt8]) throws {
    let pixels = (0..<32).flatMap { y in (0..<32).flatMap { x in color(x, y) } }
    try write(try Image(width: 32, height: 32, pixels: pixels).pngData(), to: path)
  }

  private func report(methods: [String] = ["grad-cam"], evidence: Int = 0) throws -> EvaluationReport {
    var evaluation = Evaluation(model: "net", dataset: folder.path("data"))
    (evaluation.methods, evaluation.content) = (methods, folder.path("content"))
    evaluation.evidencePictures = evidence
    return try evaluation.run()
  }

  private func faults() -> String {
    do {
      _ = try report()
      return ""
    } catch {
      return "\(error)".replacing(folder.url.path + "/", with: "")
    }
  }

  @Test("right boxes are hit, found and full of the map; wrong ones are not; chance is the area")
  func boxes() throws {
    try folder.write("file,class,x,y,width,height\none.png,red,8,8,16,16\n", to: "data/truth.csv")
    let right = try report()
    let entry = try #require(right.entries.first)
    #expect(right.chance.mean == 0.25 && right.accuracy.mean == 1)
    #expect(entry[.pointing] == 1 && entry[.energy] > 0.85)
    #expect(entry[.localizationError] == 0 && entry[.topOneLocalizationError] == 0)
    try folder.write("file,class,x,y,width,height\none.png,red,0,24,8,8\n", to: "data/truth.csv")
    let wrong = try #require(try report().entries.first)
    #expect(wrong[.pointing] == 0 && wrong[.energy] < 0.05)
    #expect(wrong[.localizationError] == 1 && wrong[.topOneLocalizationError] == 1)
    try folder.write("file,class,x,y,width,height\none.png,blue,8,8,16,16\n", to: "data/truth.csv")
    let other = try report()
    #expect(other.accuracy.mean == 0 && other.entries.first?[.blank] == 1)
    #expect(other.entries.first?[.topOneLocalizationError] == 1, "another class than any there is an error")
  }

  @Test("masks of a colour, COCO's polygons and runs, and Pascal VOC's boxes mean the same place")
  func forms() throws {
    try draw("data/mask.png") { x, y in
      (8..<24).contains(x) && (8..<24).contains(y) ? [255, 0, 0] : [0, 0, 255]
    }
    try folder.write("file,class,mask\none.png,red,mask.png#ff0000\n", to: "data/truth.csv")
    let mask = try report()
    try folder.write("file,class,x,y,width,height\none.png,red,8,8,16,16\n", to: "data/truth.csv")
    let energy = try #require(try report().entries.first)[.energy]
    #expect(mask.chance.mean == 0.25 && mask.entries.first?[.energy] == energy)
    try FileManager.default.removeItem(atPath: folder.path("data/truth.csv"))
    let runs = "[264" + String(repeating: ",16,16", count: 15) + ",16,264]"
    for place in [
      "\"segmentation\": [[8, 8, 24, 8, 24, 24, 8, 24]], \"bbox\": [0, 0, 1, 1]",
      "\"segmentation\": {\"counts\": \(runs), \"size\": [32, 32]}", "\"bbox\": [8, 8, 16, 16]",
    ] {
      try folder.write(
        """
        {"images": [{"id": 7, "file_name": "one.png"}], "categories": [{"id": 3, "name": "red"}],
         "annotations": [{"image_id": 7, "category_id": 3, \(place)}]}
        """, to: "data/instances.json")
      let found = try report()
      #expect(found.chance.mean == 0.25 && found.entries.first?[.pointing] == 1, "\(place)")
      #expect(found.entries.first?[.localizationError] == 0, "\(place)")
    }
    try FileManager.default.removeItem(atPath: folder.path("data/instances.json"))
    try FileManager.default.createDirectory(
      atPath: folder.path("data/JPEGImages"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: folder.path("data/one.png"), toPath: folder.path("data/JPEGImages/one.png"))
    try folder.write(
      """
      <annotation><filename>one.png</filename><object><name>red</name><part><name>edge</name></part>
      <bndbox><xmin>9</xmin><ymin>9</ymin><xmax>24</xmax><ymax>24</ymax></bndbox></object></annotation>
      """, to: "data/Annotations/one.xml")
    let voc = try report()
    #expect(voc.chance.mean == 0.25 && voc.entries.first?[.localizationError] == 0)
  }

  @Test("COCO's packed runs are read as its own program packs them")
  func packed() throws {
    // pycocotools 2.0: a[5:30, 10:50] = 1 and a[35, 3] = 1 of 40 rows and 60 columns.
    let packed = "k41i7h0fH00000000000000000000000000000000000000000000000000000000000000000000000000000[<"
    try folder.write(
      """
      {"images": [{"id": 1, "file_name": "one.png"}], "categories": [{"id": 1, "name": "red"}],
       "annotations": [{"image_id": 1, "category_id": 1, "segmentation": {"counts": "\(packed)", "size": [40, 60]}}]}
      """, to: "data/instances.json")
    let data = try DataSet(folder.path("data"))
    let thing = try #require(data.samples.first?.things.first)
    let picture = try Image(width: 60, height: 40, pixels: [UInt8](repeating: 0, count: 7200))
    var masks: [String: Image] = [:]
    let region = try ThingRegion(thing, in: picture, masks: &masks)
    #expect(region.box == Rect(x: 3, y: 5, width: 47, height: 31))
    let inside = (0..<40).reduce(0) { sum, y in
      sum + (0..<60).count { region.contains(Double($0) + 0.5, Double(y) + 0.5) }
    }
    #expect(inside == 1001)
    #expect(region.contains(10.5, 5.5) && region.contains(49.5, 29.5) && !region.contains(50.5, 29.5))
  }

  @Test("all methods are compared that the network allows, with the curves where they are asked for")
  func methods() throws {
    try folder.write(
      "file,class,x,y,width,height\none.png,red,8,8,16,16\nimages/two.png,blue,0,0,16,16\n", to: "data/truth.csv")
    let all = try report(methods: [])
    #expect(all.entries.map(\.method).contains("cam") && all.entries.map(\.method).contains("guided-backprop"))
    #expect(!all.entries.map(\.method).contains("attention-rollout"), "the network has no attention")
    #expect(!all.entries.map(\.method).contains("score-cam"), "that asks about many pictures")
    #expect(try report().text.contains("2 things in 2 pictures; chance 25.0 (25.0–25.0), accuracy 100.0"))
  }

  @Test("evidence is that of single maps, on average, beside a map of noise")
  func evidence() throws {
    try folder.write("file,class,x,y,width,height\none.png,red,8,8,16,16\n", to: "data/truth.csv")
    let report = try report(methods: ["grad-cam", "guided-backprop", "integrated-gradients"], evidence: 1)
    let entry = try #require(report.entries.first)
    #expect(report.evidencePictures == 1)
    // The map is the red channel: what it points to is all that the class has.
    #expect(entry[.deletion] > 0 && entry[.deletion] < entry[.insertion])
    #expect(entry[.deletionGain] > 0 && entry[.insertionGain] > 0)
    let image = try Image(contentsOfFile: folder.path("data/one.png"))
    let input = try InputSpecification(width: 16, height: 16, channels: .order(.rgb), scale: 1).prepare(image)
    let network = try Network(contentsOfFile: folder.path("content/models/net.onnx"), inputShape: [1, 3, 16, 16])
    let layer = try network.layer(named: "maps")
    let found = try Explainer(network, input: input.tensor, layers: [layer])
      .explain([Target.class(0)], layers: [layer], methods: [.gradCAM])
    let subject = EvidenceSession.Subject(.gradCAM, at: layer, over: .whole)
    let map = try #require(try subject.map(of: found[0].attributions, input: input.tensor.shape))
    let alone = try FaithfulnessMeter(network, input: input.tensor).measure(map, of: .class(0), subject: "")
    #expect(entry[.deletion] == alone.deletionAuc && entry[.insertion] == alone.insertionAuc)
    #expect(entry[.averageDrop] == alone.averageDrop)
    // The score is a mean of a channel, so integrated gradients are exact.
    #expect(report.entries[2][.completeness] < 1e-5)
    #expect(entry.measures[.completeness] == nil, "only what promises a sum is held to it")
    #expect(try !self.report().text.contains("DELETION"), "without evidence there is none")
  }

  @Test("what a long evaluation costs is counted before it begins")
  func estimate() throws {
    try folder.write(
      "file,class,x,y,width,height\none.png,red,8,8,16,16\none.png,green,30,30,1,1\n", to: "data/truth.csv")
    var evaluation = Evaluation(model: "net", dataset: folder.path("data"))
    (evaluation.content, evaluation.methods) = (folder.path("content"), ["occlusion"])
    var told: [String] = []
    _ = try evaluation.run(tell: { told.append($0) })
    #expect(told.isEmpty, "what takes no time is not worth a word")
    let networks = NetworkStore(Store(folder.path("store")))
    let (model, network) = try ModelReference("net", content: folder.path("content")).load()
    let (facts, identity) = try networks.facts(ofFileAt: model.path, input: model.input, output: nil)
    let cells = [Cell(.occlusion, at: nil), Cell(.gradCAM, at: try network.layer(named: "maps"))]
    func runs(evidence: Int) throws -> Int {
      try EvaluationStep(
        model: model, facts: facts, identity: identity, networks: networks, cells: cells, evidencePictures: evidence,
        jobs: 1, progress: { _ in }
      ).estimate(try DataSet(folder.path("data")).samples).runs
    }
    // One window of 16 × 16 and the picture itself, and a run for each of two cells.
    let alone = try runs(evidence: 0)
    #expect(
      alone
        == Cell.computed([.occlusion], at: []).reduce(2) {
          $0 + $1.method.pictures(input: facts.inputShape, at: nil).count
        })
    // Two things, two cells and the noise; two layers lose their weights.
    let curves = 2 * 3 * FaithfulnessMeter.runs(input: [1, 3, 16, 16], step: nil)
    #expect(try runs(evidence: 1) == alone + curves + 2 * alone)
  }

  @Test("what was measured before an interruption is not measured again")
  func interruption() throws {
    try folder.write(
      "file,class,x,y,width,height\none.png,red,8,8,16,16\nimages/two.png,blue,0,0,16,16\n", to: "data/truth.csv")
    struct Interruption: Error {}
    var evaluation = Evaluation(model: "net", dataset: folder.path("data"))
    (evaluation.content, evaluation.jobs) = (folder.path("content"), 1)
    #expect(throws: Interruption.self) { try evaluation.run(progress: { _ in throw Interruption() }) }
    let kept = try entries()
    #expect(kept.count == 1)
    let report = try evaluation.run()
    #expect(try entries().count == 2 && Set(kept).isSubset(of: try entries()))
    #expect(report.entries.first?.measures == (try evaluation.run()).entries.first?.measures)
    #expect(try entries().count == 2)
    try draw("data/one.png") { x, y in (8..<24).contains(x) && (8..<24).contains(y) ? [200, 0, 0] : [0, 0, 0] }
    _ = try evaluation.run()
    #expect(try entries().count == 3, "another picture is measured")
  }

  /// The store's entries of evaluations.
  private func entries() throws -> [String] {
    let url = URL(fileURLWithPath: folder.path(".sitegen/store/evaluations"))
    return FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String }.filter { $0.contains("/") }
      ?? []
  }

  @Test(
    "what is wrong with a data set is told where it stands",
    arguments: [
      ("file,class,x,y\n", "data/truth.csv:1: error: The first line must name the columns."),
      ("file,class,mask,size\n", "data/truth.csv:1: error: There is no column “size”."),
      (
        "file,class,mask\none.png,rde,one.png\n",
        "data/truth.csv:2: error: class “rde” is not a label of Net. Did you mean “red”?"
      ),
      ("file,class,mask\nno.png,red,one.png\n", "data/truth.csv:2: error: “data/no.png”:"),
      ("file,class,mask\none.png,red\n", "data/truth.csv:2: error: The line has 2 cells, and the first line 3."),
      (
        "file,class,mask\none.png,red,small.png\n",
        "data/truth.csv:2: error: The mask “data/small.png” has 1 × 1 pixels, and its picture 32 × 32."
      ),
      ("file,class,mask\none.png,red,one.png#00ffff\n", "data/truth.csv:2: error: The mask of the “red” is empty."),
      (
        "file,class,x,y,width,height\none.png,red,40,0,5,5\n",
        "data/truth.csv:2: error: The “red” lies outside of its picture, which has 32 × 32 pixels."
      ),
      (
        "file,class,x,y,width,height\none.png,red,1,1,0,5\n",
        "data/truth.csv:2: error: The line says neither of a box nor of a mask where the thing is."
      ),
      ("file,class,mask\n", "error: The data set “data” has no thing in any picture."),
    ])
  func refusals(text: String, fault: String) throws {
    try write(try Image(width: 1, height: 1, pixels: [255, 255, 255]).pngData(), to: "data/small.png")
    try folder.write(text, to: "data/truth.csv")
    #expect(faults().contains(fault), "\(faults())")
  }

  @Test("only an evaluation is overwritten, and that it cannot be is said before anything is computed")
  func file() throws {
    try folder.write("file,class,x,y,width,height\none.png,red,8,8,16,16\n", to: "data/truth.csv")
    let report = try report()
    let path = folder.path("evaluation.json")
    for _ in 0..<2 { try EvaluationFile(path).write(report) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(try report.json))
    try folder.write("title: Mine\n", to: "mine.yml")
    let mine = folder.path("mine.yml")
    #expect(
      faultText { _ = try EvaluationFile(mine) }
        == "The file “\(mine)” is no evaluation, and stays as it is. Name another with --json.")
    let nowhere = folder.path("none/a.json")
    #expect(faultText { _ = try EvaluationFile(nowhere) }.hasPrefix("There is no folder “\(folder.path("none"))”"))
  }

  @Test("a folder that tells nothing says what it may have")
  func nothing() throws {
    #expect(faults().contains("The data set “data” says nothing of what is where. Put truth.csv into it"))
  }
}

extension EvaluationReport.Entry {
  /// A mean, NaN where it was not measured.
  subscript(measure: EvaluationMeasure) -> Double { measures[measure]?.mean ?? .nan }
}
