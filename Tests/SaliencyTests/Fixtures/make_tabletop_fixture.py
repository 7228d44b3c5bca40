"""Writes tabletop.json: PyTorch's answers for the project's own network on a picture of coloured squares.

    python make_tabletop_fixture.py

The picture is made from numbers that a test makes in the same way. Of the gradients every 61st element is written, of the
maps all. Everything is computed in double precision.
"""

import json
import sys
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

here = Path(__file__).parent
models = here.parent.parent.parent / "content" / "models" / "tabletop"
sys.path.insert(0, str(models / "recipe"))
from network import SIZE, tabletop  # noqa: E402

CLASSES = [8, 0]
LAYERS = ["relu6", "relu8"]


def squares():
    """16 × 16 squares of 8 × 8 pixels, by a linear congruential generator."""
    state, values = 7920, []
    for _ in range(3 * 16 * 16):
        state = (state * 1664525 + 1013904223) % 2**32
        signed = state - 2**32 if state >= 2**31 else state
        values.append((signed >> 8) / 2**23)
    small = torch.tensor(values, dtype=torch.float64).reshape(1, 3, 16, 16)
    return small.repeat_interleave(SIZE // 16, 2).repeat_interleave(SIZE // 16, 3)


def numbers(tensor):
    return [float(f"{value:.7g}") for value in tensor.detach().flatten().tolist()]


network = tabletop(12, normalized=False).double().eval()
graph = onnx.load(models / "model.onnx").graph
arrays = {a.name: torch.from_numpy(numpy_helper.to_array(a).copy()).double() for a in graph.initializer}
for node in graph.node:
    if node.op_type in ("Conv", "Gemm"):
        layer = network.classifier if node.op_type == "Gemm" else network.features.get_submodule(node.output[0])
        layer.weight.data, layer.bias.data = arrays[node.input[1]], arrays[node.input[2]]


def run(guided):
    """Logits, and for each class the gradients at the input and at the layers."""
    hooks, kept = [], {}
    for name, layer in network.features.named_children():
        if isinstance(layer, nn.ReLU):
            layer.inplace = False
            hooks.append(layer.register_forward_hook(lambda m, i, o, n=name: kept.__setitem__(n, o)))
            if guided:
                hooks.append(layer.register_full_backward_hook(lambda m, gi, go: (gi[0].clamp(min=0),)))
    x = squares().requires_grad_()
    logits = network(x)
    gradients = [torch.autograd.grad(logits[0, c], [x] + [kept[n] for n in LAYERS], retain_graph=True) for c in CLASSES]
    for hook in hooks:
        hook.remove()
    return logits, kept, gradients


logits, kept, gradients = run(False)
_, _, guided = run(True)
answers = []
for index, plain, rectified in zip(CLASSES, gradients, guided):
    maps = []
    for name, gradient in zip(LAYERS, plain[1:]):
        signed = (gradient.mean((2, 3), keepdim=True) * kept[name]).sum(1)
        maps.append({"layer": name, "gradCAM": numbers(signed.relu()), "counterfactual": numbers((-signed).relu())})
    answers.append({
        "index": index, "gradient": numbers(plain[0].flatten()[::61]), "guided": numbers(rectified[0].flatten()[::61]),
        "maps": maps,
    })
path = here / "tabletop.json"
path.write_text(json.dumps({"logits": numbers(logits), "classes": answers}, separators=(",", ":")) + "\n")
print(f"{path.stat().st_size} bytes")
