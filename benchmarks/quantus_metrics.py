"""Quantus' figures beside sitegen's, for the same maps of one picture.

    pip install quantus torch onnx onnxruntime
    python benchmarks/quantus_metrics.py PICTURE MASK#ff0000 CLASS [--sitegen PATH] [--method NAME …]

PICTURE has 128 × 128 pixels; the network is the gallery's own, `tabletop`, so that what it reads is known. MASK#COLOUR shows where
the thing of that class is, as in truth.csv.

What is the same, and how Quantus must be asked for it. Everywhere abs=False and normalise=False: a map is compared as it is.

    deletion, insertion  PixelFlipping with the same step. Quantus takes each channel of a pixel for a feature of its own and sorts
                         equal values as it comes; here it flips a mask of one channel, which chooses each pixel from two pictures,
                         and gets the map's ranks, in which equal values follow in row order. Its curve lacks the first point.
    pointing             PointingGame; where several pixels hold the maximum, Quantus asks whether any of them hits, sitegen the first.
    energy               AttributionLocalisation(positive_attributions=True).
    Spearman's ρ, SSIM   the functions that its MPRT compares maps with; here they are given the map of the least likely class. Quantus
                         takes the range of SSIM from the two maps, and sitegen always 1: the figures are the same where both maps
                         reach from 0 to 1, nearly so for upsampled ones, which reach a little less far, and not for signed ones.

Not the same: MPRT begins layers anew as PyTorch does, with their biases, sitegen draws weights with the mean and deviation that they
had. Completeness asks whether two sums are equal to the last bit.
"""

import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy
import torch
from scipy.ndimage import gaussian_filter
from torch.nn import functional as F

# Quantus 0.6 calls this function by the name that it had before NumPy 2.
numpy.trapz = numpy.trapezoid
warnings.filterwarnings("ignore")
import quantus
from quantus.functions.similarity_func import correlation_spearman, ssim
from quantus.helpers.utils import calculate_auc

CONTENT = Path(__file__).resolve().parents[1] / "content"
sys.path.insert(0, str(CONTENT / "models/tabletop/recipe"))
from export import load
from frames import class_names, read_image
from network import MEAN, STD

CARD = str(CONTENT / "models/tabletop.md")


def network():
    return load(CONTENT / "models/tabletop/model.onnx")


def blurred(picture):
    """RISE's: 11 × 11 pixels of a Gaussian with σ 5."""
    spot = numpy.zeros((11, 11), numpy.float32)
    spot[5, 5] = 1
    kernel = torch.from_numpy(gaussian_filter(spot, 5))[None, None].repeat(3, 1, 1, 1)
    return F.conv2d(picture, kernel, padding=5, groups=3)


class Choice(torch.nn.Module):
    """The probabilities of a picture of which each pixel comes from one of two: where a mask, [N, 1, H, W], is 1, or 0."""

    def __init__(self, model, one, zero):
        super().__init__()
        self.model, self.one, self.zero = model, one, zero

    def forward(self, mask):
        return torch.softmax(self.model(mask * self.one + (1 - mask) * self.zero), 1)


def ranks(values):
    """Of each pixel, the highest for the highest value; where values are equal, for the first in row order."""
    order = numpy.argsort(-values.ravel(), kind="stable")
    rank = numpy.empty(order.size)
    rank[order] = numpy.arange(order.size, 0, -1)
    return rank.reshape(values.shape)


def curve(model, first, last, values, index, step):
    """The class's probability while one picture becomes the other where a map is highest, and the area under it."""
    choice = Choice(model, first, last).eval()
    mask = numpy.ones((1, 1, *values.shape), numpy.float32)
    flipping = quantus.PixelFlipping(
        features_in_step=step, abs=False, normalise=False, perturb_baseline=0.0, disable_warnings=True
    )
    flipped = flipping(
        model=choice, x_batch=mask, y_batch=numpy.array([index]), a_batch=ranks(values)[None, None], softmax=False
    )[0]
    with torch.no_grad():
        points = [float(choice(torch.from_numpy(mask))[0, index]), *map(float, flipped)]
    return points, float(calculate_auc(numpy.array(points))) / (len(points) - 1)


def located(values, inside):
    """The pointing game, and the share of a map's positive values that lies inside."""
    asked = {
        "model": None, "x_batch": numpy.zeros((1, 1, *values.shape)), "y_batch": numpy.zeros(1, int),
        "a_batch": values[None, None], "s_batch": inside[None, None],
    }
    settings = {"abs": False, "normalise": False, "disable_warnings": True}
    pointing = quantus.PointingGame(**settings)(**asked)[0]
    # It advises against abs=False, which a figure of positive values needs.
    with contextlib.redirect_stdout(None):
        energy = quantus.AttributionLocalisation(positive_attributions=True, **settings)(**asked)[0]
    return bool(pointing), float(energy)


