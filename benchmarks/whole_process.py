"""Times `sitegen explain` as a whole process, beside the same work in one Python process with pytorch-grad-cam.

    pip install torch grad-cam onnx pillow
    swift build -c release --product sitegen
    python benchmarks/whole_process.py PHOTO CARD [--rounds N] [--classes INDEX …]

CARD is the model card of a SqueezeNet whose ONNX file has plain convolutions, such as models/squeezenet.md. Both sides
read the network, run it, explain each class by guided backpropagation, Grad-CAM and Guided Grad-CAM, and write the
PNGs; they take turns. Python's share for imports is told apart.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = Path(__file__).parent.parent / ".build/release/sitegen"
SIDE = 227
# Blue, green, red, in the scale where white is 255.
MEAN = (104, 117, 123)


def in_python(photo, card, classes, output):
    """The peer's work; returns the seconds for imports and for all the rest."""
    start = time.perf_counter()
    import numpy
    import onnx
    import torch
    from PIL import Image
    from pytorch_grad_cam import GradCAM, GuidedBackpropReLUModel
    from pytorch_grad_cam.utils.image import deprocess_image, show_cam_on_image
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    imported = time.perf_counter()

    class Concat(torch.nn.Module):
        def forward(self, *parts):
            return torch.cat(parts, 1)

    class Model(torch.nn.Module):
        """An ONNX graph as modules that hooks can be put on."""

        def __init__(self, graph):
            super().__init__()
            weights = {w.name: torch.from_numpy(onnx.numpy_helper.to_array(w).copy()) for w in graph.initializer}
            self.input, self.output = graph.input[0].name, graph.output[0].name
            self.inputs = [[name for name in node.input if name not in weights] for node in graph.node]
            self.outputs = [node.output[0] for node in graph.node]
            self.steps = torch.nn.ModuleList(self.module(node, weights) for node in graph.node)

        @staticmethod
        def module(node, weights):
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            if node.op_type == "Conv":
                weight, bias = (weights[name] for name in node.input[1:])
                module = torch.nn.Conv2d(
                    weight.shape[1], weight.shape[0], weight.shape[2:], attributes["strides"], attributes["pads"][:2])
                module.weight.data, module.bias.data = weight, bias
                return module
            if node.op_type == "MaxPool":
                return torch.nn.MaxPool2d(
                    attributes["kernel_shape"], attributes["strides"], ceil_mode=bool(attributes.get("ceil_mode")))
            simple = {"Relu": torch.nn.ReLU, "Concat": Concat, "Flatten": torch.nn.Flatten, "Dropout": torch.nn.Identity}
            if node.op_type == "GlobalAveragePool":
                return torch.nn.AdaptiveAvgPool2d(1)
            return simple[node.op_type]()

        def layer(self, name):
            return self.steps[self.outputs.index(name)]

        def forward(self, picture):
            values = {self.input: picture}
            for step, inputs, output in zip(self.steps, self.inputs, self.outputs):
                values[output] = step(*(values[name] for name in inputs))
            return values[self.output]

    text = Path(card).read_text()
    file, layer = (re.search(rf"^{key}: *(\S+)", text, re.MULTILINE)[1] for key in ("file", "layer"))
    model = Model(onnx.load(Path(card).parent / file).graph).eval()
    pixels = numpy.asarray(Image.open(photo).convert("RGB").resize((SIDE, SIDE), Image.BILINEAR), numpy.float32)
    tensor = torch.from_numpy((pixels[:, :, ::-1] - numpy.float32(MEAN)).transpose(2, 0, 1)[None].copy())
    grad_cam = GradCAM(model=model, target_layers=[model.layer(layer)])
    guided = GuidedBackpropReLUModel(model=model, device="cpu")
    for index in classes:
        folder = Path(output) / str(index)
        folder.mkdir(parents=True)
        heat = grad_cam(input_tensor=tensor, targets=[ClassifierOutputTarget(index)])[0]
        gradient = guided(tensor.clone(), target_category=index)[:, :, ::-1]
        pictures = {
            "grad-cam": show_cam_on_image(pixels / 255, heat, use_rgb=True),
            "guided-backprop": deprocess_image(gradient),
            "guided-grad-cam": deprocess_image(heat[:, :, None] * gradient),
        }
        for name, picture in pictures.items():
            Image.fromarray(picture).save(folder / f"{name}.png")
    return imported - start, time.perf_counter() - imported


def timed(command):
    start = time.perf_counter()
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, result.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photo")
    parser.add_argument("card")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--classes", type=int, nargs="+", default=[282, 242, 243])
    parser.add_argument("--python-output", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.python_output:
        print(json.dumps(in_python(options.photo, options.card, options.classes, options.python_output)))
        return
    classes = [str(index) for index in options.classes]
    ours, theirs, imports, work = [], [], [], []
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            asked = [word for index in classes for word in ("--class", index)]
            ours.append(
                timed([PROGRAM, "explain", options.photo, "--model", options.card, *asked, "--output", f"{folder}/a"])[0])
            command = [sys.executable, __file__, options.photo, options.card, "--classes", *classes]
            seconds, told = timed([*command, "--python-output", f"{folder}/b"])
            theirs.append(seconds)
            for list, value in zip((imports, work), json.loads(told)):
                list.append(value)
    medians = {
        "sitegen": ours, "python": theirs, "python, imports": imports, "python, the rest of the work": work}
    result = {name: round(statistics.median(values), 3) for name, values in medians.items()}
    ratios = sorted(a / b for a, b in zip(theirs, ours))
    result["ratio"] = round(statistics.median(ratios), 1)
    result["lowest and highest ratio"] = [round(ratios[0], 1), round(ratios[-1], 1)]
    result["ratio without imports"] = round(statistics.median(work) / statistics.median(ours), 1)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
