import NeuralNetwork
import TestSupport
import Testing

/// Where no gradient flows, the graph says so before anything runs.
@Suite("Where gradients end")
struct GradientReachTests {
  /// A node that passes no gradient, and how it is written.
  struct Step: CustomTestStringConvertible {
    let testDescription: String
    let write: RoleNetwork.Spelling
  }

  static let steps: [Step] = [
    Step(testDescription: "Round") { model, x, y in model.node("Round", [x], [y]) },
    Step(testDescription: "Floor") { model, x, y in model.node("Floor", [x], [y]) },
    Step(testDescription: "Ceil") { model, x, y in model.node("Ceil", [x], [y]) },
    Step(testDescription: "Sign") { model, x, y in model.node("Sign", [x], [y]) },
    Step(testDescription: "Cast") { model, x, y in
      model.node("Cast", [x], [y + "whole"], ["to": 7])
      model.node("Cast", [y + "whole"], [y], ["to": 1])
    },
    Step(testDescription: "Greater") { model, x, y in
      model.constant(y + "half", [], [0.5])
      model.node("Greater", [x, y + "half"], [y + "mask"])
      model.node("Cast", [y + "mask"], [y], ["to": 1])
    },
    Step(testDescription: "ArgMax") { model, x, y in
      model.constant(y + "ones", [1, 4, 1, 1], [1, 2, 3, 4])
      model.node("ArgMax", [x], [y + "index"], ["axis": 1, "keepdims": 1])
      model.node("Cast", [y + "index"], [y + "float"], ["to": 1])
      model.node("Mul", [y + "float", y + "ones"], [y])
    },
    Step(testDescription: "Hardmax") { model, x, y in model.node("Hardmax", [x], [y], ["axis": 1]) },
  ]

  private static let relu: RoleNetwork.Spelling = { model, x, y in model.node("Relu", [x], [y]) }

  @Test("the node is named, for the picture and for each layer before it", arguments: steps)
  func named(step: Step) throws {
    let model = try RoleNetwork.model(Self.relu) { model, from, to in
      step.write(&model, from, to + "_step")
      RoleNetwork.linear(&model, to + "_step", to)
    }
    let (reach, gradient) = try model.withFile { path in
      let network = try Network(contentsOfFile: path)
      let picture = Tensor(shape: network.inputShape, (0..<network.inputShape.reduce(1, *)).map { Float($0 % 7) - 3 })
      let found = try network.forward(picture).gradients([GradientRequest(classIndex: 1, toInput: true)])
      return (try network.gradientReach(of: .class(1)), try #require(found[0].input))
    }
    #expect(reach.beforePicture?.operatorType == step.testDescription)
    #expect(reach.beforePicture?.node.hasPrefix("node_scores_step") == true)
    for layer in ["conv1", "act1", "conv2", "act2"] { #expect(reach.beforeTensors[layer] == reach.beforePicture) }
    // The graph is right: there is none.
    #expect(gradient.values.allSatisfy { $0 == 0 })
  }

  @Test("a mask beside a way that is open ends nothing")
  func openWay() throws {
    let model = try RoleNetwork.model { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "2", [], [2])
      model.node("Greater", [x, y + "2"], [y + "mask"])
      model.node("Where", [y + "mask", x, y + "0"], [y])
    }
    let reach = try model.withFile { try Network(contentsOfFile: $0).gradientReach(of: .class(0)) }
    #expect(reach.beforePicture == nil)
    // The masks themselves have none.
    #expect(reach.beforeTensors.mapValues(\.node) == ["act1mask": "node_act1", "act2mask": "node_act2"])
  }

  @Test("of several nodes in a row the one is named that gradients reach, for a target that lies behind it")
  func several() throws {
    let model = try RoleNetwork.model(Self.relu) { model, from, to in
      model.node("Floor", [from], [to + "_floor"])
      model.node("Round", [to + "_floor"], [to + "_round"])
      RoleNetwork.linear(&model, to + "_round", to)
    }
    try model.withFile { path in
      let network = try Network(contentsOfFile: path, outputs: ["scores", "scores_floor", "act2"])
      #expect(try network.gradientReach(of: .class(0)).beforePicture?.operatorType == "Round")
      #expect(
        try network.gradientReach(of: .element(of: "scores_floor", at: [0, 0, 0])).beforePicture?.operatorType
          == "Floor")
      #expect(try network.gradientReach(of: .element(of: "act2", at: [0, 0, 0])).beforePicture == nil)
    }
  }
}
