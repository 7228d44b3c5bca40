"""The log of somebody who has a PyTorch model, two photos and an empty folder, and wants a gallery: each command, and its seconds.

    python benchmarks/newcomer.py PATH/TO/sitegen [--keep FOLDER]

Needs torch, torchvision, onnx and onnxscript. Where torchvision cannot fetch ResNet-18's weights, seeded random ones stand in:
every step is the same, and so is its time. Both of PyTorch's exporters are gone through. It ends with an error where a step fails.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

# The photos, by what they are called in the folder, and in the project.
PHOTOS = {"cup.jpg": "mug.jpg", "breakfast.jpg": "mug-apple.jpg"}
PROJECT = pathlib.Path(__file__).resolve().parent.parent

EXPORT = '''
import sys, torch, torchvision
torch.manual_seed(0)
weights = torchvision.models.ResNet18_Weights.IMAGENET1K_V1
try:
    model = torchvision.models.resnet18(weights=weights)
except Exception:
    print("The weights cannot be fetched: seeded random ones are taken.", file=sys.stderr)
    model = torchvision.models.resnet18()
model.eval()
torch.save(model.state_dict(), "resnet18.pt")
open("classes.txt", "w").write("".join(f"{name}\\n" for name in weights.meta["categories"]))
picture = torch.zeros(1, 3, 224, 224)
torch.onnx.export(model, picture, "resnet18.onnx", dynamo=False)
torch.onnx.export(model, (picture,), "resnet18-dynamo.onnx", dynamo=True, external_data=False)
'''

OWN_MODEL = '''
import torch, torchvision
model = torchvision.models.resnet18()
model.load_state_dict(torch.load("../resnet18.pt"))
preprocess = torchvision.models.ResNet18_Weights.IMAGENET1K_V1.transforms()
'''


class Log:
    """Runs the steps and keeps their times."""

    def __init__(self, folder):
        self.folder = folder
        self.steps = []

    def run(self, command, *, shown=None, within=".", expected=0):
        start = time.monotonic()
        done = subprocess.run(command, cwd=self.folder / within, capture_output=True, text=True)
        seconds = time.monotonic() - start
        shown = shown or " ".join(str(word) for word in command)
        self.steps.append((seconds, shown))
        print(f"{seconds:7.2f} s  {shown}")
        for line in (done.stdout + done.stderr).splitlines()[-6:]:
            print(f"           {line[:150]}")
        if done.returncode != expected:
            sys.exit(f"The step ended with {done.returncode}, not {expected}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def edit(self, path, changes):
        """What a person does in an editor, of which the time is not measured."""
        file = self.folder / path
        text = file.read_text()
        for old, new in changes:
            if not re.search(old, text):
                sys.exit(f"{path} has no {old!r}:\n{text}")
            text = re.sub(old, new, text)
        file.write_text(text)
        print(f"           (edited {path})")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sitegen", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path, help="an empty folder in which everything stays")
    options = parser.parse_args()
    sitegen = str(options.sitegen.resolve())
    folder = options.keep or pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    for name, photo in PHOTOS.items():
        shutil.copy(PROJECT / "content/images" / photo, folder / name)
    log = Log(folder)

    def tell(*words, **rest):
        return log.run([sitegen, *words], shown=" ".join(["sitegen", *words]), **rest)

    log.run([sys.executable, "-c", EXPORT], shown="python export.py   # ResNet-18 of torchvision, by both exporters")
    tell("new", "site", "gallery", "--model", "resnet18.onnx", "--labels", "classes.txt")
    # What the draft warns of and only its author knows.
    inputs = [
        (r"resize: stretch", "resize: crop\n  shorter_side: 256"), (r"# scale: 1", "scale: 1"),
        (r"# (mean: \[0.485.*)", r"\1"), (r"# (std: \[0.229.*)", r"\1"),
    ]
    log.edit("gallery/content/models/resnet18.md", inputs)
    for photo in PHOTOS:
        tell("new", "experiment", photo.removesuffix(".jpg"), "--image", f"../{photo}", "--model", "resnet18", within="gallery")

    printed = tell("model", "check", "resnet18", within="gallery").split("\n\n")[0]
    lines = printed.replace("photo.jpg", "../cup.jpg")
    log.run([sys.executable, "-c", OWN_MODEL + lines], shown="python reference.py   # the lines that were printed", within="gallery")
    tell("model", "check", "resnet18", "--against", "reference.npz", within="gallery")

    tell("check", within="gallery")
    tell("build", within="gallery")
    tell("new", "model", "resnet18-dynamo", "--model", "../resnet18-dynamo.onnx", "--labels", "../classes.txt", within="gallery")
    log.edit("gallery/content/models/resnet18-dynamo.md", inputs)
    log.edit("gallery/content/experiments/cup.md", [(r"model: resnet18\b", "model: [resnet18, resnet18-dynamo]")])
    tell("build", within="gallery")
    tell("build", within="gallery")

    pages = sorted(path.relative_to(folder) for path in (folder / "gallery/public").rglob("*.html"))
    print(f"{sum(seconds for seconds, _ in log.steps):7.2f} s  in all; {len(pages)} pages, first {pages[0]}")
    if options.keep is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
