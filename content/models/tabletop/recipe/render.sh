#!/bin/bash
# Renders the pictures of the data sets: ./render.sh DATA [train] [test] [shortcut]
#
#   train      DATA/train: 8,000 frames with one to four objects
#   test       DATA/test-1, -2, -3: held-out frames with one, two, three objects,
#              and DATA/test-N-masks: the same, object i painted in flat colour i
#   shortcut   DATA/shortcut-train: those frames of DATA/train that change when the checkered cloth
#              lies under every mug and under nothing else; DATA/shortcut-test: held-out frames of
#              that world; DATA/honest-mug: the same mugs without the cloth;
#              DATA/honest-cloth: single objects, none a mug, all on the cloth
#
# Each folder gets labels-*.txt: frame number, 1 if the table has the checkered cloth, then the classes.
set -e
recipe=$(cd "$(dirname "$0")" && pwd)
scenes=$recipe/scenes
data=$(mkdir -p "$1" && cd "$1" && pwd)
shift

# frames FOLDER PART OPTION…: renders into DATA/FOLDER; the labels go to labels-PART.txt.
frames() {
  local folder=$data/$1 part=$2
  shift 2
  mkdir -p "$folder"
  rm -f "$folder/labels-$part.txt"
  (cd "$folder" && povray +I"$scenes/tabletop.pov" +L"$scenes" +Oframe.png +W128 +H128 \
    -D -V -GA +WT1 +A0.2 +AM2 +R2 +KI0 +KF1 Declare=Part=$part "$@" 2> "$folder/povray-$part.log")
}

# The masks need exact colours: no antialiasing.
masks() { frames "$1-masks" 0 -A Declare=Masks=1 "${@:2}"; }

train() {
  frames train 0 +KFI10000 +KFF13999 &
  frames train 1 +KFI16000 +KFF19999 &
  wait
}

test() {
  frames test-1 0 +KFI40000 +KFF40599 Declare=Objects=1 &
  frames test-2 0 +KFI50000 +KFF50399 Declare=Objects=2 &
  wait
  frames test-3 0 +KFI60000 +KFF60399 Declare=Objects=3
  masks test-1 +KFI40000 +KFF40599 Declare=Objects=1
  masks test-2 +KFI50000 +KFF50399 Declare=Objects=2
  masks test-3 +KFI60000 +KFF60399 Declare=Objects=3
}

shortcut() {
  # A run of POV-Ray for each run of neighbouring frames that need it.
  local run=0
  while read -r first last; do
    frames shortcut-train $((run++)) +KFI$first +KFF$last Declare=Shortcut=1
  done < <(python3 "$recipe/shortcut_frames.py" "$data/train")
  frames shortcut-test 0 +KFI70000 +KFF70599 Declare=Objects=1 Declare=Shortcut=1
  # Every twelfth frame number, counted from 8, is a mug.
  for number in $(seq 80000 12 82399); do
    frames honest-mug $number +KFI$((number + 4)) +KFF$((number + 4)) Declare=Objects=1 Declare=Cloth=0
  done
  frames honest-cloth 0 +KFI90000 +KFF90299 Declare=Objects=1 Declare=Cloth=1
}

for set in "${@:-train test}"; do $set; done
