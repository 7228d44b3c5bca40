"""Trains the network that answers questions.

    python train_answers.py --frames DATA/described --start ../../model.onnx --output ../../../tabletop-answers --epochs 12

Beside its answers, the network is told two things that it needs on the way: where the things are that a question names, and what
is in the middle of each thing; for the latter by a layer that is thrown away afterwards. Then what the convolutions give is kept,
so that each picture need be looked at only once, and what is behind them goes on.

With --blind every picture is grey: what such a network knows, it knows from the questions alone.
"""

import argparse
import copy
import random
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from answers import MAPS, SIZE, Answers
from exporting import export
from places import MOST, Places, inside, middles, placed
from questions import ANSWERS, LENGTH, asked, vocabulary
from scene import class_names, read_pictures, read_scenes
from training import DEVICE, changed, moves, normalised, options, train
from words import COLOURS

# Questions that are thought up about a picture, and how many of them are asked in an epoch.
THOUGHT_UP, PER_EPOCH = 40, 6
# How much it counts, beside an answer, where the network looks and what it sees there.
WHERE, WHAT = 0.3, 0.5
# How long, and how fast, what is behind the convolutions goes on.
EPOCHS_BEHIND, RATE_BEHIND = 4, 2e-3


class Asked:
    """The questions about each picture, [N, 40, 12], their answers, [N, 40], and which things they name, bool [N, 40, 5]."""

    def __init__(self, scenes, words):
        thought = random.Random(1)
        questions = [asked(scene, thought, THOUGHT_UP) for scene in scenes]
        self.texts = torch.tensor([[words.encoded(q.text, LENGTH) for q in row] for row in questions], device=DEVICE)
        self.truth = torch.tensor([[ANSWERS.index(q.answer) for q in row] for row in questions], device=DEVICE)
        self.named = torch.tensor([[[i in q.named for i in range(MOST)] for q in row] for row in questions], device=DEVICE)
        # Where each word goes in a question about a mirrored picture.
        self.mirror = torch.arange(len(words), device=DEVICE)
        left, right = words.index["left"], words.index["right"]
        self.mirror[left], self.mirror[right] = right, left

    def some(self, indices, flip):
        """Some of the questions about some pictures, which are mirrored where `flip`."""
        rows, which = indices[:, None], torch.rand(len(indices), THOUGHT_UP, device=DEVICE).argsort(1)[:, :PER_EPOCH]
        texts = self.texts[rows, which]
        return torch.where(flip[:, None, None], self.mirror[texts], texts), self.truth[rows, which], self.named[rows, which]


def wrong(logits, truth):
    return F.cross_entropy(logits.float().flatten(0, 1), truth.flatten())


def where(looked, named, boxes):
    """How little of what was looked at, [N, M, 256], lies in the boxes of what is named, bool [N, M, 5], if it is there."""
    region = (named[..., None] & inside(boxes, SIZE)[:, None]).any(2)
    found = (looked.float() * region).sum(2)
    return -torch.log(found[region.any(2)] + 1e-4).mean()


def what(seen, kinds, colours, boxes):
    """How little the maps, [N, 12 + 10, 16, 16], tell of kind and colour in the middle of each thing."""
    middle = middles(boxes, SIZE)[:, None].expand(-1, seen.shape[1], -1)
    kind, colour = seen.float().flatten(2).gather(2, middle).split([len(class_names()), len(COLOURS)], 1)
    return F.cross_entropy(kind, kinds, ignore_index=-1) + F.cross_entropy(colour, colours, ignore_index=-1)


def train_blind(network, questions, count, chosen):
    """All questions are about one grey picture."""

    def loss(indices):
        texts, truth, _ = questions.some(indices, torch.zeros(len(indices), dtype=torch.bool, device=DEVICE))
        maps = network.maps(torch.zeros(1, 3, 128, 128, device=DEVICE)).expand(len(indices), -1, -1, -1)
        return wrong(network.answered(maps, texts)[0], truth)

    train(network, count, loss, chosen)


def train_seeing(network, questions, places, pictures, chosen):
    network.middle = nn.Conv2d(MAPS, len(class_names()) + len(COLOURS), 1)
    network.to(memory_format=torch.channels_last)

    def loss(indices):
        flip = torch.rand(len(indices), device=DEVICE) < 0.5
        move = moves(flip)
        texts, truth, named = questions.some(indices, flip)
        maps = network.maps(changed(pictures[indices], move))
        logits, looked = network.answered(maps, texts)
        boxes = placed(places.boxes[indices], move)
        seen = what(network.middle(maps), places.kinds[indices], places.colours[indices], boxes)
        return wrong(logits, truth) + WHERE * where(looked, named, boxes) + WHAT * seen

    train(network, len(pictures), loss, chosen)
    del network.middle


@torch.no_grad()
def mirrored_and_seen(network, pictures, boxes):
    """Every other picture is mirrored: which, bool [N], and all pictures' maps and boxes."""
    flip = torch.arange(len(pictures), device=DEVICE) % 2 == 1
    pictures = torch.where(flip[:, None, None, None], pictures.flip(3), pictures)
    mirrored = boxes[:, :, [2, 1, 0, 3]] * torch.tensor([-1, 1, -1, 1], device=DEVICE) + torch.tensor([1, 0, 1, 0], device=DEVICE)
    network.to(DEVICE)
    with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cpu"):
        maps = torch.cat([network.maps(normalised(some)) for some in pictures.split(100)])
    return flip, maps, torch.where(flip[:, None, None], mirrored, boxes)


def train_behind(network, questions, flip, maps, boxes, chosen):
    def loss(indices):
        texts, truth, named = questions.some(indices, flip[indices])
        logits, looked = network.answered(maps[indices], texts)
        return wrong(logits, truth) + WHERE * where(looked, named, boxes[indices])

    chosen = copy.copy(chosen)
    chosen.epochs, chosen.rate = EPOCHS_BEHIND, RATE_BEHIND
    train(network, len(maps), loss, chosen)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--blind", action="store_true")
    chosen = options(parser)
    torch.manual_seed(1)
    scenes, words = read_scenes(chosen.frames), vocabulary()
    questions = Asked(scenes, words)
    network = Answers(len(words), len(ANSWERS), chosen.start)
    if chosen.blind:
        train_blind(network, questions, len(scenes), chosen)
    else:
        pictures, places = read_pictures(chosen.frames, scenes).to(DEVICE), Places(scenes, DEVICE)
        train_seeing(network, questions, places, pictures, chosen)
        train_behind(network, questions, *mirrored_and_seen(network, pictures, places.boxes), chosen)
    output = Path(chosen.output)
    output.mkdir(parents=True, exist_ok=True)
    words.write(output / "vocabulary.txt")
    (output / "labels.txt").write_text("".join(f"{answer}\n" for answer in ANSWERS))
    question = torch.tensor([words.encoded("what is left of the mug", LENGTH)])
    export(network.to(memory_format=torch.contiguous_format), output / "model.onnx", {"question": question}, "answer")


if __name__ == "__main__":
    main()
