"""What the three trainings share: pictures with small changes, and a loop whose learning rate rises and falls once."""

import math
import time

import torch
from torch.nn import functional as F

import above
from network import MEAN, STD

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
torch.set_float32_matmul_precision("high")


def normalised(pictures):
    """uint8 [N, 3, H, W], or float from 0 to 1, to what the networks read."""
    x = pictures.float() / 255 if pictures.dtype == torch.uint8 else pictures
    return (x - torch.tensor(MEAN, device=x.device).view(3, 1, 1)) / torch.tensor(STD, device=x.device).view(3, 1, 1)


def moves(flip):
    """Flips (where `flip`, bool [N]), small shifts and zooms: [N, 2, 3], from places in the new picture to those in the old."""
    uniform = lambda low, high, *shape: torch.empty(*shape, device=flip.device).uniform_(low, high)
    size = uniform(0.97, 1.12, len(flip))
    move = torch.zeros(len(flip), 2, 3, device=flip.device)
    move[:, 0, 0], move[:, 1, 1] = torch.where(flip, -size, size), size
    move[:, :, 2] = uniform(-0.06, 0.06, len(flip), 2)
    return move


def changed(pictures, move):
    """Pictures, uint8 [N, 3, H, W], moved by `moves`, with other brightness and contrast; hardly any change of hue, so that
    colours keep their names. Beyond its edge a picture goes on as it ends, so that nothing shows twice."""
    count, device = len(pictures), pictures.device
    uniform = lambda low, high, *shape: torch.empty(*shape, device=device).uniform_(low, high)
    x = pictures.float() / 255
    grid = F.affine_grid(move, x.shape, align_corners=False)
    x = F.grid_sample(x, grid, padding_mode="border", align_corners=False)
    x = x * uniform(0.8, 1.2, count, 1, 1, 1) * uniform(0.96, 1.04, count, 3, 1, 1)
    x = (x - 0.45) * uniform(0.85, 1.15, count, 1, 1, 1) + 0.45
    x = x + torch.randn_like(x) * uniform(0, 0.02, count, 1, 1, 1)
    return normalised(x.clamp(0, 1))


def options(parser):
    parser.add_argument("--frames", required=True, help="a folder of frames that described.pov made")
    parser.add_argument("--output", required=True, help="the folder for model.onnx and its words")
    parser.add_argument("--start", required=True, help="tabletop's model.onnx, whose convolutions the network begins with")
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--minutes", type=float, default=math.inf, help="end in this time, with fewer epochs if need be")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.05)
    return parser.parse_args()


def train(network, count, loss, chosen):
    """Minimises `loss(indices)` over `count` samples; the convolutions of tabletop learn at a third of the rate."""
    groups = {}
    for name, parameter in network.to(DEVICE).train().named_parameters():
        share = 1 / 3 if "features." in name else 1
        # Weight decay on weights, not on biases and scales.
        groups.setdefault((share, chosen.decay if parameter.dim() > 1 else 0), []).append(parameter)
    optimizer = torch.optim.AdamW(
        [{"params": p, "share": share, "weight_decay": decay} for (share, decay), p in groups.items()], betas=(0.9, 0.98)
    )
    print(f"{count} pictures, {sum(p.numel() for p in network.parameters())} parameters, on {DEVICE}", flush=True)
    steps, start = count // chosen.batch, time.time()
    progress = 0.0
    for epoch in range(chosen.epochs):
        total = torch.zeros((), device=DEVICE)
        for step, indices in enumerate(torch.randperm(count)[: steps * chosen.batch].view(steps, -1)):
            progress = max((epoch + step / steps) / chosen.epochs, (time.time() - start) / 60 / chosen.minutes)
            if progress >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = chosen.rate * group["share"] * min(progress / 0.1, (1 + math.cos(math.pi * progress)) / 2)
            with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cpu"):
                value = loss(indices.to(DEVICE))
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimizer.step()
            total += value.detach()
        if progress >= 1:
            break
        print(f"epoch {epoch + 1}: loss {total.item() / steps:.4f}, {time.time() - start:.0f} s", flush=True)
    return network.to("cpu").eval()
