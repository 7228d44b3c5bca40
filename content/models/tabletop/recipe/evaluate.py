"""Measures an exported network on held-out frames whose objects are known to the pixel.

    python evaluate.py --model ../model.onnx --data DATA [--confusion confusion.png] [--threshold 0.15]

top-1            single-object frames: the highest logit is the object's class
all above all    frames with N objects: every present class ranks above every absent one
pointing game    the maximum of the upsampled Grad-CAM map for a present class lies on that object
box, IoU >= 0.5  the box around the heaviest component above the threshold, a share of the maximum, meets the true box
"""

import argparse
from pathlib import Path

import numpy
import torch
from scipy import ndimage

from export import load
from frames import class_names, frame_path, read_image, read_labels
from network import MEAN, SIZE, STD

MASK_COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0))


def normalised(picture):
    """uint8 [128, 128, 3] to float [1, 3, 128, 128]."""
    x = torch.from_numpy(picture.copy()).permute(2, 0, 1).float() / 255
    return ((x - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(STD).view(3, 1, 1))[None]


def grad_cam(network, x, classes):
    """Logits, and for each class the Grad-CAM map [128, 128], its maximum 1 (or all zero)."""
    activation = network.features(x).detach().requires_grad_()
    logits = network[1:](activation)[0]
    maps = []
    for index in classes:
        gradient = torch.autograd.grad(logits[index], activation, retain_graph=True)[0]
        cam = (gradient.mean((2, 3), keepdim=True) * activation).sum(1, keepdim=True).relu()
        cam = cam / cam.max().clamp_min(1e-12)
        maps.append(torch.nn.functional.interpolate(cam, (SIZE, SIZE), mode="bilinear", align_corners=False)[0, 0])
    return logits.detach(), [m.detach().numpy() for m in maps]


def box(mask):
    """The bounding box of a boolean mask: left, top, right, bottom (exclusive)."""
    rows, columns = numpy.nonzero(mask)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def localized(cam, threshold):
    """The box around the connected component with the most mass above a share of the maximum."""
    parts, count = ndimage.label(cam > threshold * cam.max(), structure=numpy.ones((3, 3)))
    if count == 0:
        return 0, 0, 0, 0
    masses = ndimage.sum(cam, parts, range(1, count + 1))
    return box(parts == 1 + int(numpy.argmax(masses)))


def overlap(a, b):
    """Intersection over union of two boxes."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    shared = max(0, width) * max(0, height)
    area = lambda r: (r[2] - r[0]) * (r[3] - r[1])
    return shared / (area(a) + area(b) - shared)


def measure(network, folder, count, threshold):
    """Figures for the frames of a folder that hold exactly `count` objects."""
    names = class_names()
    confusion = numpy.zeros((len(names), len(names)), int)
    ranked, pointed, boxed = [], [], []
    by_class = {name: [] for name in names}
    for number, (_, classes) in read_labels(folder).items():
        if len(classes) != count:
            continue
        mask = read_image(frame_path(f"{folder}-masks", number))
        logits, maps = grad_cam(network, normalised(read_image(frame_path(folder, number))), classes)
        absent = [c for c in range(len(names)) if c not in classes]
        ranked.append(bool(logits[classes].min() > logits[absent].max()))
        if count == 1:
            confusion[classes[0], int(logits.argmax())] += 1
        for index, cam, colour in zip(classes, maps, MASK_COLOURS):
            inside = (mask == colour).all(2)
            if not inside.any():
                continue
            pointed.append(bool(inside[numpy.unravel_index(cam.argmax(), cam.shape)]))
            boxed.append(overlap(localized(cam, threshold), box(inside)) >= 0.5)
            by_class[names[index]].append(pointed[-1])
    return ranked, pointed, boxed, confusion, by_class


def draw_confusion(confusion, path):
    """The confusion matrix as a picture: rows are true classes, columns answers."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = class_names()
    share = confusion / confusion.sum(1, keepdims=True).clip(1)
    figure, axes = pyplot.subplots(figsize=(6.4, 6.0), dpi=120)
    axes.imshow(share**0.5, cmap="Blues", vmin=0, vmax=1.15)
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("answer")
    axes.set_ylabel("true class")
    axes.tick_params(length=0)
    for (row, column), count in numpy.ndenumerate(confusion):
        if count:
            axes.text(column, row, count, ha="center", va="center", color="white" if share[row, column] > 0.5 else "black")
    figure.tight_layout()
    figure.savefig(path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--confusion", help="write the confusion matrix as a picture")
    parser.add_argument("--threshold", type=float, default=0.15, help="for boxes")
    options = parser.parse_args()
    torch.set_num_threads(2)
    network = load(options.model)
    percent = lambda answers: f"{100 * sum(answers) / len(answers):.1f} % of {len(answers)}"
    for count in (1, 2, 3):
        ranked, pointed, boxed, confusion, by_class = measure(network, Path(options.data) / f"test-{count}", count, options.threshold)
        print(f"{count} object(s): {'top-1' if count == 1 else 'all above all'} {percent(ranked)}, "
              f"pointing game {percent(pointed)}, box IoU >= 0.5 {percent(boxed)}")
        print("  pointing game: " + ", ".join(f"{n} {100 * sum(a) / max(1, len(a)):.0f}" for n, a in by_class.items()))
        if count == 1:
            for name, row in zip(class_names(), confusion):
                print(f"  {name:12}" + "".join(f"{v:5}" for v in row))
            if options.confusion:
                draw_confusion(confusion, options.confusion)


if __name__ == "__main__":
    main()
