"""Writes a network as one ONNX file (opset 17, weights inside, batch normalization folded)."""

import numpy
import onnx
import onnxruntime
import torch

from frames import class_names
from network import SIZE, folded, tabletop


def export(network, path):
    """Exports the network, and checks the file against PyTorch with onnxruntime."""
    training = network.training
    plain = folded(network).to(memory_format=torch.contiguous_format)
    network.train(training)
    example = torch.randn(2, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))
    torch.onnx.export(
        plain, (example,), path, opset_version=17, dynamo=False,
        input_names=["image"], output_names=["logits"], dynamic_axes={"image": {0: "N"}, "logits": {0: "N"}},
    )
    model = with_short_names(onnx.load(path))
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    with torch.no_grad():
        difference = numpy.abs(session.run(None, {"image": example.numpy()})[0] - plain(example).numpy()).max()
    if not difference <= 1e-4:
        raise SystemExit(f"onnxruntime and PyTorch differ by {difference}")


def with_short_names(model):
    """Names every node and its output after the layer: conv1, relu1, pool1, …"""
    short = {}
    for node in model.graph.node:
        # The exporter writes /features/conv1/Conv with output /features/conv1/Conv_output_0.
        node.name = node.name.split("/")[-2]
        if node.output[0] != "logits":
            short[node.output[0]] = node.name
    for node in model.graph.node:
        node.input[:] = [short.get(name, name) for name in node.input]
        node.output[:] = [short.get(name, name) for name in node.output]
    del model.graph.value_info[:]
    return model


def load(path):
    """The network of an exported file as a PyTorch module (without batch normalization)."""
    network = tabletop(len(class_names()), normalized=False).eval()
    weights = onnx.load(path).graph.initializer
    network.load_state_dict({w.name: torch.from_numpy(onnx.numpy_helper.to_array(w).copy()) for w in weights})
    return network
