"""Trains the network that writes captions.

    python train_captions.py --frames DATA/described --start ../../model.onnx --output ../../../tabletop-captions --epochs 30
"""

import argparse
from pathlib import Path

import torch
from torch.nn import functional as F

from captioner import Captioner
from captions import encoded, vocabulary
from exporting import export
from scene import read_pictures, read_scenes
from training import DEVICE, changed, moves, options, train


def main():
    chosen = options(argparse.ArgumentParser())
    torch.manual_seed(1)
    scenes, words = read_scenes(chosen.frames), vocabulary()
    pictures = read_pictures(chosen.frames, scenes).to(DEVICE)
    captions = torch.tensor([encoded(scene, words) for scene in scenes], device=DEVICE)
    network = Captioner(len(words), chosen.start)

    def loss(indices):
        # No caption tells left from right, so every picture may be mirrored.
        flip = torch.rand(len(indices), device=DEVICE) < 0.5
        rows = captions[indices]
        logits = network(changed(pictures[indices], moves(flip)), rows[:, :-1])
        return F.cross_entropy(logits.float().flatten(0, 1), rows[:, 1:].flatten(), ignore_index=0)

    train(network, len(scenes), loss, chosen)
    output = Path(chosen.output)
    output.mkdir(parents=True, exist_ok=True)
    words.write(output / "vocabulary.txt")
    export(network, output / "model.onnx", {"caption": captions[:1, :-1].cpu()}, "words")


if __name__ == "__main__":
    main()
