"""Writes operators.json: single ONNX operators with PyTorch's answers.

    python make_operator_fixtures.py

Each case names the operator, its attributes, its inputs (variables, float constants, integer constants), an upstream
gradient, and what PyTorch answers: the output and the gradient at each variable. What torch.nn.functional does not
have (asymmetric padding, ONNX's ways of padding) is written with torch.nn.functional.pad, so that autograd still gives
the gradient. Variables keep a distance of 1/16 from each other and of 1/32 from zero: finite differences with smaller
steps cross no kink and no tie.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(0)
torch.set_num_threads(1)
cases = []


def variable(*shape):
    """Distinct values, at least 1/16 apart and 1/32 from zero."""
    count = math.prod(shape)
    values = (torch.randperm(count).float() - count // 2 + 0.5) / 16
    return values.reshape(shape)


def positive(*shape):
    return variable(*shape).abs() + 1


def weights(*shape):
    """Multiples of 1/8 between −1 and 1."""
    return torch.randint(-8, 9, shape).float() / 8


def numbers(tensor):
    """Six digits, and whole numbers without a fraction, to keep the file small."""
    rounded = (float(f"{value:.6g}") for value in tensor.flatten().tolist())
    return [int(value) if value.is_integer() else value for value in rounded]


def case(operator, name, function, inputs, attributes=None, opset=17, tolerance=None, domain=None):
    """Records a case. `inputs` are tensors; a tuple marks a constant, and None an input left out."""
    values, arguments = [], []
    for item in inputs:
        if item is None:
            values.append({"kind": "omitted", "shape": [], "values": []})
            arguments.append(None)
            continue
        constant = isinstance(item, tuple)
        tensor = item[0] if constant else item.clone().requires_grad_()
        kind = "variable" if not constant else "integers" if tensor.dtype == torch.int64 else "constant"
        values.append({"kind": kind, "shape": list(tensor.shape), "values": numbers(tensor.detach())})
        arguments.append(tensor)
    output = function(*arguments)
    upstream = weights(*output.shape)
    output.backward(upstream)
    gradients = [t.grad for t in arguments if t is not None and t.requires_grad]
    gradients = [torch.zeros(()) if g is None else g for g in gradients]
    cases.append({"operator": operator} | ({"domain": domain} if domain else {}) | {
        "name": name, "opset": opset, "inputs": values,
        "attributes": {
            key: {"float": value} if isinstance(value, float) else value for key, value in (attributes or {}).items()
        },
        "upstream": numbers(upstream), "outputShape": list(output.shape), "output": numbers(output.detach()),
        "gradients": [numbers(g) for g in gradients],
    })


def integers(*values):
    return (torch.tensor(values, dtype=torch.int64),)


# Convolution


def same_pads(size, kernel, stride, dilation, upper):
    total = max(0, (-(-size // stride) - 1) * stride + dilation * (kernel - 1) + 1 - size)
    small, large = total // 2, total - total // 2
    return (small, large) if upper else (large, small)


def onnx_convolution(pads, **options):
    """pads as ONNX orders them: all beginnings, then all ends."""

    def function(x, w, b=None):
        axes = len(pads) // 2
        around = [p for axis in reversed(range(axes)) for p in (pads[axis], pads[axis + axes])]
        convolve = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[axes]
        return convolve(F.pad(x, around), w, b, **options)

    return function


def convolution(name, x, w, pads=(0, 0, 0, 0), strides=None, dilations=None, group=1, bias=True, auto_pad=None):
    axes = len(w) - 2
    attributes = {"group": group}
    if strides:
        attributes["strides"] = strides
    if dilations:
        attributes["dilations"] = dilations
    if auto_pad:
        attributes["auto_pad"] = auto_pad
        if auto_pad != "VALID":
            both = [
                same_pads(x[a + 2], w[a + 2], (strides or [1] * axes)[a], (dilations or [1] * axes)[a],
                          auto_pad == "SAME_UPPER") for a in range(axes)
            ]
            pads = [p[0] for p in both] + [p[1] for p in both]
    elif any(pads):
        attributes["pads"] = list(pads)
    function = onnx_convolution(pads, stride=strides or 1, dilation=dilations or 1, groups=group)
    inputs = [variable(*x), (weights(*w),)] + ([(weights(w[0]),)] if bias else [])
    case("Conv", name, function, inputs, attributes)


convolution("three to five channels", (1, 3, 6, 5), (5, 3, 3, 3), (1, 1, 1, 1))
convolution("nineteen channels", (1, 19, 4, 4), (3, 19, 2, 3), (1, 1, 1, 1))
convolution("to nineteen channels, no bias", (1, 5, 4, 4), (19, 5, 3, 3), bias=False)
convolution("sixteen channels", (1, 16, 3, 3), (16, 16, 2, 2), (1, 1, 0, 0))
convolution("1×1", (1, 8, 3, 3), (5, 8, 1, 1))
convolution("strides", (1, 3, 7, 8), (4, 3, 3, 2), (1, 0, 1, 0), strides=[2, 3])
convolution("dilations", (1, 3, 8, 7), (4, 3, 3, 2), (2, 0, 2, 1), dilations=[2, 3])
convolution("asymmetric pads", (1, 3, 5, 5), (4, 3, 3, 3), (0, 2, 1, 0))
convolution("two groups", (1, 6, 5, 5), (4, 3, 3, 3), (1, 1, 1, 1), group=2)
convolution("three groups of odd size", (1, 9, 4, 4), (15, 3, 3, 3), (1, 1, 1, 1), group=3)
convolution("groups of eight", (1, 16, 4, 4), (16, 8, 2, 2), (1, 1, 1, 1), group=2)
convolution("depthwise", (1, 5, 5, 5), (5, 1, 3, 3), (1, 1, 1, 1), group=5)
convolution("depthwise, eight channels, strides", (1, 8, 6, 6), (8, 1, 3, 3), (1, 1, 1, 1), strides=[2, 2], group=8)
convolution("depthwise with multiplier", (1, 3, 5, 5), (6, 1, 3, 3), (1, 1, 1, 1), group=3)
convolution("SAME_UPPER", (1, 3, 6, 7), (4, 3, 3, 2), strides=[2, 2], auto_pad="SAME_UPPER")
convolution("SAME_LOWER", (1, 3, 6, 7), (4, 3, 3, 2), strides=[2, 2], auto_pad="SAME_LOWER")
convolution("SAME_UPPER, dilations", (1, 2, 6, 6), (2, 2, 2, 3), dilations=[2, 1], auto_pad="SAME_UPPER")
convolution("VALID", (1, 3, 5, 5), (4, 3, 3, 3), auto_pad="VALID")
convolution("one axis", (1, 3, 9), (5, 3, 3), (1, 0), strides=[2])
convolution("one axis, groups", (1, 4, 7), (6, 2, 2), (0, 0), group=2)
convolution("three axes", (1, 2, 4, 3, 4), (3, 2, 2, 2, 2), (1, 0, 0, 0, 0, 1))
convolution("batch of two", (2, 3, 4, 4), (4, 3, 3, 3), (1, 1, 1, 1))
convolution("kernel as large as the input", (1, 4, 3, 4), (7, 4, 3, 4))
convolution("pads larger than the kernel", (1, 2, 3, 3), (2, 2, 2, 2), (3, 3, 3, 3))

# Activations

case("Relu", "relu", F.relu, [variable(1, 5, 3, 3)])
case("Relu", "relu of a vector", F.relu, [variable(7)])
case("Clip", "bounds as attributes", lambda x: x.clamp(-0.75, 0.875), [variable(1, 3, 3, 3)], {"min": -0.75, "max": 0.875},
     opset=10)
case("Clip", "bounds as inputs", lambda x, a, b: x.clamp(0, 0.875),
     [variable(1, 3, 3, 3), (torch.tensor(0.0),), (torch.tensor(0.875),)])
case("Clip", "only a lower bound", lambda x, a: x.clamp(min=-0.375), [variable(3, 5), (torch.tensor(-0.375),)])
case("Clip", "only an upper bound", lambda x, a, b: x.clamp(max=0.375), [variable(3, 5), None, (torch.tensor(0.375),)])
case("Clip", "no bounds", lambda x: x * 1, [variable(2, 3)])
case("Clip", "lower bound zero alone", lambda x, a: x.clamp(min=0), [variable(3, 5), (torch.tensor(0.0),)])

# Pooling


def pad_infinitely(x, pads):
    axes = len(pads) // 2
    around = [p for axis in reversed(range(axes)) for p in (pads[axis], pads[axis + axes])]
    return F.pad(x, around, value=-math.inf)


def max_pooling(name, x, kernel, pads=None, strides=None, dilations=None, ceil=False, auto_pad=None, opset=17):
    axes = len(kernel)
    attributes = {"kernel_shape": kernel}
    if strides:
        attributes["strides"] = strides
    if dilations:
        attributes["dilations"] = dilations
    if ceil:
        attributes["ceil_mode"] = 1
    if auto_pad:
        attributes["auto_pad"] = auto_pad
        both = [same_pads(x[a + 2], kernel[a], (strides or [1] * axes)[a], 1, auto_pad == "SAME_UPPER")
                for a in range(axes)]
        actual = [p[0] for p in both] + [p[1] for p in both]
    else:
        actual = pads or [0] * (2 * axes)
        if pads:
            attributes["pads"] = pads
    pool = {1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}[axes]
    symmetric = actual[:axes] == actual[axes:]

    def function(x):
        if symmetric:
            return pool(x, kernel, strides or 1, actual[:axes], dilations or 1, ceil)
        return pool(pad_infinitely(x, actual), kernel, strides or 1, 0, dilations or 1, ceil)

    case("MaxPool", name, function, [variable(*x)], attributes, opset=opset)


max_pooling("2×2, stride 2", (1, 5, 4, 6), [2, 2], strides=[2, 2])
max_pooling("3×3, pads", (1, 3, 5, 5), [3, 3], [1, 1, 1, 1], [2, 2])
max_pooling("asymmetric pads", (1, 3, 5, 5), [3, 2], [0, 1, 2, 0], [2, 1])
max_pooling("ceil_mode", (1, 3, 6, 6), [3, 3], strides=[2, 2], ceil=True)
max_pooling("ceil_mode with pads", (1, 3, 6, 7), [3, 3], [1, 1, 1, 1], [2, 2], ceil=True)
max_pooling("ceil_mode that drops a window in the padding", (1, 1, 2, 2), [1, 1], strides=[2, 2], ceil=True)
max_pooling("ceil_mode that drops a window behind the end", (1, 2, 5, 5), [1, 1], strides=[3, 3], ceil=True)
max_pooling("dilations", (1, 3, 7, 7), [2, 3], dilations=[3, 2])
max_pooling("dilations and ceil_mode", (1, 2, 8, 7), [2, 2], strides=[2, 2], dilations=[3, 2], ceil=True)
max_pooling("SAME_UPPER", (1, 3, 5, 6), [2, 3], strides=[2, 2], auto_pad="SAME_UPPER")
max_pooling("SAME_LOWER", (1, 3, 5, 6), [2, 3], strides=[2, 2], auto_pad="SAME_LOWER")
max_pooling("one axis", (1, 3, 9), [3], strides=[2])
max_pooling("three axes", (1, 2, 4, 4, 4), [2, 2, 2], strides=[2, 1, 2])
max_pooling("sixteen channels", (1, 16, 5, 5), [3, 3], strides=[2, 2])
case("GlobalMaxPool", "maximum of each map", lambda x: F.adaptive_max_pool2d(x, 1), [variable(1, 5, 3, 4)])
case("GlobalMaxPool", "one axis", lambda x: F.adaptive_max_pool1d(x, 1), [variable(1, 5, 6)])


def average_pooling(name, x, kernel, pads=None, strides=None, dilations=None, ceil=False, include=False, auto_pad=None,
                    opset=17):
    """ONNX's average: the sum of the taps inside over their number, or, where padding counts, over the taps that lie
    inside input and stated padding."""
    axes = len(kernel)
    strides_, dilations_ = strides or [1] * axes, dilations or [1] * axes
    attributes = {"kernel_shape": kernel}
    for key, value in (("strides", strides), ("dilations", dilations), ("auto_pad", auto_pad)):
        if value:
            attributes[key] = value
    if ceil:
        attributes["ceil_mode"] = 1
    if include:
        attributes["count_include_pad"] = 1
    if auto_pad:
        both = [same_pads(x[a + 2], kernel[a], strides_[a], dilations_[a], auto_pad == "SAME_UPPER")
                for a in range(axes)]
        pads = [p[0] for p in both] + [p[1] for p in both]
    elif pads:
        attributes["pads"] = pads
    pads = pads or [0] * (2 * axes)
    ends = []
    for a in range(axes):
        extent = dilations_[a] * (kernel[a] - 1) + 1
        span = x[a + 2] + pads[a] + pads[a + axes] - extent
        count = (-(-span // strides_[a]) if ceil else span // strides_[a]) + 1
        if ceil and (count - 1) * strides_[a] >= x[a + 2] + pads[a]:
            count -= 1
        ends.append((count - 1) * strides_[a] + extent - x[a + 2] - pads[a])
    around = [p for a in reversed(range(axes)) for p in (pads[a], ends[a])]
    stated = [p for a in reversed(range(axes)) for p in (pads[a], min(pads[a + axes], max(ends[a], -x[a + 2])))]
    rest = [around[i] - stated[i] for i in range(len(around))]
    convolve = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[axes]

    def function(x):
        channels = x.shape[1]
        kernel_ = torch.ones(channels, 1, *kernel)
        options = dict(stride=strides_, dilation=dilations_, groups=channels)
        counted = F.pad(F.pad(torch.ones_like(x), stated, value=1.0 if include else 0.0), rest)
        return convolve(F.pad(x, around), kernel_, **options) / convolve(counted, kernel_, **options)

    case("AveragePool", name, function, [variable(*x)], attributes, opset=opset)


average_pooling("2×2, stride 2", (1, 5, 4, 6), [2, 2], strides=[2, 2])
average_pooling("pads, not counted", (1, 3, 5, 5), [3, 3], [1, 1, 1, 1], [2, 2])
average_pooling("pads, counted", (1, 3, 5, 5), [3, 3], [1, 1, 1, 1], [2, 2], include=True)
average_pooling("asymmetric pads, counted", (1, 3, 5, 5), [3, 3], [0, 1, 2, 0], [2, 2], include=True)
average_pooling("ceil_mode", (1, 3, 6, 6), [3, 3], strides=[2, 2], ceil=True)
average_pooling("ceil_mode with pads", (1, 3, 6, 7), [3, 3], [1, 1, 1, 1], [2, 2], ceil=True)
average_pooling("ceil_mode with counted pads", (1, 3, 6, 7), [3, 3], [1, 1, 1, 1], [2, 2], ceil=True, include=True)
average_pooling("ceil_mode with counted pads, stride 3", (1, 2, 7, 8), [2, 4], [1, 1, 0, 1], [3, 3], ceil=True,
                include=True)
average_pooling("ceil_mode that drops a window behind the end", (1, 2, 5, 5), [1, 1], strides=[3, 3], ceil=True)
average_pooling("dilations", (1, 3, 7, 7), [2, 3], dilations=[3, 2], opset=19)
average_pooling("dilations and pads", (1, 3, 6, 6), [2, 3], [1, 1, 1, 1], dilations=[2, 2], opset=19)
average_pooling("dilations and counted pads", (1, 3, 6, 6), [2, 3], [1, 1, 1, 1], dilations=[2, 2], include=True,
                opset=19)
average_pooling("dilations, ceil_mode and counted pads", (1, 2, 8, 7), [2, 2], [0, 1, 1, 1], [2, 3], [3, 2], ceil=True,
                include=True, opset=19)
average_pooling("SAME_UPPER", (1, 3, 5, 6), [2, 3], strides=[2, 2], auto_pad="SAME_UPPER")
average_pooling("SAME_LOWER", (1, 3, 5, 6), [2, 3], strides=[2, 2], auto_pad="SAME_LOWER")
average_pooling("SAME_UPPER, counted", (1, 3, 5, 6), [2, 3], strides=[2, 2], auto_pad="SAME_UPPER", include=True)
average_pooling("one axis", (1, 3, 9), [3], [1, 0], strides=[2])
average_pooling("three axes", (1, 2, 4, 4, 4), [2, 2, 2], [0, 1, 0, 1, 0, 0], strides=[2, 1, 2])
case("AveragePool", "torch.nn.functional.avg_pool2d with ceil_mode",
     lambda x: F.avg_pool2d(x, 3, 2, 1, ceil_mode=True, count_include_pad=True), [variable(1, 3, 6, 6)],
     {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1], "ceil_mode": 1, "count_include_pad": 1})
case("GlobalAveragePool", "mean of each map", lambda x: x.mean((2, 3), keepdim=True), [variable(1, 5, 3, 4)])
case("GlobalAveragePool", "three axes", lambda x: x.mean((2, 3, 4), keepdim=True), [variable(1, 3, 2, 3, 2)])

# Products


def gemm(alpha, beta, ta, tb):
    def function(a, b, c=None):
        product = alpha * (a.T if ta else a) @ (b.T if tb else b)
        return product if c is None else product + beta * c

    return function


for ta in (0, 1):
    for tb in (0, 1):
        a, b = (4, 2) if ta else (2, 4), (3, 4) if tb else (4, 3)
        attributes = {"transA": ta, "transB": tb, "alpha": 0.5, "beta": 2.0}
        case("Gemm", f"transA {ta}, transB {tb}, weights", gemm(0.5, 2.0, ta, tb),
             [variable(*a), (weights(*b),), (weights(3),)], attributes)
        case("Gemm", f"transA {ta}, transB {tb}, all variable", gemm(0.5, 2.0, ta, tb),
             [variable(*a), variable(*b), variable(2, 3)], attributes)
case("Gemm", "no addend", gemm(1, 1, 0, 1), [variable(1, 5), (weights(4, 5),)], {"transB": 1})
case("Gemm", "addend of one number", gemm(1, 1, 0, 0), [variable(2, 3), variable(3, 2), variable(1)])
case("Gemm", "addend of one column", gemm(1, 1, 0, 0), [variable(2, 3), (weights(3, 4),), variable(2, 1)])
case("Gemm", "scalar addend", gemm(1, 1, 0, 0), [variable(2, 3), (weights(3, 4),), variable()])
case("Gemm", "the first matrix constant", gemm(1, 1, 0, 0), [(weights(2, 3),), variable(3, 2)])

for name, a, b in [
    ("vector and vector", (4,), (4,)), ("vector and matrix", (4,), (4, 3)), ("matrix and vector", (2, 4), (4,)),
    ("matrices", (2, 4), (4, 3)), ("rank 3 and matrix", (3, 2, 4), (4, 3)), ("rank 3", (3, 2, 4), (3, 4, 2)),
    ("matrix and rank 3", (2, 4), (3, 4, 2)), ("rank 4", (2, 3, 2, 4), (2, 3, 4, 2)),
    ("rank 4 and matrix", (1, 2, 3, 4), (4, 2)), ("rank 4, both repeated", (2, 1, 2, 3), (1, 3, 3, 2)),
    ("rank 4 and rank 3", (2, 3, 2, 4), (3, 4, 2)), ("vector and rank 3", (4,), (3, 4, 2)),
    ("rank 3 and vector", (3, 2, 4), (4,)), ("rank 3 and rank 4", (1, 2, 3), (2, 2, 3, 2)),
]:
    case("MatMul", name, torch.matmul, [variable(*a), variable(*b)])
case("MatMul", "constant matrix", torch.matmul, [variable(1, 3, 4), (weights(4, 5),)])
case("MatMul", "the first matrix constant", torch.matmul, [(weights(3, 4),), variable(2, 4, 3)])

# Arithmetic

shapes = [
    ("one shape", (1, 3, 4, 4), (1, 3, 4, 4)), ("channels on the right", (1, 5, 3, 3), (1, 5, 1, 1)),
    ("channels on the left", (1, 5, 1, 1), (1, 5, 3, 3)), ("channels without a batch", (1, 5, 3, 3), (5, 1, 1)),
    ("rows", (1, 3, 4, 2), (4, 1)), ("columns", (1, 3, 4, 2), (2,)), ("one map for all", (1, 3, 4, 2), (1, 1, 4, 2)),
    ("both repeated", (1, 3, 1, 2), (1, 1, 4, 1)), ("both repeated, ranks 2 and 3", (4, 1), (2, 1, 3)),
    ("scalar on the right", (1, 3, 2, 2), ()), ("scalar on the left", (), (1, 3, 2, 2)), ("vectors", (5,), (5,)),
    ("scalars", (), ()), ("a batch of two and one", (2, 3, 2, 2), (1, 3, 2, 2)), ("one number", (2, 3), (1,)),
]
for operator, function, second in [
    ("Add", torch.add, variable), ("Sub", torch.sub, variable), ("Mul", torch.mul, variable), ("Div", torch.div, positive)
]:
    for name, a, b in shapes:
        case(operator, name, function, [variable(*a), second(*b)])
    case(operator, "constant on the right", function, [variable(1, 3, 2, 2), (positive(3, 1, 1),)])
    case(operator, "constant on the left", function, [(weights(1, 3, 1, 1),), second(1, 3, 2, 2)])
case("Sum", "three, repeated", lambda a, b, c: a + b + c, [variable(1, 3, 4, 1), variable(3, 1, 2), variable(1)])
case("Sum", "one", lambda a: a * 1, [variable(2, 3)])
case("Sum", "two of one shape", torch.add, [variable(1, 3, 2, 2), variable(1, 3, 2, 2)])

# Shape and place

for axis, a, b in [(0, (1, 2, 3, 2), (2, 2, 3, 2)), (1, (1, 3, 2, 2), (1, 5, 2, 2)), (2, (1, 2, 3, 2), (1, 2, 1, 2)),
                   (3, (1, 2, 2, 3), (1, 2, 2, 2)), (-1, (2, 3), (2, 4)), (-3, (1, 3, 2, 2), (1, 1, 2, 2)), (0, (3,), (4,))]:
    case("Concat", f"axis {axis} of rank {len(a)}", lambda a, b, axis=axis: torch.cat([a, b], axis),
         [variable(*a), variable(*b)], {"axis": axis})
case("Concat", "full blocks", lambda a, b: torch.cat([a, b], 1), [variable(1, 8, 2, 2), variable(1, 16, 2, 2)], {"axis": 1})
case("Concat", "a full block and a part of one", lambda a, b: torch.cat([a, b], 1),
     [variable(1, 8, 2, 2), variable(1, 3, 2, 2)], {"axis": 1})
case("Concat", "three, one constant", lambda a, b, c: torch.cat([a, b, c], 1),
     [variable(1, 2, 2), (weights(1, 3, 2),), variable(1, 1, 2)], {"axis": 1})
case("Concat", "one", lambda a: a * 1, [variable(2, 3)], {"axis": 0})

for axis in (0, 1, 2, 3, -2, -4):
    case("Flatten", f"axis {axis}",
         lambda x, axis=axis: x.reshape(math.prod(x.shape[:axis]), math.prod(x.shape[axis:])), [variable(2, 3, 2, 2)],
         {"axis": axis})
case("Flatten", "axis behind the last", lambda x: x.reshape(6, 1), [variable(2, 3)], {"axis": 2})
case("Flatten", "default", lambda x: x.flatten(1), [variable(1, 3, 2, 2)])
case("Reshape", "a free axis", lambda x, s: x.reshape(1, -1), [variable(1, 3, 2, 2), integers(1, -1)])
case("Reshape", "zero keeps a size", lambda x, s: x.reshape(1, 3, 4), [variable(1, 3, 2, 2), integers(0, 0, -1)])
case("Reshape", "to a number", lambda x, s: x.reshape(()), [variable(1, 1), (torch.tensor([], dtype=torch.int64),)])
case("Reshape", "from a number", lambda x, s: x.reshape(1, 1), [variable(), integers(1, 1)])
case("Squeeze", "axes as attribute", lambda x: x.squeeze(2), [variable(1, 3, 1, 2)], {"axes": [2]}, opset=12)
case("Squeeze", "axes as input", lambda x, a: x.squeeze(-2), [variable(1, 3, 1, 2), integers(-2)])
case("Squeeze", "all axes of size one", lambda x: x.squeeze(), [variable(1, 3, 1, 2)])
case("Unsqueeze", "axes as attribute", lambda x: x.reshape(1, 2, 1, 3), [variable(2, 3)], {"axes": [0, 2]}, opset=12)
case("Unsqueeze", "axes as input", lambda x, a: x.reshape(2, 1, 3, 1), [variable(2, 3), integers(-1, 1)])
for permutation in [(0, 2, 3, 1), (0, 3, 1, 2), (3, 2, 1, 0), (1, 0, 2, 3), (0, 1, 3, 2), (0, 1, 2, 3)]:
    case("Transpose", f"{list(permutation)}", lambda x, p=permutation: x.permute(p), [variable(1, 3, 2, 4)],
         {"perm": list(permutation)})
case("Transpose", "default reverses", lambda x: x.permute(2, 1, 0), [variable(2, 3, 4)])
case("Transpose", "rank 5", lambda x: x.permute(0, 2, 1, 4, 3), [variable(1, 2, 3, 2, 2)], {"perm": [0, 2, 1, 4, 3]})

for mode, torch_mode in (("constant", "constant"), ("reflect", "reflect"), ("edge", "replicate"), ("wrap", "circular")):
    case("Pad", f"{mode}, attribute" if mode != "wrap" else "wrap, input",
         lambda x, p=None, m=torch_mode: F.pad(x, (2, 1, 1, 2), mode=m),
         [variable(1, 2, 3, 4)] + ([integers(0, 0, 1, 2, 0, 0, 2, 1)] if mode == "wrap" else []),
         {"mode": mode} | ({} if mode == "wrap" else {"pads": [0, 0, 1, 2, 0, 0, 2, 1]}),
         opset=19 if mode == "wrap" else 10)
    if mode != "wrap":
        case("Pad", f"{mode}, input", lambda x, p, m=torch_mode: F.pad(x, (2, 1, 1, 2), mode=m),
             [variable(1, 2, 3, 4), integers(0, 0, 1, 2, 0, 0, 2, 1)], {"mode": mode})
case("Pad", "with a value", lambda x, p, v: F.pad(x, (1, 0, 0, 2), value=1.5),
     [variable(1, 2, 3, 3), integers(0, 0, 0, 1, 0, 0, 2, 0), (torch.tensor(1.5),)])
case("Pad", "with a value as attribute", lambda x: F.pad(x, (1, 0, 0, 2), value=1.5), [variable(1, 2, 3, 3)],
     {"pads": [0, 0, 0, 1, 0, 0, 2, 0], "value": 1.5}, opset=10)
case("Pad", "negative", lambda x, p: F.pad(x, (-1, -2, 0, -1)), [variable(1, 2, 3, 5), integers(0, 0, 0, -1, 0, 0, -1, -2)])
case("Pad", "negative and positive", lambda x, p: F.pad(x, (-1, 2, 1, -1)),
     [variable(1, 2, 3, 4), integers(0, 0, 1, -1, 0, 0, -1, 2)])
case("Pad", "axes", lambda x, p, v, a: F.pad(x, (2, 1)), [variable(1, 2, 3), integers(2, 1), None, integers(-1)], opset=18)
case("Pad", "channels", lambda x, p: F.pad(x, (0, 0, 0, 0, 0, 3)), [variable(1, 3, 2, 2), integers(0, 0, 0, 0, 0, 3, 0, 0)])

# Normalisation and the rest


def batch_norm(x, scale, bias, mean, variance, epsilon=1e-5):
    return F.batch_norm(x, mean, variance, scale, bias, False, 0, epsilon)


def statistics(channels):
    return [(weights(channels),), (weights(channels),), (weights(channels),), (weights(channels).abs() + 0.5,)]


case("BatchNormalization", "maps", batch_norm, [variable(1, 5, 3, 3)] + statistics(5))
case("BatchNormalization", "a large epsilon", lambda *a: batch_norm(*a, epsilon=0.25),
     [variable(1, 3, 2, 2)] + statistics(3), {"epsilon": 0.25, "momentum": 0.9})
case("BatchNormalization", "features", batch_norm, [variable(2, 4)] + statistics(4))
case("BatchNormalization", "one axis", batch_norm, [variable(2, 3, 4)] + statistics(3))
case("BatchNormalization", "operator set 7", batch_norm, [variable(1, 3, 2, 2)] + statistics(3), opset=7)
case("LRN", "default parameters", lambda x: F.local_response_norm(x, 5, 1e-4, 0.75, 1.0), [variable(1, 7, 2, 2)], {"size": 5})
case("LRN", "strong", lambda x: F.local_response_norm(x, 3, 0.5, 0.6, 2.0), [variable(1, 8, 2, 2)],
     {"size": 3, "alpha": 0.5, "beta": 0.6, "bias": 2.0})
case("LRN", "wider than the channels", lambda x: F.local_response_norm(x, 9, 0.5, 0.75, 1.0), [variable(1, 3, 2, 2)],
     {"size": 9, "alpha": 0.5, "beta": 0.75, "bias": 1.0})
case("LRN", "one channel", lambda x: F.local_response_norm(x, 1, 0.5, 0.75, 1.0), [variable(1, 4, 2, 2)],
     {"size": 1, "alpha": 0.5, "beta": 0.75, "bias": 1.0})
case("Dropout", "nothing happens at inference", lambda x: x * 1, [variable(1, 3, 2, 2)], {"seed": 3})
case("Dropout", "ratio as attribute", lambda x: x * 1, [variable(2, 3)], {"ratio": 0.5}, opset=10)
case("Dropout", "ratio as input", lambda x, r: x * 1, [variable(2, 3), (torch.tensor(0.5),)])
case("Identity", "identity", lambda x: x * 1, [variable(1, 3, 2, 2)])
for axis in (0, 1, 2, -1, 3):
    case("Softmax", f"axis {axis}", lambda x, axis=axis: x.softmax(axis), [variable(2, 3, 2, 2)], {"axis": axis})
    case("Softmax", f"axis {axis} and all behind, operator set 11",
         lambda x, axis=axis % 4: x.flatten(axis).softmax(axis).reshape(x.shape), [variable(2, 3, 2, 2)], {"axis": axis},
         opset=11)
case("Softmax", "default", lambda x: x.softmax(-1), [variable(2, 3, 2)])
case("Softmax", "default, operator set 11", lambda x: x.flatten(1).softmax(1).reshape(x.shape), [variable(2, 3, 2)],
     opset=11)
case("Softmax", "large numbers", lambda x: x.softmax(-1), [variable(1, 5) * 16 + 1000])
for keeps in (0, 1):
    for name, axes in (("all maps", [2, 3]), ("channels", [1]), ("first and last", [0, -1]), ("columns", [3])):
        reduce = lambda x, a=None, axes=axes, k=keeps: x.mean(axes, keepdim=bool(k))
        case("ReduceMean", f"{name}, attribute, keepdims {keeps}", reduce, [variable(2, 3, 2, 4)],
             {"axes": axes, "keepdims": keeps}, opset=13)
        case("ReduceMean", f"{name}, input, keepdims {keeps}", reduce, [variable(2, 3, 2, 4), integers(*axes)],
             {"keepdims": keeps}, opset=18)
    case("ReduceMean", f"everything, keepdims {keeps}",
         lambda x, k=keeps: x.mean((0, 1, 2), keepdim=True) if k else x.mean(), [variable(2, 3, 4)], {"keepdims": keeps})
case("ReduceMean", "a number", lambda x: x.mean(), [variable()])
case("ReduceMean", "no axes, nothing to do", lambda x: x * 1, [variable(2, 3)], {"noop_with_empty_axes": 1}, opset=18)

# Choosing, counting and sums of products


def stepping(function):
    """What steps has no gradient in PyTorch at all; here it is zero."""
    return lambda x, *rest: function(x, *rest).float() + 0 * x.sum()


picture = (1, 3, 4, 5)
for name, function in (("Equal", torch.eq), ("Less", torch.lt), ("LessOrEqual", torch.le), ("Greater", torch.gt),
                       ("GreaterOrEqual", torch.ge)):
    case(name, f"{name} with a constant", stepping(function), [variable(*picture), (variable(5),)])
for name, function in (("And", torch.logical_and), ("Or", torch.logical_or), ("Xor", torch.logical_xor)):
    case(name, f"{name} with a constant", stepping(function), [variable(*picture).relu(), (variable(3, 1, 1).relu(),)])
case("Not", "zeros of a rectified tensor", stepping(torch.logical_not), [variable(*picture).relu()])
case("Where", "condition is an activation", lambda c, a, b: torch.where(c != 0, a, b) + 0 * c.sum(),
     [variable(*picture).relu(), variable(*picture), variable(3, 1, 1)])
case("Cast", "to int64 and back", stepping(lambda x: x.trunc()), [variable(*picture)], {"to": 7})
case("Cast", "to truth", stepping(lambda x: x != 0), [variable(*picture).relu()], {"to": 9})
case("CastLike", "like float32", lambda x, t: x * 1, [variable(2, 3), (weights(2),)])
for keeps in (0, 1):
    for axes in ([1], [2, 3], [-1]):
        options = {"keepdims": keeps}
        case("ReduceLogSumExp", f"{axes}, keepdims {keeps}", lambda x, a, d=axes, k=keeps: x.logsumexp(d, bool(k)),
             [variable(*picture) / 4, integers(*axes)], options, opset=18)
        case("ReduceLogSum", f"{axes}, keepdims {keeps}", lambda x, a, d=axes, k=keeps: x.sum(d, bool(k)).log(),
             [positive(*picture), integers(*axes)], options, opset=18)
    for axis in (1, 3):
        case("ReduceProd", f"axis {axis}, keepdims {keeps}", lambda x, a=axis, k=keeps: x.prod(a, bool(k)),
             [variable(*picture) / 2], {"axes": [axis], "keepdims": keeps})
zeros = variable(3, 4) / 2
zeros[0, 1] = zeros[1, 0] = zeros[1, 3] = 0
case("ReduceProd", "one zero, and two", lambda x: x.prod(1, True), [zeros], {"axes": [1]})
case("ReduceLogSumExp", "large numbers, in double", lambda x: x.double().logsumexp((0, 1)).float(),
     [variable(2, 3) * 32 + 2000], {"keepdims": 0}, opset=13)
case("TopK", "two of each column", lambda x, k: x.topk(2, 2).values, [variable(*picture), integers(2)], {"axis": 2})
case("TopK", "the three smallest", lambda x, k: x.topk(3, -1, False).values, [variable(2, 7), integers(3)], {"largest": 0})
case("TopK", "one, operator set 10", lambda x, k: x.topk(1, 1).values, [variable(*picture), integers(1)], {"axis": 1}, opset=10)
case("ArgMax", "channels", stepping(lambda x: x.argmax(1, True)), [variable(*picture)], {"axis": 1})
case("ArgMin", "rows, without the axis", stepping(lambda x: x.argmin(2)), [variable(*picture)], {"axis": -2, "keepdims": 0})
case("Hardmax", "columns", stepping(lambda x: F.one_hot(x.argmax(-1), 5)), [variable(*picture)])
case("OneHot", "of what is largest", lambda x, d, v: F.one_hot(x.long(), 4).float() * 3 - 1 + 0 * x.sum(),
     [torch.tensor([[0.0, 3.0], [2.0, 1.0]]), integers(4), (torch.tensor([-1.0, 2.0]),)])
index = (torch.tensor([[2, 0], [1, 1], [0, -3]]),)
case("GatherElements", "some twice", lambda x, i: x.gather(1, i % 3), [variable(3, 3), index], {"axis": 1})
case("GatherND", "elements", lambda x, i: x[i[:, 0], i[:, 1]], [variable(3, 4), (torch.tensor([[2, 1], [0, 3], [2, 1]]),)])
case("GatherND", "slices of each map", lambda x, i: torch.stack([x[0, i[0, :, 0]], x[1, i[1, :, 0]]]),
     [variable(2, 3, 4), (torch.tensor([[[2], [0]], [[1], [1]]]),)], {"batch_dims": 1})
target = (torch.tensor([[2, 0], [1, 2]]),)
case("ScatterElements", "replacing", lambda x, i, u: x.scatter(1, i, u), [variable(2, 3), target, variable(2, 2)], {"axis": 1})
twice = (torch.tensor([[2, 2], [1, 0]]),)
case("ScatterElements", "adding twice", lambda x, i, u: x.scatter_add(1, i, u), [variable(2, 3), twice, variable(2, 2)],
     {"axis": 1, "reduction": "add"}, opset=16)
for name, function, options in (("from the start", lambda x: x.cumsum(2), {}),
                                ("from the end", lambda x: x.flip(2).cumsum(2).flip(2), {"reverse": 1}),
                                ("without itself", lambda x: x.cumsum(2) - x, {"exclusive": 1})):
    case("CumSum", name, lambda x, a, f=function: f(x), [variable(*picture), (torch.tensor(2),)], options)
case("Trilu", "upper, above the diagonal", lambda x, k: x.triu(1), [variable(*picture), (torch.tensor(1),)])
case("Trilu", "lower", lambda x: x.tril(), [variable(*picture)], {"upper": 0})
for equation, shapes in (("bhid,bhjd->bhij", [(1, 2, 3, 4), (1, 2, 5, 4)]), ("bhij,bhjd->bhid", [(1, 2, 3, 5), (1, 2, 5, 4)]),
                         ("btc,cd->btd", [(1, 3, 4), (4, 5)]), ("i,j->ij", [(3,), (4,)]), ("...ij,...jk->...ik", [(2, 3, 4), (2, 4, 2)]),
                         ("ij,jk", [(2, 3), (3, 4)]), ("nchw->nwhc", [picture]), ("nchw->nc", [picture]), ("ij->", [(2, 3)]),
                         ("ijk,ij,k->kj", [(2, 3, 4), (2, 3), (4,)]), ("ij,kj->i", [(2, 3), (4, 3)])):
    case("Einsum", equation, lambda *x, e=equation: torch.einsum(e, *x), [variable(*s) for s in shapes], {"equation": equation})
for name, function in (("Tan", torch.tan), ("Asin", torch.asin), ("Acos", torch.acos), ("Atan", torch.atan), ("Sinh", torch.sinh),
                       ("Cosh", torch.cosh), ("Asinh", torch.asinh), ("Atanh", torch.atanh)):
    case(name, name.lower(), lambda x, f=function: f(x), [variable(1, 2, 3, 2) / 2])
case("Acosh", "acosh", torch.acosh, [positive(1, 2, 3, 2) + 0.5])
case("Shrink", "soft", lambda x: F.softshrink(x, 0.25), [variable(*picture)], {"bias": 0.25, "lambd": 0.25})
case("Swish", "two thirds", lambda x: x * (x * 0.75).sigmoid(), [variable(*picture)], {"alpha": 0.75}, opset=24)
scale = weights(5)
case("RMSNormalization", "last axis", lambda x, s: F.rms_norm(x, (5,), s, 1e-5), [variable(*picture), (scale,)], opset=23)

case("Cast", "to float32", lambda x: x * 1, [variable(2, 3)], {"to": 1})
for name, function in (("Sin", torch.sin), ("Cos", torch.cos), ("Tanh", torch.tanh), ("Softplus", F.softplus),
                       ("Softsign", F.softsign), ("Reciprocal", torch.reciprocal)):
    case(name, name.lower(), lambda x, f=function: f(x), [positive(*picture) / 4])
case("Mish", "mish", F.mish, [variable(*picture)], opset=18)
case("ThresholdedRelu", "half", lambda x: F.threshold(x, 0.5, 0), [variable(*picture)], {"alpha": 0.5})
for name, function in (("Round", torch.round), ("Sign", torch.sign), ("IsNaN", torch.isnan), ("IsInf", torch.isinf)):
    case(name, name.lower(), stepping(function), [variable(*picture)])
for name, function in (("ReduceL1", lambda x: x.abs().sum(2, True)), ("ReduceL2", lambda x: x.norm(dim=2, keepdim=True)),
                       ("ReduceSumSquare", lambda x: (x * x).sum(2, True)), ("ReduceMin", lambda x: x.amin(2, True))):
    case(name, "rows", lambda x, f=function: f(x), [variable(*picture)], {"axes": [2]})
case("GroupNormalization", "a scale for each channel", lambda x, s, b: F.group_norm(x, 2, s, b, 1e-5),
     [variable(1, 6, 3, 2), (weights(6),), (weights(6),)], {"num_groups": 2}, opset=21)
case("GroupNormalization", "a scale for each group, operator set 18",
     lambda x, s, b: F.group_norm(x, 2, s.repeat_interleave(3), b.repeat_interleave(3), 1e-5),
     [variable(1, 6, 3, 2), (weights(2),), (weights(2),)], {"num_groups": 2}, opset=18)
case("Scatter", "operator set 9", lambda x, i, u: x.scatter(1, i, u), [variable(2, 3), target, variable(2, 2)], {"axis": 1},
     opset=9)
case("Upsample", "twice and three times", lambda x, s: F.interpolate(x, scale_factor=(2, 3)),
     [variable(1, 2, 3, 2), (torch.tensor([1.0, 1.0, 2.0, 3.0]),)], {"mode": "nearest"}, opset=9)

# Whatever else has a gradient. Here the gradient is checked twice: by PyTorch's central differences in double as well.


def smooth(operator, name, function, inputs, attributes=None, opset=17):
    """A case whose gradient equals central differences in double precision."""
    doubles = [None if x is None else tuple(t.double() if t.is_floating_point() else t for t in x)[0]
               if isinstance(x, tuple) else x.double().requires_grad_() for x in inputs]
    assert torch.autograd.gradcheck(function, doubles, eps=1e-6, atol=1e-6, rtol=1e-4), (operator, name)
    case(operator, name, function, inputs, attributes, opset)


for name, function, attributes, opset in (
    ("Abs", torch.abs, {}, 17), ("Neg", torch.neg, {}, 17), ("Exp", torch.exp, {}, 17), ("Erf", torch.erf, {}, 17),
    ("Sigmoid", torch.sigmoid, {}, 17), ("Elu", F.elu, {}, 17), ("Elu", lambda x: F.elu(x, 0.5), {"alpha": 0.5}, 17),
    ("Celu", F.celu, {}, 17), ("Celu", lambda x: F.celu(x, 2.0), {"alpha": 2.0}, 17), ("Selu", F.selu, {}, 17),
    ("Selu", lambda x: 0.5 * F.elu(x, 3.0), {"alpha": 3.0, "gamma": 0.5}, 17),
    ("LeakyRelu", F.leaky_relu, {}, 17), ("LeakyRelu", lambda x: F.leaky_relu(x, 0.3), {"alpha": 0.3}, 17),
    ("HardSigmoid", lambda x: (0.2 * x + 0.5).clamp(0, 1), {}, 17),
    ("HardSigmoid", F.hardsigmoid, {"alpha": 1 / 6, "beta": 0.5}, 17), ("HardSwish", F.hardswish, {}, 17),
    ("Gelu", F.gelu, {}, 20), ("Gelu", lambda x: F.gelu(x, approximate="tanh"), {"approximate": "tanh"}, 20),
):
    smooth(name, f"{name} {attributes or ''}".strip(), function, [variable(1, 3, 7, 5)], attributes, opset)
for name, function in (("Log", torch.log), ("Sqrt", torch.sqrt)):
    smooth(name, name.lower(), function, [positive(*picture)])
for name, function in (("Ceil", torch.ceil), ("Floor", torch.floor)):
    case(name, name.lower(), stepping(function), [variable(*picture)])

for axis, opset in ((1, 17), (-1, 13), (2, 17)):
    smooth("LogSoftmax", f"axis {axis}", lambda x, a=axis: x.log_softmax(a), [variable(2, 3, 2, 2)], {"axis": axis}, opset)
smooth("LogSoftmax", "axis 1 and all behind, operator set 11",
       lambda x: x.flatten(1).log_softmax(1).reshape(x.shape), [variable(2, 3, 2, 2)], {"axis": 1}, 11)
for power in (1, 2):
    smooth("LpNormalization", f"norm {power} of channels", lambda x, p=power: x / x.norm(p, 1, True), [variable(*picture)],
           {"axis": 1, "p": power})
smooth("LayerNormalization", "last axis", lambda x, s, b: F.layer_norm(x, (5,), s, b, 1e-5),
       [variable(*picture), (weights(5),), (weights(5),)])
smooth("LayerNormalization", "channels and all behind, no shift", lambda x, s: F.layer_norm(x, (3, 2, 2), s, None, 0.01),
       [variable(2, 3, 2, 2), (weights(3, 2, 2),)], {"axis": 1, "epsilon": 0.01})
smooth("InstanceNormalization", "maps", lambda x, s, b: F.instance_norm(x, weight=s, bias=b, eps=1e-5),
       [variable(2, 3, 3, 2), (weights(3),), (weights(3),)])

for name, function in (("Max", torch.maximum), ("Min", torch.minimum)):
    smooth(name, "two of one shape", function, [variable(*picture), variable(*picture) + 1 / 48])
    smooth(name, "repeated channels", function, [variable(*picture), variable(3, 1, 1) + 1 / 48])
    smooth(name, "three", lambda a, b, c, f=function: f(f(a, b), c),
           [variable(2, 3), variable(2, 3) + 1 / 48, variable(3) - 1 / 48])
smooth("Mean", "three, repeated", lambda a, b, c: (a + b + c) / 3, [variable(1, 3, 4, 1), variable(3, 1, 2), variable(1)])
smooth("Mean", "one", lambda a: a * 1, [variable(2, 3)])
smooth("Pow", "both variable", torch.pow, [positive(2, 3), variable(2, 3)])
smooth("Pow", "a constant exponent", lambda x, e: x ** e, [positive(*picture), (torch.tensor(2.5),)])
smooth("Pow", "squares of either sign", lambda x, e: x ** 2, [variable(*picture), (torch.tensor(2.0),)])
smooth("Pow", "a constant base", lambda b, x: b ** x, [(torch.tensor(3.0),), variable(2, 3)])
smooth("PRelu", "a slope for each channel", lambda x, s: torch.where(x < 0, s * x, x), [variable(*picture), (weights(3, 1, 1),)])
smooth("PRelu", "a variable slope", lambda x, s: torch.where(x < 0, s * x, x), [variable(2, 3), variable(3)])
smooth("Mod", "as C has it", lambda x, y: torch.fmod(x, y), [variable(2, 3) * 8 + 0.1, (torch.tensor(0.625),)], {"fmod": 1})

for axes in ([1], [2, 3], [-1]):
    for keeps in (0, 1):
        smooth("ReduceSum", f"{axes}, keepdims {keeps}", lambda x, a, d=axes, k=keeps: x.sum(d, bool(k)),
               [variable(*picture), integers(*axes)], {"keepdims": keeps})
        smooth("ReduceMax", f"{axes}, keepdims {keeps}", lambda x, a, d=axes, k=keeps: x.amax(d, bool(k)),
               [variable(*picture), integers(*axes)], {"keepdims": keeps}, 18)
smooth("ReduceSum", "axes as attribute", lambda x: x.sum(2, True), [variable(*picture)], {"axes": [2]}, 11)
smooth("ReduceMax", "everything", lambda x: x.max(), [variable(2, 3)], {"keepdims": 0}, 11)

for axis, index in ((0, (2, 0, 2)), (1, (1, -1))):
    smooth("Gather", f"axis {axis}", lambda x, i, a=axis: x.index_select(a, i % x.shape[a]), [variable(3, 4), integers(*index)],
           {"axis": axis})
smooth("Gather", "one index takes the axis away", lambda x, i: x[:, 1], [variable(2, 3, 4), (torch.tensor(1),)], {"axis": 1})
smooth("Slice", "steps, from both ends", lambda x, *_: x[:, 1:3, :, ::2].flip(2),
       [variable(*picture), integers(1, -1, 0), integers(3, -9, 9), integers(1, 2, 3), integers(1, -1, 2)])
smooth("Slice", "attributes", lambda x: x[:, :, 1:3, :-1], [variable(*picture)],
       {"starts": [1, 0], "ends": [3, -1], "axes": [2, 3]}, 9)
smooth("Split", "the first of two", lambda x, s: x[:, :1], [variable(*picture), integers(1, 2)], {"axis": 1})
smooth("Expand", "new axes and a repeated one", lambda x, s: x.expand(2, 3, 4, 5), [variable(3, 1, 5), integers(2, 3, 4, 5)])
smooth("Expand", "to fewer than it has", lambda x, s: x.expand(2, 3), [variable(2, 1), integers(3)])
smooth("Tile", "each axis", lambda x, r: x.repeat(1, 2, 3), [variable(2, 3, 2), integers(1, 2, 3)])
smooth("ScatterND", "rows replaced", lambda x, i, u: x.index_copy(0, i[:, 0], u),
       [variable(4, 3), (torch.tensor([[2], [0]]),), variable(2, 3)])
smooth("ScatterND", "elements added", lambda x, i, u: x.index_put((i[:, 0], i[:, 1]), u, True),
       [variable(3, 4), (torch.tensor([[2, 1], [0, 3], [2, 1]]),), variable(3)], {"reduction": "add"}, 16)
smooth("DepthToSpace", "depth, column, row", lambda x: F.pixel_shuffle(
    x.reshape(1, 2, 2, 2, 3, 2).permute(0, 3, 1, 2, 4, 5).reshape(1, 8, 3, 2), 2), [variable(1, 8, 3, 2)], {"blocksize": 2})
smooth("DepthToSpace", "column, row, depth", lambda x: F.pixel_shuffle(x, 2), [variable(1, 8, 3, 2)],
       {"blocksize": 2, "mode": "CRD"})
smooth("SpaceToDepth", "blocks of two", lambda x: F.pixel_unshuffle(x, 2).reshape(1, 2, 4, 2, 3).transpose(1, 2)
       .reshape(1, 8, 2, 3), [variable(1, 2, 4, 6)], {"blocksize": 2})
for mode, attributes, options in (
    ("nearest", {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}, {"mode": "nearest"}),
    ("linear", {"coordinate_transformation_mode": "half_pixel"}, {"mode": "bilinear"}),
    ("linear", {"coordinate_transformation_mode": "align_corners"}, {"mode": "bilinear", "align_corners": True}),
    ("cubic", {"coordinate_transformation_mode": "half_pixel", "cubic_coeff_a": -0.75}, {"mode": "bicubic"}),
):
    coordinates = attributes["coordinate_transformation_mode"]
    smooth("Resize", f"{mode}, {coordinates}", lambda x, r, s, z, o=options: F.interpolate(x, (6, 8), **o),
           [variable(1, 2, 3, 5), None, None, integers(1, 2, 6, 8)], {"mode": mode, **attributes})
smooth("Resize", "scales", lambda x, r, s: F.interpolate(x, scale_factor=2, mode="bilinear"),
       [variable(1, 2, 3, 2), None, (torch.tensor([1.0, 1.0, 2.0, 2.0]),)], {"mode": "linear"})
smooth("Resize", "operator set 10", lambda x, s: F.interpolate(x, scale_factor=2), [variable(1, 2, 3, 2),
       (torch.tensor([1.0, 1.0, 2.0, 2.0]),)], {"mode": "nearest"}, 10)

# Transposed convolution


def transposed(name, x, w, strides=(1, 1), pads=(0, 0, 0, 0), extra=(0, 0), dilations=(1, 1), group=1, bias=True, **attributes):
    """`pads` are what is cut off, all beginnings and then all ends; further attributes of ONNX may say so in another way."""
    axes = len(w) - 2
    convolve = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}[axes]

    def function(x, w, b=None):
        whole = convolve(x, w, b, stride=strides, output_padding=extra, groups=group, dilation=dilations)
        for axis in range(axes):
            whole = whole.narrow(axis + 2, pads[axis], whole.shape[axis + 2] - pads[axis] - pads[axis + axes])
        return whole

    stated = {"group": group, "strides": list(strides), "dilations": list(dilations)} | attributes
    if any(extra):
        stated["output_padding"] = list(extra)
    if any(pads) and not attributes:
        stated["pads"] = list(pads)
    inputs = [variable(*x), (weights(*w),)] + ([(weights(w[1] * group),)] if bias else [])
    case("ConvTranspose", name, function, inputs, stated)


transposed("twice as large", (1, 3, 4, 3), (3, 5, 2, 2), (2, 2))
transposed("stride 1, no bias", (1, 4, 4, 4), (4, 3, 3, 3), bias=False)
transposed("pads", (1, 3, 4, 5), (3, 2, 3, 3), (2, 2), (1, 1, 1, 1))
transposed("asymmetric pads", (1, 3, 4, 5), (3, 2, 3, 4), (2, 2), (0, 1, 1, 2))
transposed("output padding", (1, 3, 4, 3), (3, 4, 3, 3), (2, 3), (1, 1, 1, 1), (1, 2))
transposed("dilations", (1, 3, 4, 4), (3, 2, 3, 2), (2, 1), dilations=(2, 3))
transposed("two groups", (1, 6, 3, 4), (6, 2, 3, 3), (2, 2), group=2)
transposed("depthwise", (1, 5, 3, 3), (5, 1, 4, 4), (2, 2), (1, 1, 1, 1), group=5)
transposed("kernel smaller than the stride", (1, 2, 3, 3), (2, 3, 2, 2), (3, 3))
transposed("many channels", (1, 16, 6, 6), (16, 16, 3, 3), pads=(1, 1, 1, 1))
transposed("a batch of two", (2, 3, 3, 3), (3, 4, 3, 3), (2, 2))
transposed("one axis", (1, 3, 5), (3, 4, 4), (2,), (1, 1), (0,), (1,))
transposed("three axes", (1, 2, 2, 3, 2), (2, 3, 2, 2, 2), (2, 1, 2), (0,) * 6, (0, 0, 0), (1, 1, 1))
transposed("SAME_UPPER", (1, 3, 3, 4), (3, 2, 3, 4), (2, 2), (0, 1, 1, 1), auto_pad="SAME_UPPER")
transposed("SAME_LOWER", (1, 3, 3, 4), (3, 2, 3, 4), (2, 2), (1, 1, 0, 1), auto_pad="SAME_LOWER")
transposed("VALID", (1, 3, 3, 4), (3, 2, 3, 4), (2, 2), auto_pad="VALID")
transposed("output_shape cuts off more", (1, 3, 3, 3), (3, 2, 3, 3), (2, 2), (1, 1, 0, 1), output_shape=[6, 5])
transposed("output_shape that is larger", (1, 3, 3, 3), (3, 2, 3, 3), (2, 2), extra=(1, 1), output_shape=[8, 8])

# Sampling


def sampled(name, x, places, mode="bilinear", padding="zeros", align=0, opset=16):
    """The grid holds multiples of 1/32, at least 0.15 elements away from where its derivative jumps."""
    axes = len(x) - 2
    grid = torch.randint(-44, 45, (x[0], *places, axes)).float() / 32
    sizes = torch.tensor(list(reversed(x[2:]))).float()
    for _ in range(100):
        position = (grid + 1) / 2 * (sizes - 1) if align else ((grid + 1) * sizes - 1) / 2
        kinks = ((position - position.round()).abs() < 0.15) | (((position - position.floor()) - 0.5).abs() < 0.15)
        grid = torch.where(kinks, torch.randint(-44, 45, grid.shape).float() / 32, grid)
    case("GridSample", name, lambda x, g: F.grid_sample(x, g, mode, padding, bool(align)), [variable(*x), grid],
         {"mode": {"bilinear": "linear", "bicubic": "cubic"}.get(mode, mode) if opset > 19 else mode, "padding_mode": padding,
          "align_corners": align}, opset=opset)


for padding in ("zeros", "border", "reflection"):
    for align in (0, 1):
        sampled(f"bilinear, {padding}, align_corners {align}", (1, 2, 4, 5), (3, 4), padding=padding, align=align)
        sampled(f"nearest, {padding}, align_corners {align}", (1, 2, 4, 5), (3, 4), "nearest", padding, align)
for align in (0, 1):
    sampled(f"bicubic, align_corners {align}", (1, 2, 5, 4), (3, 3), "bicubic", align=align)
sampled("a batch of two", (2, 3, 3, 4), (2, 2))
sampled("operator set 20", (1, 2, 4, 5), (3, 4), opset=20)
sampled("three axes", (1, 2, 3, 4, 3), (2, 2, 2), opset=20)
for size in ((1, 2, 3, 4), (1, 1, 2, 3, 2)):
    for align in (0, 1):
        case("AffineGrid", f"{len(size) - 2} axes, align_corners {align}",
             lambda t, s, size=size, align=align: F.affine_grid(t, size, bool(align)),
             [variable(1, len(size) - 2, len(size) - 1), integers(*size)], {"align_corners": align}, opset=20)

# What ONNX Runtime fuses


def fused(operator, name, function, inputs, attributes=None, domain="com.microsoft", opset=17):
    case(operator, name, function, inputs, attributes, opset, domain=domain)


kernel = (weights(4, 3, 3, 3),)
bias = (weights(4),)
maps = {"pads": [1, 1, 1, 1]}
for activation, parameters, function in (
        ("Relu", None, F.relu), ("Sigmoid", None, torch.sigmoid), ("Tanh", None, torch.tanh),
        ("LeakyRelu", [0.25], lambda x: F.leaky_relu(x, 0.25)), ("Clip", [-0.5, 0.75], lambda x: x.clamp(-0.5, 0.75)),
        ("HardSigmoid", [0.25, 0.5], lambda x: (x * 0.25 + 0.5).clamp(0, 1))):
    fused("FusedConv", activation, lambda x, w, b, f=function: f(F.conv2d(x, w, b, padding=1)),
          # Moved where a sum would be almost zero, at the kink.
          [variable(1, 3, 4, 4) / 4 + (1 / 16 if activation == "LeakyRelu" else 0), kernel, bias],
          maps | {"activation": activation} | ({"activation_params": {"floats": parameters}} if parameters else {}))
fused("FusedConv", "a sum before the rectifier", lambda x, w, b, z: F.relu(F.conv2d(x, w, b, padding=1) + z),
      [variable(1, 3, 4, 4) / 4, kernel, bias, variable(1, 4, 4, 4)], maps | {"activation": "Relu"})
fused("FusedConv", "no activation, no bias", lambda x, w: F.conv2d(x, w, padding=1), [variable(1, 3, 4, 4), kernel], maps)
fused("FusedGemm", "Relu", lambda a, b, c: F.relu(0.5 * a @ b.T + c), [variable(2, 4), (weights(3, 4),), (weights(3),)],
      {"transB": 1, "alpha": 0.5, "activation": "Relu"})
fused("FusedGemm", "LeakyRelu", lambda a, b, c: F.leaky_relu(a @ b + c, 0.25),
      [variable(2, 4), (weights(4, 3),), (weights(3),)], {"activation": "LeakyRelu", "activation_alpha": 0.25})
for ta in (0, 1):
    for tb in (0, 1):
        fused("FusedMatMul", f"transA {ta}, transB {tb}",
              lambda a, b, ta=ta, tb=tb: 0.125 * (a.mT if ta else a) @ (b.mT if tb else b),
              [variable(1, 2, *((4, 3) if ta else (3, 4))), variable(1, 2, *((5, 4) if tb else (4, 5)))],
              {"transA": ta, "transB": tb, "alpha": 0.125})
fused("FusedMatMul", "transBatchA", lambda a, b: a.movedim(0, -2) @ b, [variable(3, 1, 2, 4), variable(1, 2, 4, 5)],
      {"transBatchA": 1})
fused("TransposeMatMul", "transB", lambda a, b: a @ b.mT, [variable(1, 2, 3, 4), variable(1, 2, 5, 4)], {"transB": 1})
fused("Gelu", "gelu", F.gelu, [variable(1, 3, 4)])
fused("BiasGelu", "bias", lambda x, b: F.gelu(x + b), [variable(1, 3, 4), (weights(4),)])
fused("FastGelu", "no bias", lambda x: F.gelu(x, approximate="tanh"), [variable(1, 3, 4)])
fused("FastGelu", "bias", lambda x, b: F.gelu(x + b, approximate="tanh"), [variable(1, 3, 4), (weights(4),)])
fused("QuickGelu", "default", lambda x: x * torch.sigmoid(1.702 * x), [variable(1, 3, 4)])
fused("QuickGelu", "as SiLU", F.silu, [variable(1, 3, 4)], {"alpha": 1.0})
scale, shift = weights(5), weights(5)
fused("SkipLayerNormalization", "no bias", lambda x, s, g, b: F.layer_norm(x + s, (5,), g, b, 1e-5),
      [variable(1, 3, 5), variable(1, 3, 5), (scale,), (shift,)], {"epsilon": 1e-5})
fused("SkipLayerNormalization", "bias", lambda x, s, g, b, c: F.layer_norm(x + s + c, (5,), g, b, 1e-5),
      [variable(1, 3, 5), variable(1, 3, 5), (scale,), (shift,), (weights(5),)], {"epsilon": 1e-5})
fused("SkipSimplifiedLayerNormalization", "no bias", lambda x, s, g: F.rms_norm(x + s, (5,), g, 1e-5),
      [variable(1, 3, 5), variable(1, 3, 5), (scale,)], {"epsilon": 1e-5})
case("SimplifiedLayerNormalization", "last axis", lambda x, g: F.rms_norm(x, (5,), g, 1e-5), [variable(1, 3, 5), (scale,)],
     {"axis": -1, "epsilon": 1e-5}, opset=13)
case("LayerNormalization", "operator set 13, as ONNX Runtime writes it", lambda x, g, b: F.layer_norm(x, (5,), g, b, 1e-5),
     [variable(1, 3, 5), (scale,), (shift,)], {"axis": -1, "epsilon": 1e-5}, opset=13)
sampled_before = len(cases)
sampled("ONNX Runtime's own", (1, 2, 4, 5), (3, 4))
cases[sampled_before]["domain"] = "com.microsoft"

# What is spelled out

case("MeanVarianceNormalization", "each channel", lambda x: (x - x.mean((0, 2, 3), True)) / x.std((0, 2, 3), False, True),
     [variable(1, 3, 3, 4)])
case("MeanVarianceNormalization", "some axes", lambda x: (x - x.mean((1,), True)) / x.std((1,), False, True),
     [variable(2, 5)], {"axes": [1]})
case("GlobalLpPool", "two", lambda x: x.flatten(2).norm(2, 2).reshape(1, 3, 1, 1), [variable(1, 3, 3, 4)])
case("GlobalLpPool", "three", lambda x: x.flatten(2).norm(3, 2).reshape(1, 3, 1, 1), [variable(1, 3, 3, 4)], {"p": 3})
case("LpPool", "two", lambda x: F.lp_pool2d(x, 2, (2, 3), (2, 1)), [variable(1, 3, 4, 5)],
     {"kernel_shape": [2, 3], "strides": [2, 1]})
case("LpPool", "one, with pads", lambda x: F.avg_pool2d(x.abs(), 3, 2, 1) * 9, [variable(1, 3, 5, 5)],
     {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1], "p": 1})
heads = [variable(1, 2, 3, 4) / 2, variable(1, 2, 5, 4) / 2, variable(1, 2, 5, 6)]
case("Attention", "heads apart", F.scaled_dot_product_attention, heads, opset=23)
case("Attention", "with a mask and a scale", lambda q, k, v, m: F.scaled_dot_product_attention(q, k, v, m, scale=0.25),
     heads + [(weights(3, 5),)], {"scale": 0.25}, opset=23)


def joined_heads(q, k, v):
    q, k, v = (t.reshape(*t.shape[:2], 2, -1).transpose(1, 2) for t in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)


case("Attention", "heads side by side", joined_heads, [variable(1, 3, 8) / 2, variable(1, 5, 8) / 2, variable(1, 5, 12)],
     {"q_num_heads": 2, "kv_num_heads": 2}, opset=23)

fused("MultiHeadAttention", "heads side by side", joined_heads,
      [variable(1, 3, 8) / 2, variable(1, 5, 8) / 2, variable(1, 5, 12)], {"num_heads": 2})
fused("MultiHeadAttention", "with biases",
      lambda q, k, v, b: joined_heads(*(t + c for t, c in zip((q, k, v), b.split((8, 8, 12))))),
      [variable(1, 3, 8) / 2, variable(1, 5, 8) / 2, variable(1, 5, 12), (weights(28),)], {"num_heads": 2})
fused("Attention", "of one tensor", lambda x, w, b: joined_heads(*(x @ w + b).chunk(3, -1)),
      [variable(1, 3, 4), (weights(4, 12),), (weights(12),)], {"num_heads": 2})

# Operator sets 1 to 6

for operator, function in (("Add", torch.add), ("Sub", torch.sub), ("Mul", torch.mul), ("Div", torch.div), ("Pow", torch.pow)):
    second = (positive(3),) if operator == "Pow" else positive(3)
    for opset in (1, 6):
        case(operator, f"broadcast along axis 1, operator set {opset}", lambda a, b, f=function: f(a, b[:, None, None]),
             [positive(1, 3, 2, 2), second], {"broadcast": 1, "axis": 1}, opset=opset)
case("Add", "broadcast along the last axes, operator set 6", torch.add, [variable(1, 3, 2, 4), variable(2, 4)],
     {"broadcast": 1}, opset=6)
case("Mul", "one number, operator set 6", torch.mul, [variable(1, 3, 2, 2), (weights(1),)], {"broadcast": 1}, opset=6)
case("Add", "one shape, operator set 1", torch.add, [variable(1, 3, 2, 2), variable(1, 3, 2, 2)],
     {"consumed_inputs": [0, 0]}, opset=1)
case("Gemm", "broadcast, operator set 6", lambda a, b, c: a @ b.T + c, [variable(2, 4), (weights(3, 4),), (weights(3),)],
     {"transB": 1, "broadcast": 1}, opset=6)
case("PRelu", "a slope for each channel, operator set 6", lambda x, s: F.prelu(x, s), [variable(1, 3, 2, 2), (weights(3),)],
     opset=6)
case("Reshape", "shape as attribute, operator set 4", lambda x: x.reshape(1, 12), [variable(1, 3, 2, 2)], {"shape": [0, -1]},
     opset=4)
case("Concat", "no axis, operator set 3", lambda a, b: torch.cat([a, b], 1), [variable(1, 2, 2, 2), variable(1, 3, 2, 2)],
     opset=3)
case("Sum", "operator set 1", torch.add, [variable(1, 3, 2, 2), variable(1, 3, 2, 2)], {"consumed_inputs": [0, 0]}, opset=1)
case("Clip", "operator set 1", lambda x: x.clamp(-0.75, 0.875), [variable(1, 3, 3, 3)],
     {"min": -0.75, "max": 0.875, "consumed_inputs": [0]}, opset=1)
case("Relu", "operator set 1", F.relu, [variable(1, 3, 3, 3)], {"consumed_inputs": [0]}, opset=1)
case("Pad", "paddings, operator set 1", lambda x: F.pad(x, (1, 2, 0, 1), value=0.5), [variable(1, 2, 3, 3)],
     {"paddings": [0, 0, 0, 1, 0, 0, 1, 2], "mode": "constant", "value": 0.5}, opset=1)
case("Upsample", "operator set 1", lambda x: F.interpolate(x, scale_factor=(2, 3)), [variable(1, 2, 3, 2)],
     {"height_scale": 2.0, "width_scale": 3.0, "mode": "nearest"}, opset=1)
case("Tile", "operator set 1", lambda x, t, a: x.repeat(1, 1, 3, 1), [variable(1, 2, 2, 3), integers(3), integers(2)], opset=1)
case("Cast", "to a type by name, operator set 1", lambda x: x * 1, [variable(2, 3)], {"to": "FLOAT"}, opset=1)
case("BatchNormalization", "operator set 6", lambda x, s, b, m, v: F.batch_norm(x, m, v, s, b, eps=1e-3),
     [variable(1, 3, 2, 2), (weights(3),), (weights(3),), (weights(3),), (positive(3),)],
     {"is_test": 1, "epsilon": 1e-3, "consumed_inputs": [0, 0, 0, 1, 1], "spatial": 1}, opset=6)

# Recurrent layers


def gates(tensor, order):
    """The gates along the second axis in another order."""
    return torch.cat([tensor.chunk(len(order), 1)[i] for i in order], 1)


def recurrent(kind, order, x, w, r, b, states, directions):
    """torch.nn's layer with ONNX's weights [D, G·H, …], whose gates stand in another order; the output [T, D, N, H]."""
    back = [order.index(i) for i in range(len(order))]
    layer = getattr(torch.nn, kind)(w.shape[2], r.shape[2], bidirectional=directions == 2)
    parameters = {}
    for d in range(directions):
        suffix = "_l0" + ("_reverse" if d else "")
        parameters |= {"weight_ih" + suffix: gates(w, back)[d], "weight_hh" + suffix: gates(r, back)[d]}
        for i, name in enumerate(("bias_ih", "bias_hh")):
            bias = torch.zeros(directions, w.shape[1]) if b is None else b.chunk(2, 1)[i]
            parameters[name + suffix] = gates(bias, back)[d]
    y, _ = torch.func.functional_call(layer, parameters, (x, states))
    return y.reshape(x.shape[0], x.shape[1], directions, -1).transpose(1, 2)


def lstm(x, w, r, b=None, lengths=None, h=None, c=None):
    h, c = (torch.zeros(len(w), x.shape[1], r.shape[2]) if s is None else s for s in (h, c))
    return recurrent("LSTM", [0, 3, 1, 2], x, w, r, b, (h, c), len(w))


def gru(x, w, r, b=None, lengths=None, h=None):
    return recurrent("GRU", [1, 0, 2], x, w, r, b, torch.zeros(len(w), x.shape[1], r.shape[2]) if h is None else h, len(w))


def early_reset(x, w, r, b, lengths, h):
    """A GRU that resets the state before its product, as its paper has it."""
    h, rows = h[0], []
    (wz, wr, wh), (rz, rr, rh) = w[0].chunk(3), r[0].chunk(3)
    bz, br, bh, cz, cr, ch = b[0].chunk(6)
    for step in x:
        z = torch.sigmoid(step @ wz.T + h @ rz.T + bz + cz)
        reset = torch.sigmoid(step @ wr.T + h @ rr.T + br + cr)
        proposal = torch.tanh(step @ wh.T + (reset * h) @ rh.T + bh + ch)
        h = (1 - z) * proposal + z * h
        rows.append(h)
    return torch.stack(rows)[:, None]


case("LSTM", "states and biases", lstm,
     [variable(3, 2, 4), (weights(1, 12, 4),), (weights(1, 12, 3),), (weights(1, 24),), None, variable(1, 2, 3), variable(1, 2, 3)],
     {"hidden_size": 3})
case("LSTM", "both directions, no bias", lstm, [variable(3, 1, 2), (weights(2, 8, 2),), (weights(2, 8, 2),)],
     {"hidden_size": 2, "direction": "bidirectional"})
case("LSTM", "backwards", lambda x, w, r, b, l: lstm(x.flip(0), w, r, b).flip(0),
     [variable(4, 1, 2), (weights(1, 8, 2),), (weights(1, 8, 2),), (weights(1, 16),), integers(4)],
     {"hidden_size": 2, "direction": "reverse"})
case("GRU", "reset behind the product", gru,
     [variable(3, 2, 4), (weights(1, 9, 4),), (weights(1, 9, 3),), (weights(1, 18),), None, variable(1, 2, 3)],
     {"hidden_size": 3, "linear_before_reset": 1})
case("GRU", "reset before the product", early_reset,
     [variable(3, 2, 4), (weights(1, 9, 4),), (weights(1, 9, 3),), (weights(1, 18),), None, variable(1, 2, 3)],
     {"hidden_size": 3})
case("GRU", "both directions", gru, [variable(2, 1, 3), (weights(2, 6, 3),), (weights(2, 6, 2),), (weights(2, 12),)],
     {"hidden_size": 2, "linear_before_reset": 1, "direction": "bidirectional"})
case("RNN", "state and biases",
     lambda x, w, r, b, l, h: recurrent("RNN", [0], x, w, r, b, h, 1),
     [variable(3, 2, 4), (weights(1, 3, 4),), (weights(1, 3, 3),), (weights(1, 6),), None, variable(1, 2, 3)],
     {"hidden_size": 3})

path = Path(__file__).with_name("operators.json")
lines = (json.dumps(c, separators=(",", ":"), ensure_ascii=False) for c in cases)
path.write_text("[\n" + ",\n".join(lines) + "\n]\n")
print(f"{len(cases)} cases, {path.stat().st_size} bytes")
