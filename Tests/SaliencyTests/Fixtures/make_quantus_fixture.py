"""Writes quantus.json: what Quantus 0.6 says of maps of noise for the project's own network.

    python make_quantus_fixture.py

Picture and maps are made from numbers that a test makes in the same way. `benchmarks/quantus_metrics.py` says how Quantus is asked.
"""

import json
import sys
from pathlib import Path

import numpy
import torch

here = Path(__file__).parent
sys.path.insert(0, str(here.parents[2] / "benchmarks"))
from quantus_metrics import alike, blurred, curve, located, network  # noqa: E402

SIZE, CLASS, STEP = 128, 8, 512
SEEDS = range(2, 10)


def noise(count, seed):
    state, values = (seed * 7919 + 1) % 2**32, numpy.empty(count, numpy.float32)
    for i in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values[i] = ((state - 2**32 if state >= 2**31 else state) >> 8) / 2**23
    return values


def squares(count, seed):
    """`count` channels of 16 × 16 squares of 8 × 8 pixels."""
    return noise(count * 256, seed).reshape(count, 16, 16).repeat(8, 1).repeat(8, 2)


def made(seed):
    """Squares, with a grain by which their pixels have an order."""
    return squares(1, seed)[0] + noise(SIZE * SIZE, seed + 100).reshape(SIZE, SIZE) / numpy.float32(1024)


def normalised(values):
    return (values - values.min()) / (values.max() - values.min())


picture, model = torch.from_numpy(squares(3, 1))[None], network()
down, across = numpy.mgrid[:SIZE, :SIZE] + 0.5
inside = (across - 48) ** 2 + (down - 72) ** 2 < 40**2
# The numbers are those of the test, in single precision; what is reckoned with them is in double.
maps = {seed: made(seed).astype(float) for seed in SEEDS}
ranges = {seed: normalised(made(seed)).astype(float) for seed in SEEDS}
deletion = curve(model, picture, torch.zeros_like(picture), maps[2], CLASS, STEP)
insertion = curve(model, blurred(picture), picture, maps[2], CLASS, STEP)
answers = {
    "curves": {
        "seed": 2, "classIndex": CLASS, "step": STEP, "deletion": deletion[0], "deletionAuc": deletion[1],
        "insertion": insertion[0], "insertionAuc": insertion[1],
    },
    "located": [
        {"seed": seed, "isPointed": pointing, "energy": energy}
        for seed, (pointing, energy) in ((seed, located(values, inside)) for seed, values in maps.items())
    ],
    "alike": [
        {"seeds": [a, b], "spearman": spearman, "ssim": similarity}
        for a, b in zip(SEEDS, SEEDS[1:])
        for spearman, similarity in [alike(ranges[a], ranges[b])]
    ],
}
(here / "quantus.json").write_text(json.dumps(answers, indent=1) + "\n")
