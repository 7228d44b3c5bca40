"""Trains the network that answers questions.

    python train_answers.py --frames DATA/described --start ../../model.onnx --output ../../../tabletop-answers --epochs 30

With --blind every picture is grey: what such a network knows, it knows from the questions alone.
"""

import argparse
import random
from pathlib import Path

import torch
from torch.nn import functional as F

from answers import Answers
from exporting import export
from questions import ANSWERS, LENGTH, asked, vocabulary
from scene import read_pictures, read_scenes
from training import DEVICE, changed, options, train

# Questions that are thought up about a picture, and how many of them are asked in an epoch.
THOUGHT_UP, PER_EPOCH = 40, 6


def mirrored(words):
    """Where each word goes in a question about the mirrored picture: left and right change places."""
    table = torch.arange(len(words))
    table[words.index["left"]], table[words.index["right"]] = words.index["right"], words.index["left"]
    return table


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--blind", action="store_true")
    chosen = options(parser)
    torch.manual_seed(1)
    scenes, words, thought = read_scenes(chosen.frames), vocabulary(), random.Random(1)
    pictures = read_pictures(chosen.frames, scenes).to(DEVICE)
    questions = [asked(scene, thought, THOUGHT_UP) for scene in scenes]
    texts = torch.tensor([[words.encoded(q.text, LENGTH) for q in row] for row in questions], device=DEVICE)
    truth = torch.tensor([[ANSWERS.index(q.answer) for q in row] for row in questions], device=DEVICE)
    mirror = mirrored(words).to(DEVICE)
    network = Answers(len(words), len(ANSWERS), chosen.start)

    def loss(indices):
        flip = torch.rand(len(indices), device=DEVICE) < 0.5
        which = torch.rand(len(indices), THOUGHT_UP, device=DEVICE).argsort(1)[:, :PER_EPOCH]
        rows = indices[:, None]
        text = texts[rows, which]
        text = torch.where(flip[:, None, None], mirror[text], text).flatten(0, 1)
        # All questions about one grey picture, or each about its own.
        image = torch.zeros(1, 3, 128, 128, device=DEVICE) if chosen.blind else changed(pictures[indices], flip)
        logits = network(image, text)
        return F.cross_entropy(logits.float(), truth[rows, which].flatten())

    train(network, len(scenes), loss, chosen)
    output = Path(chosen.output)
    output.mkdir(parents=True, exist_ok=True)
    words.write(output / "vocabulary.txt")
    (output / "labels.txt").write_text("".join(f"{answer}\n" for answer in ANSWERS))
    export(network, output / "model.onnx", {"question": torch.tensor([words.encoded("what is left of the mug", LENGTH)])}, "answer")


if __name__ == "__main__":
    main()
