"""Makes the fixtures in this folder: small picture files of every kind, and the answers of Pillow, PyTorch,
matplotlib and numpy. Needs those four; run it in this folder."""

import io
import json
import struct
import zlib

import matplotlib
import numpy as np
import torch
from PIL import Image, ImageOps

rng = np.random.default_rng(7)
WIDTH, HEIGHT = 23, 17


def save(name, data):
    with open(name, "wb") as file:
        file.write(data)


def save_ppm(name, rgb):
    rgb = np.asarray(rgb, dtype=np.uint8)
    save(name, b"P6 %d %d 255\n" % (rgb.shape[1], rgb.shape[0]) + rgb.tobytes())


# PNG, written by hand because Pillow cannot write most kinds.


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed_rows(samples, depth):
    """Rows of a [height, width, channels] array, each with filter type 0."""
    rows = b""
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            data = row.astype(">u2").tobytes()
        elif depth == 8:
            data = row.astype(np.uint8).tobytes()
        else:
            bits = "".join(format(int(value), f"0{depth}b") for value in row)
            bits += "0" * (-len(bits) % 8)
            data = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
        rows += b"\0" + data
    return rows


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(samples, color_type, depth, before_idat=b"", interlaced=False):
    height, width, _ = samples.shape
    if interlaced:
        passes = [samples[y0::dy, x0::dx] for x0, y0, dx, dy in ADAM7]
        rows = b"".join(packed_rows(p, depth) for p in passes if p.size)
    else:
        rows = packed_rows(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + before_idat
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def over_white(rgb, alpha):
    """In sRGB, rounded; both as fractions of 1."""
    return np.floor((rgb * alpha + (1 - alpha)) * 255 + 0.5).astype(np.uint8)


def make_png(name, samples, color_type, depth, rgb, alpha=None, pillow_agrees=0, **options):
    """Writes NAME.png and NAME.ppm. `rgb` and `alpha` are fractions of 1; Pillow must agree to so many levels
    (None where it is known not to: it clips 16-bit grey, and drops the low byte of 16-bit colour)."""
    data = png(samples, color_type, depth, **options)
    expected = over_white(rgb, 1.0 if alpha is None else alpha)
    if pillow_agrees is not None:
        picture = Image.open(io.BytesIO(data)).convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        theirs = np.asarray(Image.alpha_composite(white, picture).convert("RGB")).astype(int)
        assert abs(theirs - expected).max() <= pillow_agrees, name
    save(name + ".png", data)
    save_ppm(name + ".ppm", expected)


def noise(channels, depth):
    return rng.integers(0, 2**depth, (HEIGHT, WIDTH, channels))


def gray(samples, depth):
    return np.repeat(samples[..., :1] / (2**depth - 1), 3, axis=2)


for depth in (1, 2, 4, 8, 16):
    samples = noise(1, depth)
    make_png(f"gray{depth}", samples, 0, depth, gray(samples, depth), pillow_agrees=None if depth == 16 else 0)
for depth in (8, 16):
    limit = 2**depth - 1
    samples = noise(2, depth)
    alpha = samples[..., 1:] / limit
    make_png(f"gray-alpha{depth}", samples, 4, depth, gray(samples, depth), alpha, 1 if depth == 8 else None)
    samples = noise(3, depth)
    make_png(f"rgb{depth}", samples, 2, depth, samples / limit, pillow_agrees=depth // 16)
    samples = noise(4, depth)
    rgb, alpha = samples[..., :3] / limit, samples[..., 3:] / limit
    make_png(f"rgba{depth}", samples, 6, depth, rgb, alpha, 1 if depth == 8 else 2)
    make_png(f"rgba{depth}-interlaced", samples, 6, depth, rgb, alpha, 1 if depth == 8 else 2, interlaced=True)
for depth in (1, 2, 4, 8):
    samples = noise(1, depth)
    palette = rng.integers(0, 256, (2**depth, 3))
    chunks = chunk(b"PLTE", palette.astype(np.uint8).tobytes())
    rgb = palette[samples[..., 0]] / 255
    make_png(f"palette{depth}", samples, 3, depth, rgb, before_idat=chunks)
    if depth in (2, 8):
        alphas = rng.integers(0, 256, 2**depth - 1)
        alpha = np.append(alphas, 255)[samples[..., 0]][..., None] / 255
        chunks += chunk(b"tRNS", alphas.astype(np.uint8).tobytes())
        make_png(f"palette{depth}-transparent", samples, 3, depth, rgb, alpha, 1, before_idat=chunks)
samples = noise(1, 4)
make_png("gray4-interlaced", samples, 0, 4, gray(samples, 4), interlaced=True)
key = chunk(b"tRNS", struct.pack(">H", samples[3, 5, 0]))
make_png("gray4-transparent", samples, 0, 4, gray(samples, 4), samples != samples[3, 5], None, before_idat=key)
for depth in (8, 16):
    samples = noise(3, depth)
    samples[4:7] = samples[4, 4]
    key = chunk(b"tRNS", struct.pack(">HHH", *samples[4, 4]))
    opaque = (samples != samples[4, 4]).any(axis=2, keepdims=True)
    rgb = samples / (2**depth - 1)
    make_png(f"rgb{depth}-transparent", samples, 2, depth, rgb, opaque, None if depth == 16 else 0, before_idat=key)

samples = noise(3, 8)
linear = chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"tEXt", b"Comment\0wrong checksum")[:-1] + b"!"
save("gamma.png", png(samples, 2, 8, before_idat=linear))
save_ppm("gamma.ppm", samples)
exif = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 274, 3, 1, 6, 0, 0)
save("turned.png", png(samples, 2, 8, before_idat=chunk(b"eXIf", exif)))
save_ppm("turned.ppm", np.rot90(samples, -1))

