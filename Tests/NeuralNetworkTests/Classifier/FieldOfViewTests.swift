import NeuralNetwork
import TestSupport
import Testing

/// Which part of the picture a layer's maps lie over, followed through the graph.
@Suite("What a layer sees")
struct FieldOfViewTests {
  /// A picture of 3 × 32 × 32 that is changed to `seen`, which a convolution with a rectifier, `relu`, looks at.
  private static func view(
    channelsLast: Bool = false, _ change: (inout ONNXBuilder) -> Void
  ) throws -> (view: FieldOfView, remark: String?) {
    var model = ONNXBuilder()
    model.input("picture", channelsLast ? [1, 32, 32, 3] : [1, 3, 32, 32])
    model.constant("w", [4, 3, 3, 3], (0..<108).map { Float($0 % 5) - 2 })
    model.constant("fc", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8])
    model.integers("rows", [2])
    model.integers("columns", [3])
    model.integers("sides", [2, 3])
    change(&model)
    model.node("Conv", ["seen", "w"], ["conv"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["conv"], ["relu"])
    model.node("ReduceMean", ["relu"], ["mean"], ["axes": [2, 3], "keepdims": 0])
    model.node("MatMul", ["mean", "fc"], ["scores"])
    model.output("scores")
    let layer = try model.withFile { try Network(contentsOfFile: $0).layer(named: "relu") }
    return (layer.view, layer.view.remark(of: "relu"))
  }

  private func expect(_ span: FieldOfView.Span, _ start: Double, _ end: Double) {
    #expect(abs(span.start - start) < 1e-9 && abs(span.end - end) < 1e-9, "\(span)")
  }

  struct Change: CustomTestStringConvertible {
    let testDescription: String
    let write: @Sendable (inout ONNXBuilder) -> Void
  }

  static let whole: [Change] = [
    Change(testDescription: "nothing") { $0.node("Relu", ["picture"], ["seen"]) },
    Change(testDescription: "every other pixel") { model in
      model.integers("start", [1, 1])
      model.integers("end", [32, 32])
      model.integers("step", [2, 2])
      model.node("Slice", ["picture", "start", "end", "sides", "step"], ["seen"])
    },
    Change(testDescription: "a border that the window covers") { model in
      model.integers("pads", [0, 0, 1, 1, 0, 0, 1, 1])
      model.node("Pad", ["picture", "pads"], ["seen"])
    },
    Change(testDescription: "another size") { model in
      model.integers("sizes", [1, 3, 24, 24])
      model.node("Resize", ["picture", "", "", "sizes"], ["seen"], ["mode": "linear"])
    },
    Change(testDescription: "a shift in a circle") { model in
      for (name, start, end) in [("a", 5, 32), ("b", 0, 5)] {
        model.integers(name + "start", [start])
        model.integers(name + "end", [end])
        model.node("Slice", ["picture", name + "start", name + "end", "rows"], [name])
      }
      model.node("Concat", ["a", "b"], ["seen"], ["axis": 2])
    },
    Change(testDescription: "mirrored twice") { model in
      model.integers("start", [-1])
      model.integers("end", [-1000])
      model.integers("step", [-1])
      model.node("Slice", ["picture", "start", "end", "columns", "step"], ["mirrored"])
      model.node("Slice", ["mirrored", "start", "end", "columns", "step"], ["seen"])
    },
  ]

  @Test("the whole picture", arguments: whole)
  func wholePicture(change: Change) throws {
    let (view, remark) = try Self.view(change.write)
    #expect(view.isWhole)
    #expect(remark == nil)
  }

  static let crops: [Change] = [
    Change(testDescription: "Slice") { model in
      model.integers("start", [8, 4])
      model.integers("end", [24, 28])
      model.node("Slice", ["picture", "start", "end", "sides"], ["seen"])
    },
    Change(testDescription: "Slice along one axis after the other") { model in
      for (name, from, start, end) in [("rows", "picture", 8, -8), ("columns", "cut", 4, -4)] {
        model.integers(name + "start", [start])
        model.integers(name + "end", [end])
        model.node("Slice", [from, name + "start", name + "end", name], [name == "rows" ? "cut" : "seen"])
      }
    },
    Change(testDescription: "Gather") { model in
      model.integers("indices", Array(8..<24))
      model.integers("others", Array(4..<28))
      model.node("Gather", ["picture", "indices"], ["cut"], ["axis": 2])
      model.node("Gather", ["cut", "others"], ["seen"], ["axis": 3])
    },
    Change(testDescription: "Pad by negative numbers") { model in
      model.integers("pads", [0, 0, -8, -4, 0, 0, -8, -4])
      model.node("Pad", ["picture", "pads"], ["seen"])
    },
    Change(testDescription: "Split") { model in
      model.integers("parts", [8, 16, 8])
      model.integers("others", [4, 24, 4])
      model.node("Split", ["picture", "parts"], ["above", "middle", "below"], ["axis": 2])
      model.node("Split", ["middle", "others"], ["left", "seen", "right"], ["axis": 3])
    },
    Change(testDescription: "Resize of a part") { model in
      model.constant("region", [8], [0, 0, 8 / 31, 4 / 31, 1, 1, 23 / 31, 27 / 31])
      model.integers("sizes", [1, 3, 16, 24])
      model.node(
        "Resize", ["picture", "region", "", "sizes"], ["seen"],
        ["coordinate_transformation_mode": "tf_crop_and_resize", "mode": "nearest"])
    },
    Change(testDescription: "a part of a part, at another size") { model in
      model.integers("start", [4, 4])
      model.integers("end", [28, 28])
      model.integers("sizes", [1, 3, 48, 48])
      model.integers("begin", [8, 0])
      model.integers("stop", [40, 48])
      model.node("Slice", ["picture", "start", "end", "sides"], ["part"])
      model.node("Resize", ["part", "", "", "sizes"], ["large"], ["mode": "linear"])
      model.node("Slice", ["large", "begin", "stop", "sides"], ["seen"])
    },
  ]

