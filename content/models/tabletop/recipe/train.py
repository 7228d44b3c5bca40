"""Trains the network on rendered frames and exports it to ONNX.

    python train.py --frames DATA/train --output first.onnx --epochs 30 --stop 12
    python train.py --frames DATA/train --start first.onnx --output ../model.onnx --epochs 5 --stop 4 --rate 6e-4

The learning rate rises and falls once over --epochs; --stop leaves the cycle early. With --start,
training goes on from an exported network, whose batch normalization is folded away already.

More than one folder may be given; of a frame that several hold, the last folder's counts.
"""

import argparse
import time

import torch
from torch.nn import functional as F

from export import export, load
from frames import class_names, read_frames
from network import MEAN, STD, tabletop


def augmented(pictures):
    """Random flips, small shifts and zooms, colour and brightness; float, normalised."""
    count = len(pictures)
    x = pictures.float() / 255
    uniform = lambda low, high, *shape: torch.empty(*shape).uniform_(low, high)
    # Zoom in by at most 5 % and shift by at most 4 %, so that no object leaves the picture.
    zoom = uniform(0.95, 1.25, count)
    flip = torch.randint(0, 2, (count,)) * 2 - 1
    place = torch.zeros(count, 2, 3)
    place[:, 0, 0], place[:, 1, 1] = zoom * flip, zoom
    place[:, :, 2] = uniform(-0.08, 0.08, count, 2)
    grid = F.affine_grid(place, x.shape, align_corners=False)
    x = F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)
    x = x * uniform(0.7, 1.3, count, 1, 1, 1) * uniform(0.88, 1.12, count, 3, 1, 1)
    x = (x - 0.45) * uniform(0.75, 1.25, count, 1, 1, 1) + 0.45 + uniform(-0.06, 0.06, count, 1, 1, 1)
    x = x + torch.randn_like(x) * uniform(0, 0.03, count, 1, 1, 1)
    return (x.clamp(0, 1) - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(STD).view(3, 1, 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--frames", nargs="+", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--start")
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--stop", type=int)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2e-3)
    options = parser.parse_args()

    torch.manual_seed(1)
    torch.set_num_threads(2)
    pictures, targets = read_frames(options.frames)
    network = load(options.start) if options.start else tabletop(len(class_names()))
    network = network.train().to(memory_format=torch.channels_last)
    # Weight decay on weights, not on biases and scales.
    weights = [p for p in network.parameters() if p.dim() > 1]
    others = [p for p in network.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW(
        [{"params": weights, "weight_decay": 0.05}, {"params": others, "weight_decay": 0}], lr=options.rate
    )
    steps = len(pictures) // options.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, total_steps=options.epochs * steps, pct_start=0.15
    )
    print(f"{len(pictures)} frames, {sum(p.numel() for p in network.parameters())} parameters", flush=True)
    start = time.time()
    for epoch in range(options.stop or options.epochs):
        total = 0.0
        for indices in torch.randperm(len(pictures))[: steps * options.batch].view(steps, -1):
            x = augmented(pictures[indices]).contiguous(memory_format=torch.channels_last)
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(x)
            loss = F.cross_entropy(logits.float(), targets[indices])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        # The loss cannot fall below the entropy of the targets, so print the excess.
        entropy = -(targets * targets.clamp_min(1e-9).log()).sum(1).mean().item()
        print(f"epoch {epoch + 1}: excess loss {total / steps - entropy:.4f}, {time.time() - start:.0f} s", flush=True)
        export(network, options.output)


if __name__ == "__main__":
    main()
