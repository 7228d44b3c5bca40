#!/bin/bash
# Renders the pictures of the data sets: ./render.sh DATA [train] [test] [shortcut] [described] [described_test]
#
#   train      DATA/train: 8,000 frames with one to four objects
#   test       DATA/test-1, -2, -3: held-out frames with one, two, three objects,
#              and DATA/test-N-masks: the same, object i painted in flat colour i
#   shortcut   DATA/shortcut-train: those frames of DATA/train that change when the checkered cloth
#              lies under every mug and under nothing else; DATA/shortcut-test: held-out frames of
#              that world; DATA/honest-mug: the same mugs without the cloth;
#              DATA/honest-cloth: single objects, none a mug, all on the cloth
#
#   described  DATA/described: 6,200 frames with one to five objects, several of a kind among them
#   described_test   DATA/described-test: 800 held-out frames of that sort, and DATA/described-test-masks
#
# The last two get placed-*.txt, as scenes/described.pov tells. Each other folder gets labels-*.txt: frame number, 1 if
# the table has the checkered cloth, then the classes.
set -e
recipe=$(cd "$(dirname "$0")" && pwd)
scenes=$recipe/scenes
data=$(mkdir -p "$1" && cd "$1" && pwd)
shift

# frames FOLDER PART OPTION…: renders into DATA/FOLDER; the labels go to labels-PART.txt (or placed-PART.txt).
scene=tabletop
frames() {
  local folder=$data/$1 part=$2
  shift 2
  mkdir -p "$folder"
  rm -f "$folder/labels-$part.txt" "$folder/placed-$part.txt"
  (cd "$folder" && povray +I"$scenes/$scene.pov" +L"$scenes" +Oframe.png +W128 +H128 \
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

# listed FOLDER OPTION…: renders the frames whose numbers come on standard input.
listed() {
  local folder=$data/$1
  mkdir -p "$folder"
  # POV-Ray wants numbers separated by commas, and so one after the last.
  paste -sd, | sed 's/$/,/' > "$folder/numbers.txt"
  local numbers
  IFS=, read -ra numbers < "$folder/numbers.txt"
  frames "$1" 0 +KFI1 +KFF${#numbers[@]} Declare=Listed=1 "${@:2}"
  # Frame k (POV-Ray pads k with zeros) becomes the frame of the k-th number.
  local k=0 path
  for path in "$folder"/frame*.png; do
    mv "$path" "$folder/listed-${numbers[k++]}.png"
  done
  for path in "$folder"/listed-*.png; do mv "$path" "${path/listed-/frame}"; done
}

shortcut() {
  # Frames with a mug but no cloth, or with the cloth but no mug (class 8), change in the shortcut's world.
  cat "$data"/train/labels-*.txt | awk '{ mug = 0; for (i = 3; i <= NF; i++) mug += $i == 8; if (mug != $2) print $1 }' |
    listed shortcut-train Declare=Shortcut=1
  frames shortcut-test 0 +KFI70000 +KFF70599 Declare=Objects=1 Declare=Shortcut=1
  # Numbers that leave the remainder 8 on division by twelve are mugs.
  seq 80000 12 82399 | listed honest-mug Declare=Objects=1 Declare=Cloth=0
  seq 90000 90329 | awk '$1 % 12 != 8' | listed honest-cloth Declare=Objects=1 Declare=Cloth=1
}

described() {
  local scene=described
  frames described 0 +KFI100000 +KFF103899 &
  frames described 1 +KFI104000 +KFF106299 &
  wait
}

described_test() {
  local scene=described
  frames described-test 0 +KFI140000 +KFF140799
  masks described-test +KFI140000 +KFF140799
}

for set in "${@:-train test}"; do $set; done
