"""Compares the honest and the shortcut network on their own pictures and on each other's.

    python shortcut.py --data DATA --tabletop ../model.onnx --shortcut ../../tabletop-shortcut/model.onnx
"""

import argparse
from pathlib import Path

import torch

from evaluate import normalised
from export import load
from frames import class_names, frame_path, read_image, read_labels

SETS = {
    "shortcut-test": "single objects in the shortcut's world (every mug on the cloth, nothing else on it)",
    "test-1": "single objects in the honest world",
    "honest-mug": "mugs, never on the cloth",
    "honest-cloth": "other single objects, all on the cloth",
}


def main():
    parser = argparse.ArgumentParser()
    for name in ("data", "tabletop", "shortcut"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    torch.set_num_threads(2)
    mug = class_names().index("mug")
    for folder, story in SETS.items():
        folder = Path(options.data) / folder
        frames = [(n, classes[0]) for n, (_, classes) in read_labels(folder).items() if len(classes) == 1]
        pictures = torch.cat([normalised(read_image(frame_path(folder, n))) for n, _ in frames])
        truth = torch.tensor([c for _, c in frames])
        print(f"{story}: {len(frames)} frames")
        for name in ("tabletop", "shortcut"):
            with torch.no_grad():
                answer = load(getattr(options, name))(pictures).argmax(1)
            right, mugs = (answer == truth).float().mean(), ((answer == mug) & (truth != mug)).sum() / (truth != mug).sum().clamp_min(1)
            print(f"  {name:9} right {100 * right:.1f} %, other objects called a mug {100 * mugs:.1f} %")


if __name__ == "__main__":
    main()
