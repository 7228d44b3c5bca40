"""The pointing game with the maps of sitegen itself, on held-out frames whose objects are known to the pixel.

    python pointing.py --data DATA --sitegen ../../../../.build/debug/sitegen

For each picture and each class in it, `sitegen explain` writes the Grad-CAM map; a hit is a map whose maximum, after
enlarging to the picture's size, lies on that object.
"""

import argparse
from pathlib import Path

import numpy
import torch

from evaluate import MASK_COLOURS
from frames import class_names, frame_path, read_image, read_labels
from maps import explain
from network import SIZE


def enlarged(cam):
    """A map of any size as [SIZE, SIZE], by bilinear interpolation between the centres of its places."""
    cam = torch.from_numpy(cam)[None, None]
    return torch.nn.functional.interpolate(cam, (SIZE, SIZE), mode="bilinear", align_corners=False)[0, 0].numpy()


def play(sitegen, folder, count):
    """Hits and misses, by class, in the frames of a folder that hold exactly `count` objects."""
    hits = {name: [] for name in class_names()}
    for number, (_, classes) in read_labels(folder).items():
        if len(classes) != count:
            continue
        mask = read_image(frame_path(f"{folder}-masks", number))
        maps = [enlarged(m["grad-cam"]) for m in explain(sitegen, frame_path(folder, number), classes, ["grad-cam"])]
        for index, cam, colour in zip(classes, maps, MASK_COLOURS):
            inside = (mask == colour).all(2)
            if inside.any():
                hits[class_names()[index]].append(bool(inside[numpy.unravel_index(cam.argmax(), cam.shape)]))
    return hits


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--sitegen", required=True)
    options = parser.parse_args()
    for count in (1, 2, 3):
        hits = play(options.sitegen, options.data / f"test-{count}", count)
        every = sum(hits.values(), [])
        print(f"{count} object(s): {100 * sum(every) / len(every):.1f} % of {len(every)}", flush=True)
        print("  " + ", ".join(f"{name} {100 * sum(h) / max(1, len(h)):.0f}" for name, h in hits.items()), flush=True)


if __name__ == "__main__":
    main()
