"""Goes on with a trained network that answers questions, which is weak in colours yet.

    python train_colours.py --frames DATA/described --start ../../../tabletop-answers/model.onnx \
        --output ../../../tabletop-answers --epochs 12

The eight convolutions stay as they are now. The ninth is also asked, in the middle of each thing that has a colour, for that
colour, by a layer that is thrown away afterwards. Questions are asked as before, more of them about colours.
"""

import argparse
import random
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from answers import Answers
from exporting import export, load
from questions import ANSWERS, LENGTH, asked, vocabulary, what_colour
from scene import read_pictures, read_scenes
from training import DEVICE, normalised, options, train
from train_answers import PER_EPOCH, mirrored
from words import COLOURS

# Questions of all kinds that are thought up about a picture, and about its colours alone.
ALL_KINDS, COLOURS_ALONE = 24, 12
# Places across the maps.
SIZE = 16
# In the middle of a doughnut is a hole.
HOLLOW = ("doughnut",)


def colours(scenes):
    """For each of five things, the place of its middle in the maps, [N, 5, 2] (across, down), and its colour or -1, [N, 5]."""
    places, names = torch.zeros(len(scenes), 5, 2, dtype=torch.long), torch.full((len(scenes), 5), -1)
    for row, scene in enumerate(scenes):
        for i, thing in enumerate(scene.things):
            left, top, right, bottom = thing.box
            middle = torch.tensor([left + right, top + bottom]) / 2 * SIZE
            places[row, i] = middle.long().clamp(0, SIZE - 1)
            if thing.colour and thing.name not in HOLLOW:
                names[row, i] = COLOURS.index(thing.colour)
    return places, names


def thought_up(scene, thought):
    about_colours = [q for q in (what_colour(scene, thought) for _ in range(COLOURS_ALONE)) if q]
    return (asked(scene, thought, ALL_KINDS) + about_colours + asked(scene, thought, COLOURS_ALONE))[: ALL_KINDS + COLOURS_ALONE]


def main():
    chosen = options(argparse.ArgumentParser())
    torch.manual_seed(2)
    scenes, words, thought = read_scenes(chosen.frames), vocabulary(), random.Random(2)
    network = Answers(len(words), len(ANSWERS))
    load(network, chosen.start)
    network.look.requires_grad_(False)

    # Every other picture is mirrored; they need be looked at only once.
    flip = torch.arange(len(scenes)) % 2 == 1
    pictures = read_pictures(chosen.frames, scenes)
    pictures[flip] = pictures[flip].flip(3)
    with torch.no_grad(), torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cpu"):
        network.look.to(DEVICE)
        seen = torch.cat([network.look(normalised(p.to(DEVICE))).to(torch.bfloat16) for p in pictures.split(100)])
    questions = [thought_up(scene, thought) for scene in scenes]
    texts = torch.tensor([[words.encoded(q.text, LENGTH) for q in row] for row in questions])
    texts[flip] = mirrored(words)[texts[flip]]
    truth = torch.tensor([[ANSWERS.index(q.answer) for q in row] for row in questions])
    places, names = colours(scenes)
    places[flip, :, 0] = SIZE - 1 - places[flip, :, 0]
    places = places[:, :, 1] * SIZE + places[:, :, 0]
    texts, truth, places, names = (x.to(DEVICE) for x in (texts, truth, places, names))
    network.colour = nn.Conv2d(network.read.conv9.out_channels, len(COLOURS), 1)

    def loss(indices):
        which = torch.rand(len(indices), texts.shape[1], device=DEVICE).argsort(1)[:, :PER_EPOCH]
        rows = indices[:, None]
        maps = network.read(seen[indices].float())
        logits = network.answered(maps, texts[rows, which].flatten(0, 1))
        middles = network.colour(maps).flatten(2).gather(2, places[indices][:, None].expand(-1, len(COLOURS), -1))
        return F.cross_entropy(logits.float(), truth[rows, which].flatten()) + F.cross_entropy(
            middles.float(), names[indices], ignore_index=-1
        )

    train(network, len(scenes), loss, chosen)
    del network.colour
    export(
        network, Path(chosen.output) / "model.onnx",
        {"question": torch.tensor([words.encoded("what is left of the mug", LENGTH)])}, "answer",
    )


if __name__ == "__main__":
    main()
