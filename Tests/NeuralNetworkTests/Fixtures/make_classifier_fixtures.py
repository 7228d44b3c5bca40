"""Writes classifiers/: small classifiers with every kind of end and of input, and answers.json with PyTorch's numbers.

    python make_classifier_fixtures.py

Each is one convolution, a rectifier, a mean over space and a linear layer, written with onnx.helper as the exporters
write it: PyTorch channels first, tf2onnx channels last with transpositions at the edges. onnxruntime must agree with
PyTorch on the probabilities before anything is written. Answers are channels first whatever the file takes.
"""

import json
from pathlib import Path

import numpy
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

torch.manual_seed(0)
folder = Path(__file__).parent / "classifiers"
folder.mkdir(exist_ok=True)
answers = []


def numbers(tensor):
    return [float(f"{value:.7g}") for value in tensor.detach().flatten().tolist()]


def weights(*shape):
    return torch.randint(-16, 17, shape).float() / 16


class Net:
    """The weights that all files of one case share."""

    def __init__(self, channels, classes, mean=0.0, scale=1.0):
        self.filters, self.bias = weights(4, channels, 3, 3), weights(4)
        self.matrix, self.shift = weights(classes, 4), weights(classes)
        self.mean, self.scale = mean, scale

    def features(self, x):
        return F.relu(F.conv2d((x - self.mean) / self.scale, self.filters, self.bias, padding=1))

    def scores(self, x):
        return F.linear(self.features(x).mean((2, 3)), self.matrix, self.shift)

    def constants(self):
        return {"filters": self.filters, "bias": self.bias, "matrix": self.matrix, "shift": self.shift,
                "columns": self.matrix.T.contiguous(), "kernel": self.matrix[:, :, None, None],
                "mean": torch.tensor([self.mean]), "scale": torch.tensor([self.scale])}


def case(name, net, shape, nodes, probabilities, outputs=("scores",), lists=None, channels_last=False, layer="relu",
         output=None, sizes=None, opset=13):
    """Writes one file. `shape` is the input's, channels first; `lists` are constant lists of integers; `sizes` are the
    sizes that the file states, "name" for an open one, in its own order."""
    x = torch.rand(shape)
    runtime_input = x.permute(0, 2, 3, 1) if channels_last else x
    stated = sizes or ["N", *runtime_input.shape[1:]]
    read = {i for n in nodes for i in n.input}
    constants = [numpy_helper.from_array(v.numpy(), k) for k, v in net.constants().items() if k in read]
    constants += [numpy_helper.from_array(numpy.array(v, dtype=numpy.int64), k) for k, v in (lists or {}).items()]
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("input", TensorProto.FLOAT, stated)],
        [helper.make_tensor_value_info(o, TensorProto.FLOAT, None) for o in outputs], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="fixture")
    model.ir_version = 8
    model = onnx.shape_inference.infer_shapes(model, strict_mode=True)
    path = folder / f"{name}.onnx"
    onnx.save(model, path)

    leaf = x.clone().requires_grad_()
    features = net.features(leaf)
    features.retain_grad()
    scores = F.linear(features.mean((2, 3)), net.matrix, net.shift)
    logits = torch.cat([-scores, scores], 1) if scores.shape[1] == 1 else scores
    chances = {"softmax": lambda y: y.softmax(1), "sigmoid": torch.sigmoid, "binary": torch.sigmoid}[probabilities](logits)
    gradients, at_layer = [], []
    for index in range(logits.shape[1]):
        leaf.grad, features.grad = None, None
        logits[0, index].backward(retain_graph=True)
        gradients.append(numbers(leaf.grad))
        at_layer.append(numbers(features.grad))

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    wanted = output or outputs[0]
    found = torch.tensor(session.run([wanted], {"input": runtime_input.numpy()})[0]).flatten()
    last = next(n.op_type for n in reversed(nodes) if n.op_type not in ("Flatten", "Squeeze", "Transpose", "Identity"))
    expected = {"Softmax": chances, "LogSoftmax": chances.log(), "Log": chances.log(),
                "Sigmoid": chances[:, -1:] if probabilities == "binary" else chances}.get(last, scores)
    assert torch.allclose(found, expected.flatten(), atol=1e-5), (name, found, expected)
    answers.append({
        "name": name, "inputShape": list(shape), "input": numbers(x), "logits": numbers(logits), "scores": probabilities,
        "probabilities": numbers(chances), "gradients": gradients, "layer": layer,
        "activation": numbers(features), "layerShape": list(features.shape), "layerGradients": at_layer,
        "weights": numbers(torch.cat([-net.matrix, net.matrix]) if len(net.matrix) == 1 else net.matrix),
    })


node = helper.make_node
body = [
    node("Conv", ["input", "filters", "bias"], ["conv"], "conv", pads=[1, 1, 1, 1]),
    node("Relu", ["conv"], ["relu"], "relu"),
    node("GlobalAveragePool", ["relu"], ["pool"], "pool"),
]
linear = body + [
    node("Flatten", ["pool"], ["flat"], "flat"),
    node("Gemm", ["flat", "matrix", "shift"], ["scores"], "linear", transB=1),
]
fully_convolutional = body + [node("Conv", ["pool", "kernel", "shift"], ["scores"], "linear")]

# How classifiers end.