def alike(a, b):
    return float(correlation_spearman(a.ravel(), b.ravel())), float(ssim(a, b))


def pixel_map(values):
    """A map, or a tensor at the input, as sitegen measures it: at most 1, with the size of the input."""
    x = torch.from_numpy(values).double()
    if x.dim() > 2:
        x = x.reshape(-1, *x.shape[-2:]).abs().sum(0)
    x = x / x.max()
    return F.interpolate(x[None, None], (128, 128), mode="bilinear", align_corners=False)[0, 0].numpy()


def explained(sitegen, picture, names, methods, folder):
    """sitegen's maps of some classes, by class and method, and the evidence for those of the first, by method."""
    command = [sitegen, "explain", picture, "--model", CARD, "--arrays", "--evidence", "--output", folder]
    for name in names:
        command += ["--class", name]
    for method in methods:
        command += ["--method", method]
    subprocess.run(command, check=True, capture_output=True)
    places = [Path(folder) / str(class_names().index(name)) for name in names]
    first = json.loads((places[0] / "evidence.json").read_text())
    evidence = {numbers["method"]: numbers for numbers in [first, *first.get("others", [])]}
    return [{m: pixel_map(numpy.load(place / f"{m}.npy")) for m in methods} for place in places], evidence


def evaluated(sitegen, picture, mask, name, methods, folder):
    """What `sitegen evaluate` says of a data set of this one thing, by method."""
    file, _, colour = mask.partition("#")
    shutil.copy(picture, f"{folder}/picture.png")
    shutil.copy(file, f"{folder}/mask.png")
    Path(f"{folder}/truth.csv").write_text(f"file,class,mask\npicture.png,{name},mask.png#{colour}\n")
    command = [sitegen, "evaluate", "--model", CARD, "--dataset", folder, "--json", f"{folder}/report.json"]
    for method in methods:
        command += ["--method", method]
    command += ["--store", f"{folder}/store"]
    subprocess.run(command, check=True, capture_output=True)
    return {entry["method"]: entry["measures"] for entry in json.loads(Path(f"{folder}/report.json").read_text())["entries"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("picture")
    parser.add_argument("mask")
    parser.add_argument("name", metavar="class")
    parser.add_argument("--sitegen", default=".build/release/sitegen")
    parser.add_argument("--method", nargs="+", default=["grad-cam", "hires-cam", "signed", "integrated-gradients"])
    options = parser.parse_args()
    model, index = network(), class_names().index(options.name)
    picture = torch.from_numpy(read_image(options.picture).copy()).permute(2, 0, 1)[None] / 255
    picture = (picture - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(STD).view(3, 1, 1)
    with torch.no_grad():
        other = class_names()[model(picture).argmin()]
    file, _, colour = options.mask.partition("#")
    inside = (read_image(file) == tuple(bytes.fromhex(colour))).all(2)
    with tempfile.TemporaryDirectory() as folder:
        (maps, others), evidence = explained(
            options.sitegen, options.picture, [options.name, other], options.method, f"{folder}/maps"
        )
        report = evaluated(options.sitegen, options.picture, options.mask, options.name, options.method, folder)
    print(f"{'':22}{'':16}{'sitegen':>12}{'Quantus':>12}")
    for method in options.method:
        ours, values = evidence[method], maps[method]
        deletion = curve(model, picture, torch.zeros_like(picture), values, index, ours["step"])
        insertion = curve(model, blurred(picture), picture, values, index, ours["step"])
        pointing, energy = located(values, inside)
        spearman, similarity = alike(values, others[method])
        worst = lambda name, points: numpy.abs(numpy.subtract(ours[name], points)).max()
        for what, our, their in (
            ("deletion", ours["deletion_auc"], deletion[1]), ("insertion", ours["insertion_auc"], insertion[1]),
            ("curves differ by", 0, max(worst("deletion", deletion[0]), worst("insertion", insertion[0]))),
            ("pointing", report[method]["pointing"]["mean"], pointing),
            ("energy", report[method]["energy"]["mean"], energy),
            ("Spearman's ρ", ours["class_sensitivity"]["spearman"], spearman),
            ("SSIM", ours["class_sensitivity"]["ssim"], similarity),
        ):
            print(f"{method:22}{what:16}{our:12.6f}{their:12.6f}")


if __name__ == "__main__":
    main()