# No extension, because it is no picture.
save("too-large", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40000, 40000, 8, 2, 0, 0, 0))
     + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))

# JPEG.

y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
smooth = np.stack([x * 11, y * 15, 255 - x * 5 - y * 6], axis=2).astype(np.uint8)
smooth[4:9, 6:14] = (220, 40, 60)
picture = Image.fromarray(smooth)


def make_jpeg(name, picture, **options):
    picture.save(name + ".jpg", **options)
    expected = ImageOps.exif_transpose(Image.open(name + ".jpg")).convert("RGB")
    save_ppm(name + ".ppm", expected)


make_jpeg("baseline", picture, quality=90)
make_jpeg("full-chroma", picture, quality=90, subsampling=0)
make_jpeg("half-chroma", picture, quality=90, subsampling=1)
make_jpeg("progressive", picture, quality=90, progressive=True)
make_jpeg("restarts", picture, quality=90, restart_marker_blocks=1)
make_jpeg("gray", picture.convert("L"), quality=90)
make_jpeg("cmyk", Image.fromarray(np.dstack([255 - smooth, x * 5]).astype(np.uint8), "CMYK"), quality=90)
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[271] = "Camera"
    exif[274] = orientation
    exif.endian = "<" if orientation % 2 else ">"
    make_jpeg(f"orientation{orientation}", picture, quality=90, exif=exif)

# Resizing.

source = Image.fromarray(rng.integers(0, 256, (30, 40, 3), dtype=np.uint8))
save_ppm("resize-source.ppm", source)
sizes = [(13, 11), (97, 61), (17, 80), (80, 17), (40, 9), (7, 30), (1, 1)]
for width, height in sizes:
    save_ppm(f"resize-{width}x{height}.ppm", source.resize((width, height), Image.BILINEAR))
for width, height in [(20, 20), (64, 48), (26, 19), (5, 4)]:
    box = (5, 3, 31, 22)
    save_ppm(f"resize-box-{width}x{height}.ppm", source.resize((width, height), Image.BILINEAR, box=box))

# Maps, colours, overlays, gradients.


def floats(array):
    return [float(f"{value:.9g}") for value in np.asarray(array, dtype=np.float32).ravel()]


def upsampled(grid, width, height):
    tensor = torch.from_numpy(grid)[None, None]
    return torch.nn.functional.interpolate(tensor, (height, width), mode="bilinear", align_corners=False)[0, 0].numpy()


answers = {"upsampling": [], "colormaps": {}, "overlays": []}
for (w, h), (width, height) in [
    ((5, 4), (13, 9)),
    ((13, 13), (48, 30)),
    ((13, 13), (7, 5)),
    ((9, 2), (3, 11)),
    ((1, 3), (4, 4)),
    ((3, 2), (400, 1)),
]:
    grid = rng.random((h, w), dtype=np.float32)
    answers["upsampling"].append(
        {"width": w, "height": h, "values": floats(grid), "newWidth": width, "newHeight": height,
         "expected": floats(upsampled(grid, width, height))}
    )
positions = np.append(np.linspace(-0.1, 1.1, 300), [0, 0.25, 0.5, 1]).astype(np.float32)
for name in ("turbo", "jet", "viridis", "inferno", "magma", "gray", "coolwarm"):
    colors = matplotlib.colormaps[name](positions, bytes=True)[:, :3]
    answers["colormaps"][name] = colors.ravel().tolist()
answers["positions"] = floats(positions)

grid = rng.random((4, 5), dtype=np.float32)
grid /= grid.max()
for name, opacity in [("turbo", 0.5), ("jet", 0.3), ("gray", 1.0), ("magma", 0.0)]:
    colors = matplotlib.colormaps[name](upsampled(grid, 40, 30), bytes=True)[..., :3].astype(float)
    blend = np.asarray(source) * (1 - opacity) + colors * opacity
    answers["overlays"].append({"colormap": name, "opacity": opacity, "file": f"overlay-{name}.ppm"})
    save_ppm(f"overlay-{name}.ppm", np.floor(blend + 0.5))
answers["overlayMap"] = floats(grid)

gradient = rng.normal(0, 3e-3, (3, 9, 7)).astype(np.float32)
answers["gradient"] = floats(gradient)
for name, g in [("gradient-rgb.ppm", gradient), ("gradient-gray.ppm", gradient[:1])]:
    g = g.astype(np.float64)
    level = np.clip((g - g.mean()) / (g.std() + 1e-5) * 0.1 + 0.5, 0, 1)
    rgb = np.floor(level * 255 + 0.5).transpose(1, 2, 0)
    save_ppm(name, np.broadcast_to(rgb, (9, 7, 3)))

with open("answers.json", "w") as file:
    json.dump(answers, file, separators=(",", ":"))
