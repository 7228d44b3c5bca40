"""Makes a small network, its card, and the reference that its author would save: with the very lines that sitegen prints.

    python make_reference.py PATH/TO/sitegen

Needs torch, onnx, numpy and Pillow. Writes compared.onnx, compared.npz and compared.md beside itself.
"""

import pathlib
import subprocess
import sys
import tempfile

import numpy
import torch
from PIL import Image

here = pathlib.Path(__file__).parent
torch.manual_seed(3)
model = torch.nn.Sequential()
model.add_module("features", torch.nn.Sequential(
    torch.nn.Conv2d(3, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
    torch.nn.Conv2d(8, 12, 3, padding=1), torch.nn.ReLU()))
model.add_module("pool", torch.nn.AdaptiveAvgPool2d(1))
model.add_module("flat", torch.nn.Flatten())
model.add_module("head", torch.nn.Linear(12, 5))
with torch.no_grad():
    for parameter in model.parameters():
        parameter.mul_(3)
torch.onnx.export(
    model.eval(), torch.zeros(1, 3, 16, 20), here / "compared.onnx", dynamo=False, input_names=["x"], output_names=["y"])
(here / "compared.md").write_text("""---
title: Compared
file: compared.onnx
input:
  size: [20, 16]
  resize: crop
  shorter_side: 22
  mean: [0.485, 0.456, 0.406]
  std: [0.229, 0.224, 0.225]
---
""")
generator = numpy.random.default_rng(1)
small = Image.fromarray(generator.integers(0, 256, (9, 12, 3), numpy.uint8))
photo = tempfile.NamedTemporaryFile(suffix=".png")
small.resize((48, 36), Image.BICUBIC).save(photo.name)

text = subprocess.run(
    [sys.argv[1], "model", "check", here / "compared.md"], check=True, capture_output=True, text=True).stdout
printed = text.split("\n\n")[0].splitlines()
# What a comment says of the preprocessing is what the card says; the lines between the comments are the six.
said = [line.removeprefix("#   ") for line in printed if line.startswith("#   ")]
lines = [line for line in printed if not line.startswith("#")]
assert len(said) == 2 and len(lines) == 6, text
lines = [line.replace("photo.jpg", photo.name).replace("reference.npz", str(here / "compared.npz"))
         .replace("numpy.savez(", "numpy.savez_compressed(") for line in lines]
exec("\n".join(said + lines))
