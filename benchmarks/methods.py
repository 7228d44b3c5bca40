"""Times each method of sitegen's beside Captum or pytorch-grad-cam, by turns, and prints a table of ratios.

    pip install torch torchvision captum grad-cam onnx
    swift build -c release --product saliency-bench --product sitegen
    python benchmarks/methods.py [--networks NAME …] [--methods NAME …] [--rounds N] [--references FOLDER]

The networks are torchvision's with random weights; pictures are 224×224, one class is explained. Methods that ask a network about
many pictures have that batch size of 1, 4 and 16 at which PyTorch takes least time a picture. A figure is the least time of three runs,
or that of one where it takes long; a ratio is the peer's time divided by sitegen's, by rounds. Threads of both sleep while they wait
(OMP_WAIT_POLICY), which is fair where other programs run.

With --references, a folder of networks with `input.npy` and the maps that PyTorch makes of it, it prints how far sitegen's maps are
from those: max|a − b| / max|b|.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

# Before PyTorch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy
import pytorch_grad_cam
import torch
from captum import attr
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

from peers import network

LAYERS = {
    "squeezenet1_0": lambda m: m.features[12],
    "mobilenet_v2": lambda m: m.features[18],
    "resnet50": lambda m: m.layer4[-1],
}
ROOT = Path(__file__).parent.parent / ".build/release"
CLASS = 3
# Seconds beyond which a run is not repeated.
LONG = 5


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def least(measure):
    """The least time of three runs, which others on the machine disturb least, or that of one long run."""
    first = measure()
    return first if first > LONG else min(first, measure(), measure())


class Peers:
    """What the libraries offer for each of sitegen's methods, for one network."""

    def __init__(self, name):
        self.name = name
        torch.manual_seed(1)
        self.picture = torch.randn(1, 3, 224, 224)
        model = network(name)
        self.forward_batch = self.best_batch(model, gradients=False)
        self.gradient_batch = self.best_batch(model, gradients=True)

    def best_batch(self, model, gradients):
        def run(size):
            batch = self.picture.repeat(size, 1, 1, 1).requires_grad_(gradients)
            with torch.set_grad_enabled(gradients):
                scores = model(batch)
            if gradients:
                scores[:, CLASS].sum().backward()

        run(1)
        return min((1, 4, 16), key=lambda size: seconds(lambda: run(size)) / size)

    def cam(self, kind):
        model = network(self.name)
        cam = kind(model=model, target_layers=[LAYERS[self.name](model)])
        cam.batch_size = self.forward_batch
        return lambda: cam(input_tensor=self.picture, targets=[ClassifierOutputTarget(CLASS)])

    def captum(self, kind, **arguments):
        attribution = kind(network(self.name))
        return lambda: attribution.attribute(self.picture.clone().requires_grad_(True), target=CLASS, **arguments)

    def smooth(self):
        tunnel = attr.NoiseTunnel(attr.Saliency(network(self.name)))
        deviation = 0.15 * float(self.picture.max() - self.picture.min())
        return lambda: tunnel.attribute(
            self.picture.clone().requires_grad_(True), target=CLASS, nt_samples=25,
            nt_samples_batch_size=min(25, self.gradient_batch), stdevs=deviation, abs=False)

    def work(self, method):
        """The library and what it does for a method."""
        cams = {
            "grad-cam": "GradCAM", "grad-cam-plus-plus": "GradCAMPlusPlus", "xgrad-cam": "XGradCAM",
            "hires-cam": "HiResCAM", "layer-cam": "LayerCAM", "eigen-cam": "EigenCAM", "score-cam": "ScoreCAM",
        }
        if method in cams:
            return "pytorch-grad-cam", self.cam(getattr(pytorch_grad_cam, cams[method]))
        return "Captum", {
            "gradient": lambda: self.captum(attr.Saliency, abs=False),
            "guided-backprop": lambda: self.captum(attr.GuidedBackprop),
            "deconvnet": lambda: self.captum(attr.Deconvolution),
            "input-x-gradient": lambda: self.captum(attr.InputXGradient),
            "integrated-gradients": lambda: self.captum(
                attr.IntegratedGradients, n_steps=50, method="riemann_middle",
                internal_batch_size=self.gradient_batch),
            "smooth-grad": self.smooth,
            "occlusion": lambda: self.captum(
                attr.Occlusion, sliding_window_shapes=(3, 16, 16), strides=(3, 8, 8), baselines=0,
                perturbations_per_eval=self.forward_batch),
        }[method]()