picture = (1, 3, 6, 5)
case("logits", Net(3, 5), picture, linear, "softmax")
case("softmax", Net(3, 5), picture, linear + [node("Softmax", ["scores"], ["p"], axis=1)], "softmax", ["p"])
case("log-softmax", Net(3, 5), picture, linear + [node("LogSoftmax", ["scores"], ["p"], axis=-1)], "softmax", ["p"])
case("log-of-softmax", Net(3, 5), picture,
     linear + [node("Softmax", ["scores"], ["s"], axis=1), node("Log", ["s"], ["p"])], "softmax", ["p"])
case("sigmoid", Net(3, 5), picture, linear + [node("Sigmoid", ["scores"], ["p"])], "sigmoid", ["p"])
case("fully-convolutional", Net(3, 5), picture, fully_convolutional, "softmax")
case("fully-convolutional-softmax", Net(3, 5), picture,
     fully_convolutional + [node("Softmax", ["scores"], ["s"], axis=1), node("Flatten", ["s"], ["p"])], "softmax", ["p"])
case("softmax-between-transpositions", Net(3, 5), picture,
     fully_convolutional + [node("Transpose", ["scores"], ["t"], perm=[0, 3, 2, 1]), node("Softmax", ["t"], ["s"], axis=3),
                            node("Transpose", ["s"], ["p"], perm=[0, 3, 2, 1])], "softmax", ["p"], opset=11)
case("binary", Net(3, 1), picture, linear, "binary")
case("binary-sigmoid", Net(3, 1), picture, linear + [node("Sigmoid", ["scores"], ["p"])], "binary", ["p"])
case("binary-scalar", Net(3, 1), picture,
     linear + [node("Sigmoid", ["scores"], ["s"]), node("Squeeze", ["s"], ["p"])], "binary", ["p"])
case("one-channel", Net(1, 5), (1, 1, 6, 5), linear + [node("Softmax", ["scores"], ["p"], axis=1)], "softmax", ["p"])
case("two-outputs", Net(3, 5), picture, linear + [node("Identity", ["relu"], ["features"])], "softmax",
     ["features", "scores"], output="scores")

# Channels last, as tf2onnx writes it.

first = {"perm": [0, 3, 1, 2]}
last = {"perm": [0, 2, 3, 1]}
dense = [
    node("MatMul", ["mean_pool", "columns"], ["product"], "dense/MatMul"),
    node("Add", ["product", "shift"], ["scores"], "dense/BiasAdd"),
    node("Softmax", ["scores"], ["p"], "dense/Softmax", axis=-1),
]
case("tf-transpositions-at-the-edges", Net(3, 5), picture, [
    node("Transpose", ["input"], ["t"], "transpose", **first),
    node("Conv", ["t", "filters", "bias"], ["conv"], "conv", pads=[1, 1, 1, 1]),
    node("Relu", ["conv"], ["relu"], "relu"),
    node("Transpose", ["relu"], ["back"], "back", **last),
    node("ReduceMean", ["back"], ["mean_pool"], "mean", axes=[1, 2], keepdims=0),
] + dense, "softmax", ["p"], channels_last=True)
case("tf-preprocessing-inside", Net(3, 5, mean=0.5, scale=0.25), picture, [
    node("Sub", ["input", "mean"], ["centred"], "sub"),
    node("Div", ["centred", "scale"], ["scaled"], "div"),
    node("Transpose", ["scaled"], ["t"], "transpose", **first),
    node("Conv", ["t", "filters"], ["conv"], "conv", pads=[1, 1, 1, 1]),
    node("Transpose", ["conv"], ["back"], "back", **last),
    node("Add", ["back", "bias"], ["biased"], "bias"),
    node("Relu", ["biased"], ["relu"], "relu"),
    node("ReduceMean", ["relu"], ["mean_pool"], "mean", axes=[1, 2], keepdims=0),
] + dense, "softmax", ["p"], channels_last=True, sizes=["N", "H", "W", 3])
case("tf-one-channel-reshaped", Net(1, 5), (1, 1, 6, 5), [
    node("Reshape", ["input", "shape"], ["t"], "reshape"),
    node("Conv", ["t", "filters", "bias"], ["conv"], "conv", auto_pad="SAME_UPPER"),
    node("Relu", ["conv"], ["relu"], "relu"),
    node("GlobalAveragePool", ["relu"], ["pool"], "pool"),
    node("Squeeze", ["pool", "axes"], ["mean_pool"], "squeeze"),
] + dense, "softmax", ["p"], lists={"shape": [-1, 1, 6, 5], "axes": [2, 3]}, channels_last=True)
case("tf-binary", Net(3, 1), picture, [
    node("Transpose", ["input"], ["t"], "transpose", **first),
    node("Conv", ["t", "filters", "bias"], ["conv"], "conv", pads=[1, 1, 1, 1]),
    node("Relu", ["conv"], ["relu"], "relu"),
    node("GlobalAveragePool", ["relu"], ["pool"], "pool"),
    node("Squeeze", ["pool", "axes"], ["mean_pool"], "squeeze"),
] + dense[:2] + [node("Sigmoid", ["scores"], ["p"], "dense/Sigmoid")], "binary", ["p"], lists={"axes": [2, 3]},
     channels_last=True)

(folder / "answers.json").write_text(
    "[\n" + ",\n".join(json.dumps(a, separators=(",", ":")) for a in answers) + "\n]\n")
