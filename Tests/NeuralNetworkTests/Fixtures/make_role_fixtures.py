"""Writes roles.json: one small network with other activations and ends, and PyTorch's plain and guided gradients of it.

    python make_role_fixtures.py

The tests write the same networks as ONNX files in every spelling that exporters have, and compare. Guided
backpropagation is a backward hook's rule, which passes what is positive where the input was positive, put in place of the
rectifiers alone: bounds that guard a root, and gates, keep the gradient that PyTorch gives them.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(3)


def weights(*shape):
    return torch.randint(-16, 17, shape).float() / 16


first, first_bias = weights(3, 2, 3, 3), weights(3)
second, second_bias = weights(4, 3, 3, 3), weights(4)
matrix, shift = weights(3, 4), weights(3)
prototypes = weights(3, 4)
gate, gate_bias = weights(4, 4), weights(4)
picture = torch.randint(-16, 17, (1, 2, 5, 4)).float() / 8


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


def rectifier(guided, upper=float("inf")):
    return lambda x: Guided.apply(x, upper) if guided else F.relu(x).clamp(max=upper)


def body(x, activation):
    return activation(F.conv2d(activation(F.conv2d(x, first, first_bias, padding=1)), second, second_bias, padding=1))


def mean(maps):
    return maps.mean((2, 3))


def linear(features):
    return F.linear(features, matrix, shift)


def distances(maps):
    """The distance of the nearest place to each prototype."""
    places = maps.flatten(2).transpose(1, 2)
    squares = (places**2).sum(2, keepdim=True) - 2 * places @ prototypes.T + (prototypes**2).sum(1)
    return squares.clamp(min=0).sqrt().amin(1)


def gated(maps):
    """Each map times a hard sigmoid of all means, as squeezing and exciting has it."""
    weight = F.relu6(F.linear(mean(maps), gate, gate_bias) + 3) / 6
    return maps * weight[:, :, None, None]


def generalized(maps):
    return maps.clamp(min=1e-6).pow(3).mean((2, 3)).pow(1 / 3)


NETWORKS = {
    "relu": lambda x, guided: linear(mean(body(x, rectifier(guided)))),
    "relu with upper bound": lambda x, guided: linear(mean(body(x, rectifier(guided, 1.5)))),
    "hard swish": lambda x, guided: linear(mean(body(x, F.hardswish))),
    "quick gelu": lambda x, guided: linear(mean(body(x, lambda v: v * torch.sigmoid(1.702 * v)))),
    "leaky relu": lambda x, guided: linear(mean(body(x, lambda v: F.leaky_relu(v, 0.25)))),
    "silu": lambda x, guided: linear(mean(body(x, F.silu))),
    "mish": lambda x, guided: linear(mean(body(x, F.mish))),
    "gelu": lambda x, guided: linear(mean(body(x, F.gelu))),
    "gelu by tanh": lambda x, guided: linear(mean(body(x, lambda v: F.gelu(v, approximate="tanh")))),
    "softplus": lambda x, guided: linear(mean(body(x, F.softplus))),
    "elu": lambda x, guided: linear(mean(body(x, F.elu))),
    "celu": lambda x, guided: linear(mean(body(x, lambda v: F.celu(v, 0.5)))),
    "selu": lambda x, guided: linear(mean(body(x, F.selu))),
    "hard sigmoid": lambda x, guided: linear(mean(body(x, F.hardsigmoid))),
    "squared relu": lambda x, guided: linear(mean(body(x, lambda v: rectifier(guided)(v) ** 2))),
    "x relu6(x + 2) / 6": lambda x, guided: linear(mean(body(x, lambda v: v * F.relu6(v + 2) / 6))),
    "x relu6(x + 3) / 5": lambda x, guided: linear(mean(body(x, lambda v: v * F.relu6(v + 3) / 5))),
    "x tanh(x)": lambda x, guided: linear(mean(body(x, lambda v: v * torch.tanh(v)))),
    "threshold": lambda x, guided: linear(mean(body(x, lambda v: F.threshold(v, 0.5, 0)))),
    "distances": lambda x, guided: distances(body(x, rectifier(guided))),
    "gate": lambda x, guided: linear(mean(gated(body(x, rectifier(guided))))),
    "generalized mean": lambda x, guided: linear(generalized(body(x, rectifier(guided)))),
}


def numbers(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().flatten().tolist()]


cases = []
for name, network in NETWORKS.items():
    answers = {"name": name}
    for guided in (False, True):
        x = picture.clone().requires_grad_()
        logits = network(x, guided)
        logits[0, 1].backward()
        answers["logits"] = numbers(logits)
        answers["guided" if guided else "gradient"] = numbers(x.grad)
    cases.append(answers)

tensors = {
    "first": first, "firstBias": first_bias, "second": second, "secondBias": second_bias, "matrix": matrix, "shift": shift,
    "prototypes": prototypes, "gate": gate, "gateBias": gate_bias, "picture": picture,
}
(Path(__file__).parent / "roles.json").write_text(json.dumps(
    {"tensors": {key: {"shape": list(value.shape), "values": numbers(value)} for key, value in tensors.items()},
     "classIndex": 1, "cases": cases}, separators=(",", ":")) + "\n")