METHODS = [
    "grad-cam", "grad-cam-plus-plus", "xgrad-cam", "hires-cam", "layer-cam", "eigen-cam", "gradient", "guided-backprop",
    "deconvnet", "input-x-gradient", "smooth-grad", "integrated-gradients", "occlusion", "score-cam",
]


def ours(path, method, threads):
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads))
    command = [ROOT / "saliency-bench", path, "--classes", "1", "--method", method, "--runs", "1"]
    result = json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)[0]
    return result["methodMilliseconds"][method] / 1000


def compare(options):
    print("| network | method | library | its seconds | sitegen, seconds | ratio | of rounds |")
    print("| --- | --- | --- | ---: | ---: | ---: | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.networks:
            path = f"{folder}/{name}.onnx"
            torch.onnx.export(network(name), torch.randn(1, 3, 224, 224), path, dynamo=False, opset_version=17)
            peers = Peers(name)
            for method in options.methods:
                library, work = peers.work(method)
                work() if method != "score-cam" else None
                theirs, mine = [], []
                while len(theirs) < options.rounds:
                    theirs.append(least(lambda: seconds(work)))
                    mine.append(least(lambda: ours(path, method, options.threads)))
                    if theirs[-1] > 4 * LONG:
                        break
                ratios = sorted(a / b for a, b in zip(theirs, mine))
                spread = f"{ratios[0]:.1f} to {ratios[-1]:.1f}" if len(ratios) > 1 else "one round"
                print(
                    f"| {name} | {method} | {library} | {statistics.median(theirs):.3f} | {statistics.median(mine):.3f} "
                    f"| {statistics.median(ratios):.1f} | {spread} |", flush=True)
            print(f"<!-- {name}: batches of {peers.forward_batch} forward, {peers.gradient_batch} back -->", flush=True)


# What the references are called where that is not the method's name.
NAMES = {"grad-cam": "layer0-gradcam", "guided-backprop": "guided", "gradient": "gradient"}


def deviation(program, folder, network, method):
    """max|a − b| / max|b|; None where there is no reference."""
    place = Path(folder) / network["name"]
    reference = next(
        (path for path in (place / f"methods/{method}.npy", place / f"{NAMES.get(method, method)}.npy") if path.exists()),
        None)
    if reference is None:
        return None
    with tempfile.TemporaryDirectory() as output:
        command = [
            program, "explain", place / "input.npy", "--model", place / "model.onnx", "--class",
            f"index:{network['target']}", "--layer", network["layers"][0]["tensor"], "--method", method, "--arrays",
            "--output", output]
        subprocess.run(command, capture_output=True, check=True)
        found = numpy.load(f"{output}/{network['target']}/{method}.npy")
    wanted = numpy.load(reference).reshape(found.shape)
    return float(abs(found - wanted).max() / abs(wanted).max())


def parity(program, folder):
    networks = [n for n in json.loads((Path(folder) / "index.json").read_text())
                if (Path(folder) / n["name"] / "methods").exists()]
    print("| method | " + " | ".join(n["name"] for n in networks) + " |")
    print("| --- |" + " ---: |" * len(networks))
    # SmoothGrad adds noise of another generator.
    for method in [name for name in METHODS if name != "smooth-grad"] + ["signed"]:
        numbers = [deviation(program, folder, network, method) for network in networks]
        if any(number is not None for number in numbers):
            print(f"| {method} | " + " | ".join("" if n is None else f"{n:.1e}" for n in numbers) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--networks", nargs="*", default=list(LAYERS), choices=list(LAYERS))
    parser.add_argument("--methods", nargs="+", default=METHODS, choices=METHODS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--references")
    parser.add_argument("--sitegen", default=ROOT / "sitegen")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(options.threads)
    if options.references:
        parity(options.sitegen, options.references)
        print()
    if options.networks:
        compare(options)


if __name__ == "__main__":
    main()
