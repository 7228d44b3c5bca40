"""Writes non_finite.json: what PyTorch makes of infinity and of what is not a number, operator by operator.

    python make_non_finite_fixtures.py

Each case names an ONNX operator, its attributes, its inputs, and what PyTorch answers: the output, and the gradient at each
input for an upstream gradient of ones. Numbers that JSON does not have are strings.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

nan, inf = math.nan, math.inf
line = torch.tensor([nan, inf, -inf, -2.0, 0.0, 3.0, 100.0, -100.0])
rows = torch.tensor([[nan, 1.0, 2.0], [inf, 1.0, 0.0], [-inf, 1.0, 2.0], [-inf, -inf, -inf], [3.0, 1.0, -2.0]])
pair = (torch.tensor([nan, 1.0, nan, 2.0, inf, -inf]), torch.tensor([1.0, nan, nan, 1.0, 3.0, inf]))
windows = torch.tensor([1.0, nan, 3.0, 2.0, -inf, -inf, -inf, -inf, 1.0, 2.0, inf, 0.0, 4.0, 3.0, 2.0, 1.0])
cases = []


def numbers(tensor):
    def text(value):
        return "nan" if math.isnan(value) else "inf" if value > 1e39 else "-inf" if value < -1e39 else value

    return [text(value) for value in tensor.flatten().tolist()]


def case(operator, function, *inputs, opset=17, **attributes):
    arguments = [tensor.clone().requires_grad_() for tensor in inputs]
    output = function(*arguments)
    output.backward(torch.ones_like(output))
    cases.append(
        {
            "operator": operator,
            "opset": opset,
            "attributes": attributes,
            "inputs": [{"shape": list(tensor.shape), "values": numbers(tensor)} for tensor in inputs],
            "output": numbers(output.detach()),
            "gradients": [numbers(argument.grad) for argument in arguments],
        }
    )


case("Relu", F.relu, line)
case("Sigmoid", torch.sigmoid, line)
case("Tanh", torch.tanh, line)
case("HardSwish", F.hardswish, line)
case("Mish", F.mish, line, opset=18)
case("Gelu", lambda x: F.gelu(x, approximate="tanh"), line, opset=20, approximate="tanh")
case("Softplus", F.softplus, line)
case("Exp", torch.exp, line)
case("Sqrt", torch.sqrt, line)
case("Abs", torch.abs, line)
case("Elu", F.elu, line)
case("LeakyRelu", F.leaky_relu, line)
case("Selu", F.selu, line)
case("Celu", F.celu, line)
case("HardSigmoid", F.hardsigmoid, line, alpha={"float": 1 / 6}, beta={"float": 0.5})
case("Softsign", F.softsign, line)
case("Shrink", F.hardshrink, line, lambd={"float": 0.5})
case("ThresholdedRelu", lambda x: F.threshold(x, 1.0, 0.0), line, alpha={"float": 1.0})
case("Softmax", lambda x: F.softmax(x, 1), rows, axis=1)
case("LogSoftmax", lambda x: F.log_softmax(x, 1), rows, axis=1)
case("ReduceSum", lambda x: x.sum(), rows, keepdims=0)
case("ReduceMean", lambda x: x.mean(), rows, keepdims=0)
case("ReduceMax", lambda x: x.amax(1), rows, axes=[1], keepdims=0)
case("ReduceMin", lambda x: x.amin(1), rows, axes=[1], keepdims=0)
case("ReduceLogSumExp", lambda x: torch.logsumexp(x, 1), rows[[0, 1, 2, 4]], axes=[1], keepdims=0)
case("Max", torch.maximum, *pair)
case("Min", torch.minimum, *pair)
case("Add", torch.add, *pair)
case("Mul", torch.mul, *pair)
case("Div", torch.div, *pair)
for shape, kernel in [((1, 1, 16), [4]), ((1, 1, 4, 4), [1, 4]), ((1, 1, 4, 2, 2), [1, 2, 2])]:
    pool = [F.max_pool1d, F.max_pool2d, F.max_pool3d][len(kernel) - 1]
    case("MaxPool", lambda x: pool(x, kernel), windows.reshape(shape), kernel_shape=kernel, strides=kernel)
    mean = [F.avg_pool1d, F.avg_pool2d, F.avg_pool3d][len(kernel) - 1]
    case("AveragePool", lambda x: mean(x, kernel), windows.reshape(shape), kernel_shape=kernel, strides=kernel)
case("GlobalMaxPool", lambda x: F.adaptive_max_pool1d(x, 1), windows.reshape(1, 4, 4))
case("LRN", lambda x: F.local_response_norm(x, 3, 1e-4, 0.75, 1.0), windows.reshape(1, 8, 1, 2), size=3)
case("MatMul", torch.matmul, rows, rows.T[:, :2].contiguous())

if __name__ == "__main__":
    path = Path(__file__).with_name("non_finite.json")
    path.write_text("[\n" + ",\n".join(json.dumps(entry) for entry in cases) + "\n]\n")
