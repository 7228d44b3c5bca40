"""Writes a network with further inputs as one ONNX file (opset 17, a batch of one), and checks it with onnxruntime."""

import numpy
import onnx
import onnxruntime
import torch


def export(network, path, inputs, output):
    """`inputs` are examples of what the network reads beside the image, by name and in order."""
    path = str(path)
    image = torch.randn(1, 3, 128, 128, generator=torch.Generator().manual_seed(0))
    examples = {"image": image, **inputs}
    torch.onnx.export(
        network, tuple(examples.values()), path, opset_version=17, dynamo=False,
        input_names=list(examples), output_names=[output],
    )
    model = with_short_names(onnx.load(path), output)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
    with torch.no_grad():
        wanted = network(*examples.values()).numpy()
    difference = numpy.abs(session(path).run(None, {name: x.numpy() for name, x in examples.items()})[0] - wanted).max()
    if not difference <= 1e-4:
        raise SystemExit(f"onnxruntime and PyTorch differ by {difference}")
    print(f"{path}: {len(model.SerializeToString())} bytes", flush=True)


def session(path):
    """An exported network, to be run by onnxruntime, on one thread: it is too small for more."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def with_short_names(model, output):
    """Names every node and its outputs after the innermost module that it stands in: relu8, question, first-MatMul, …"""
    taken, short = {output, *(tensor.name for tensor in (*model.graph.input, *model.graph.initializer))}, {}
    for node in model.graph.node:
        # The exporter writes /look/features/relu8/Relu, /blocks/blocks.0/norm1/LayerNormalization, or /Mul_1 for what stands in
        # no module.
        *modules, operator = node.name.strip("/").split("/")
        module = ".".join([name for name in modules[:-1] if name not in ("look", "features", "read", "blocks")] + modules[-1:])
        name = module if module and module not in taken else f"{module}-{operator}".strip("-")
        taken.add(name)
        node.name = name
        for i, old in enumerate(node.output):
            if old and old != output:
                short[old] = name if i == 0 else f"{name}-{i}"
    for node in model.graph.node:
        node.input[:] = [short.get(name, name) for name in node.input]
        node.output[:] = [short.get(name, name) for name in node.output]
    del model.graph.value_info[:]
    return model
