"""Writes activations/: one network with activations as PyTorch's two exporters spell them out, and PyTorch's own answers.

    python make_activation_fixtures.py

Each activation stands behind a convolution of its own. Guided backpropagation is a backward hook's rule, put in place of what is
a rectifier, however it is written; all else keeps the gradient that PyTorch gives it.
"""

import json
import math
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F

torch.manual_seed(5)


class Guided(torch.autograd.Function):
    @staticmethod
    def forward(context, x, upper):
        context.save_for_backward(x)
        context.upper = upper
        return x.clamp(0, upper)

    @staticmethod
    def backward(context, gradient):
        (x,) = context.saved_tensors
        return gradient * (gradient > 0) * (x > 0) * (x < context.upper), None


def relu(x):
    return Guided.apply(x, float("inf"))


zero = torch.tensor(0.0)

# What stands in the network, and where it is a rectifier, what it is under the guided rule.
ACTIVATIONS = [
    (F.hardswish, None, "HardSwish"),
    (lambda x: x * F.relu6(x + 3) / 6, None, "HardSwish"),
    (lambda x: F.hardtanh(x + 3, 0, 6) / 6 * x, None, "HardSwish"),
    (lambda x: x * torch.sigmoid(1.702 * x), None, "QuickGELU"),
    (F.gelu, None, "GELU"),
    (lambda x: x * 0.5 * (1 + torch.erf(x / math.sqrt(2))), None, "GELU"),
    (lambda x: F.gelu(x, approximate="tanh"), None, "GELU"),
    (lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * torch.pow(x, 3)))), None, "GELU"),
    (F.silu, None, "SiLU"),
    (lambda x: x / (1 + torch.exp(-x)), None, "SiLU"),
    (F.mish, None, "Mish"),
    (lambda x: torch.tanh(torch.log(1 + torch.exp(x))) * x, None, "Mish"),
    (lambda x: F.relu(x) + torch.log1p(torch.exp(-x.abs())), None, "Softplus"),
    (lambda x: x.clamp(min=0) + (torch.exp(x) - 1).clamp(max=0), None, "ELU"),
    (lambda x: torch.maximum(0.1 * x, x), None, "LeakyReLU"),
    (lambda x: x.clamp(min=0) + torch.tensor([0.1, 0.2]).reshape(1, 2, 1, 1) * x.clamp(max=0), None, "PReLU"),
    (lambda x: torch.maximum(x, zero), relu, ""),
    (lambda x: torch.where(x > 0, x, zero), relu, ""),
    (lambda x: torch.where(x <= 0, zero, x), relu, ""),
    (lambda x: (x >= 0).float() * x, relu, ""),
    (lambda x: torch.minimum(torch.maximum(x, zero), torch.tensor(1.5)), lambda x: Guided.apply(x, 1.5), ""),
    (lambda x: F.relu(x) ** 2, lambda x: relu(x) ** 2, ""),
]


class Network(torch.nn.Module):
    guided = False

    def __init__(self):
        super().__init__()
        self.trunk = torch.nn.Conv2d(2, 3, 3, padding=1)
        self.branches = torch.nn.ModuleList(torch.nn.Conv2d(3, 2, 1) for _ in ACTIVATIONS)
        self.scores = torch.nn.Linear(2 * len(ACTIVATIONS), 3)

    def forward(self, x):
        x = self.trunk(x)
        activations = [rule if self.guided and rule else plain for plain, rule, _ in ACTIVATIONS]
        means = [f(branch(x) * 2).mean((2, 3)) for f, branch in zip(activations, self.branches)]
        return self.scores(torch.cat(means, 1))


def numbers(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().flatten().tolist()]


network = Network().eval()
picture = torch.randint(-16, 17, (1, 2, 4, 4)).float() / 8
folder = Path(__file__).parent / "activations"
folder.mkdir(exist_ok=True)
for name, options in {"torchscript": {"dynamo": False, "opset_version": 13}, "dynamo": {"dynamo": True}}.items():
    path = folder / f"{name}.onnx"
    torch.onnx.export(network, (picture,), path, external_data=False, **options)
    model = onnx.load(path)
    # What exporters note of themselves would be most of the file.
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    for value in [*model.graph.input, *model.graph.output, *model.graph.initializer]:
        del value.metadata_props[:]
    del model.graph.value_info[:]
    del model.graph.metadata_props[:]
    del model.metadata_props[:]
    del model.functions[:]
    onnx.save(model, path)

answers = {"picture": numbers(picture), "classIndex": 1, "others": {}}
answers["rectifiers"] = sum(name == "" for _, _, name in ACTIVATIONS)
for _, _, name in ACTIVATIONS:
    if name:
        answers["others"][name] = answers["others"].get(name, 0) + 1
for guided in (False, True):
    network.guided = guided
    x = picture.clone().requires_grad_()
    logits = network(x)
    logits[0, 1].backward()
    answers["logits"] = numbers(logits)
    answers["guided" if guided else "gradient"] = numbers(x.grad)
(folder / "answers.json").write_text(json.dumps(answers, separators=(",", ":")) + "\n")
