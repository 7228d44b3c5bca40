"""Times sitegen's engine beside Captum and pytorch-grad-cam, which take turns, and prints a table.

    pip install torch torchvision captum grad-cam onnx onnxscript
    swift build -c release --product saliency-bench
    python benchmarks/peers.py [--networks NAME …] [--rounds N] [--threads N]

The networks are torchvision's with random weights; pictures are 224×224. An explanation is guided backpropagation,
Grad-CAM and Guided Grad-CAM of one class. Figures are medians of all rounds, in milliseconds.
"""

import argparse
import copy
import json
import os
import statistics
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import torch
import torchvision
from captum.attr import GuidedGradCam
from pytorch_grad_cam import GradCAM, GuidedBackpropReLUModel
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

LAYERS = {
    "squeezenet1_0": lambda m: m.features[12],
    "mobilenet_v2": lambda m: m.features[18],
    "googlenet": lambda m: m.inception5b,
    "densenet121": lambda m: m.features.norm5,
    "resnet50": lambda m: m.layer4[-1],
    "vgg16": lambda m: m.features[29],
}
BENCH = Path(__file__).parent.parent / ".build/release/saliency-bench"
CLASS = 3


def network(name):
    torch.manual_seed(0)
    extra = {"init_weights": False} if name == "googlenet" else {}
    model = getattr(torchvision.models, name)(weights=None, **extra).eval()
    for module in model.modules():
        if isinstance(module, (torch.nn.ReLU, torch.nn.ReLU6)):
            module.inplace = False
    return model


def milliseconds(work):
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


class Peers:
    """One network in both libraries, warmed up."""

    def __init__(self, model, layer):
        self.picture = torch.randn(1, 3, 224, 224)
        self.captum = GuidedGradCam(model, layer(model))
        # These leave hooks and modules of their own in a model.
        hooked, replaced = copy.deepcopy(model), copy.deepcopy(model)
        self.grad_cam = GradCAM(model=hooked, target_layers=[layer(hooked)])
        self.guided = GuidedBackpropReLUModel(model=replaced, device="cpu")
        self.run_captum()
        self.run_grad_cam()

    def run_captum(self):
        self.captum.attribute(self.picture.clone().requires_grad_(True), CLASS)

    def run_grad_cam(self):
        self.grad_cam(input_tensor=self.picture, targets=[ClassifierOutputTarget(CLASS)])
        self.guided(self.picture.clone(), target_category=CLASS)


def ours(path, threads):
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OMP_WAIT_POLICY="active")
    command = [BENCH, path, "--classes", "1", "--classes", "10", "--runs", "7"]
    result = json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)[0]
    return result["explanationMilliseconds"]["1"], result["explanationMilliseconds"]["10"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--networks", nargs="+", default=list(LAYERS), choices=list(LAYERS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(options.threads)
    print("| network | Captum | pytorch-grad-cam | sitegen | ratios | ten classes | ratios, per class |")
    print("| --- | ---: | ---: | ---: | --- | ---: | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.networks:
            path = f"{folder}/{name}.onnx"
            torch.onnx.export(network(name), torch.randn(1, 3, 224, 224), path, dynamo=False, opset_version=17)
            peers = Peers(network(name), LAYERS[name])
            captum, grad_cam, one, ten = [], [], [], []
            for _ in range(options.rounds):
                captum += [milliseconds(peers.run_captum) for _ in range(5)]
                grad_cam += [milliseconds(peers.run_grad_cam) for _ in range(3)]
                times = ours(path, options.threads)
                one.append(times[0])
                ten.append(times[1])
            a, b, c, d = map(statistics.median, (captum, grad_cam, one, ten))
            print(
                f"| {name} | {a:.0f} | {b:.0f} | {c:.0f} | {a / c:.1f}, {b / c:.1f} "
                f"| {d:.0f} | {10 * a / d:.1f}, {10 * b / d:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
