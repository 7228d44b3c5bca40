"""The vision transformer and the convolutional network on the same held-out pictures.

    python evaluate_vit.py --vit ../../../tabletop-vit/model.onnx --tabletop ../../model.onnx --data DATA

A picture counts as right if every class that is in it stands above every class that is not; for one kind of object that
is the highest logit.
"""

import argparse
from pathlib import Path

import numpy
import torch

import above
from exporting import session
from frames import frame_path, read_image, read_labels
from scene import class_names, read_scenes
from training import normalised


def pictures(data):
    """(name of the set, path of the picture, its classes)"""
    for count in (1, 2, 3):
        folder = data / f"test-{count}"
        for number, (_, classes) in read_labels(folder).items():
            if len(classes) == count:
                yield f"test-{count}", frame_path(folder, number), classes
    for scene in read_scenes(data / "described-test"):
        classes = [class_names().index(name) for name in scene.kinds()]
        yield f"described-test, {len(classes)} kind(s)", frame_path(data / "described-test", scene.number), classes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vit", required=True)
    parser.add_argument("--tabletop", required=True)
    parser.add_argument("--data", required=True, type=Path)
    options = parser.parse_args()
    sessions = {name: session(getattr(options, name)) for name in ("vit", "tabletop")}
    right = {}
    for name, path, classes in pictures(options.data):
        image = normalised(torch.from_numpy(read_image(path).copy()).permute(2, 0, 1)[None]).numpy()
        for network, run in sessions.items():
            logits = run.run(None, {"image": image})[0][0]
            others = numpy.delete(logits, classes)
            right.setdefault(name, {}).setdefault(network, []).append(logits[classes].min() > others.max())
    for name, answers in right.items():
        print(f"{name}: " + ", ".join(f"{n} {100 * numpy.mean(a):.1f} % of {len(a)}" for n, a in answers.items()))


if __name__ == "__main__":
    main()
