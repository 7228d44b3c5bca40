"""Trains the small vision transformer to name what is on the table.

    python train_vit.py --frames DATA/described --start ../../model.onnx --output ../../../tabletop-vit --epochs 40
"""

import argparse
from pathlib import Path

import torch
from torch.nn import functional as F

from exporting import export
from scene import class_names, read_pictures, read_scenes
from training import DEVICE, changed, moves, options, train
from vit import VisionTransformer


def main():
    chosen = options(argparse.ArgumentParser())
    torch.manual_seed(1)
    scenes, names = read_scenes(chosen.frames), class_names()
    pictures = read_pictures(chosen.frames, scenes).to(DEVICE)
    # As tabletop: the probability 1, shared evenly by the classes that are in the picture.
    targets = torch.tensor([[float(name in scene.kinds()) for name in names] for scene in scenes], device=DEVICE)
    targets = targets / targets.sum(1, keepdim=True)
    network = VisionTransformer(len(names), chosen.start)

    def loss(indices):
        flip = torch.rand(len(indices), device=DEVICE) < 0.5
        logits = network(changed(pictures[indices], moves(flip)))
        return F.cross_entropy(logits.float(), targets[indices])

    train(network, len(scenes), loss, chosen)
    output = Path(chosen.output)
    output.mkdir(parents=True, exist_ok=True)
    export(network, output / "model.onnx", {}, "logits")


if __name__ == "__main__":
    main()
