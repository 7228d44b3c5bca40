"""Lets the files of this folder import those of the folder above."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))
