"""The maps of sitegen itself, as arrays."""

import subprocess
import tempfile
from pathlib import Path

import numpy

CARD = Path(__file__).resolve().parents[2] / "tabletop.md"


def explain(sitegen, picture, classes, methods):
    """For each class a dictionary: method to array (Grad-CAM [16, 16], gradients [3, 128, 128])."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sitegen, "explain", str(picture), "--model", str(CARD), "--output", folder, "--arrays"]
        for index in classes:
            command += ["--class", str(index)]
        for method in methods:
            command += ["--method", method]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return [{method: numpy.load(f"{folder}/{index}/{method}.npy") for method in methods} for index in classes]