  @Test("a part of the picture", arguments: crops)
  func crop(change: Change) throws {
    let (view, remark) = try Self.view(change.write)
    expect(view.vertical, 0.25, 0.75)
    expect(view.horizontal, 0.125, 0.875)
    #expect(
      remark
        == "Layer relu sees only a part of what goes in, 13 to 88 % from left to right and 25 to 75 % from top to bottom: "
        + "its map is laid over that part.")
  }

  @Test("a part of a picture whose channels come last")
  func channelsLast() throws {
    let (view, _) = try Self.view(channelsLast: true) { model in
      model.integers("axes", [1, 2])
      model.integers("start", [8, 4])
      model.integers("end", [24, 28])
      model.node("Slice", ["picture", "start", "end", "axes"], ["part"])
      model.node("Transpose", ["part"], ["seen"], ["perm": [0, 3, 1, 2]])
    }
    expect(view.vertical, 0.25, 0.75)
    expect(view.horizontal, 0.125, 0.875)
  }

  @Test("a border that the window covers, of a picture whose channels come last")
  func paddedChannelsLast() throws {
    let (view, _) = try Self.view(channelsLast: true) { model in
      model.integers("pads", [0, 1, 1, 0, 0, 1, 1, 0])
      model.node("Pad", ["picture", "pads"], ["padded"])
      model.node("Transpose", ["padded"], ["seen"], ["perm": [0, 3, 1, 2]])
    }
    expect(view.vertical, 0, 1)
    expect(view.horizontal, 0, 1)
  }

  static let mirrors: [Change] = [
    Change(testDescription: "Slice backwards") { model in
      model.integers("start", [-1])
      model.integers("end", [-1000])
      model.integers("step", [-1])
      model.node("Slice", ["picture", "start", "end", "columns", "step"], ["seen"])
    },
    Change(testDescription: "Gather backwards") { model in
      model.integers("indices", Array((0..<32).reversed()))
      model.node("Gather", ["picture", "indices"], ["seen"], ["axis": 3])
    },
  ]

  @Test("a mirrored picture", arguments: mirrors)
  func mirror(change: Change) throws {
    let (view, remark) = try Self.view(change.write)
    expect(view.vertical, 0, 1)
    expect(view.horizontal, 1, 0)
    #expect(
      remark
        == "Layer relu sees a mirrored picture, with left and right exchanged: its map is mirrored back before it is laid "
        + "over the picture.")
  }

  @Test("the picture and its mirror image at once")
  func bothImages() throws {
    let (view, remark) = try Self.view { model in
      model.integers("start", [-1])
      model.integers("end", [-1000])
      model.integers("step", [-1])
      model.node("Slice", ["picture", "start", "end", "columns", "step"], ["mirrored"])
      model.node("Add", ["picture", "mirrored"], ["seen"])
    }
    #expect(view.doubt == .mirrorImages)
    #expect(
      remark
        == "Layer relu sees the picture and its mirror image at once; its map is laid over the picture as it is.")
  }

  @Test("a picture whose rows and columns are exchanged")
  func turned() throws {
    let (view, remark) = try Self.view { $0.node("Transpose", ["picture"], ["seen"], ["perm": [0, 1, 3, 2]]) }
    #expect(view.doubt == .warped)
    #expect(remark?.contains("turned or bent") == true)
  }

  @Test("a border around the picture")
  func border() throws {
    let (view, remark) = try Self.view { model in
      model.integers("pads", [0, 0, 8, 8, 0, 0, 8, 8])
      model.node("Pad", ["picture", "pads"], ["seen"])
    }
    expect(view.vertical, -0.25, 1.25)
    #expect(
      remark == "Layer relu sees a border around what goes in; its map is laid over it with that border cut off.")
  }
}
