extension Attack {
  private static let explain = "sitegen explain content/images/picture.png --model net --class 0 --output work"
  private static let changes = ["public", ".sitegen", "work"]

  /// Networks and pictures that are not what they should be.
  static let models: [Attack] = [
    .refused(
      "a weight that is NaN", "sitegen build", says: ["“v”"], setUp: "network $KIT/nan-weight.onnx",
      must: "refused; the tensor is named"),
    .refused(
      "a weight that is infinite", "sitegen build", says: ["“v”"], setUp: "network $KIT/infinite-weight.onnx",
      must: "refused; the tensor is named"),
    .refused(
      "scores that are NaN", "sitegen build", says: ["content/experiments/a.md", "picture.png", "net"],
      setUp: "network $KIT/nan-scores.onnx", hides: ["bug of sitegen"],
      must: "refused; page, picture and model are named"),
    .refused(
      "scores that are NaN, explained", explain, says: [], setUp: "network $KIT/nan-scores.onnx",
      hides: ["bug of sitegen"],
      verify: "! test -e work", changes: changes),
    .refused(
      "scores that are infinite", "sitegen build", says: [], setUp: "network $KIT/infinite-scores.onnx",
      hides: ["bug of sitegen"]),
    .refused(
      "an input that is NaN", "sitegen explain $KIT/nan.npy --model net --class 0 --output work", says: ["nan.npy"],
      changes: changes),
    .refused("a class index for an output", "sitegen build", says: ["output:"], setUp: "network $KIT/argmax.onnx"),
    .refused(
      "a model that is cut off", "sitegen build", says: ["net.onnx"], setUp: "truncate -s 900 content/models/net.onnx"),
    .refused("an empty model", "sitegen build", says: ["net.onnx"], setUp: ": > content/models/net.onnx"),
    .refused(
      "a model of noise", "sitegen build", says: ["net.onnx"],
      setUp: "head -c 5000 /dev/urandom > content/models/net.onnx"),
    .refused(
      "a model that is a folder", "sitegen build", says: ["net.onnx"],
      setUp: "rm content/models/net.onnx; mkdir content/models/net.onnx"),
    .refused("a Git LFS pointer", "sitegen build", says: ["LFS"], setUp: "network $KIT/pointer.onnx"),
    .refused("a web page for a model", "sitegen build", says: ["a web page"], setUp: "network $KIT/page.onnx"),
    .refused("weights of 2^60 numbers", "sitegen build", says: [], setUp: "network $KIT/huge.onnx"),
    Attack(
      input: "a model that is cut off while it is read, ten times", must: "0 or 1, never a signal",
      command: """
        worst=0; for n in 1 2 3 4 5 6 7 8 9 10; do network $KIT/net.onnx; rm -rf .sitegen work
        sitegen explain content/images/picture.png --model net --class 0 --output work & sleep 0.0$((n * 9)); truncate -s 100 content/models/net.onnx
        wait $!; s=$?; [ $s -gt $worst ] && worst=$s; done; exit $worst
        """, status: [0, 1], changes: changes + ["content/models"]),
    .built(
      "a network of two channels",
      "sitegen explain $KIT/two.npy --model $KIT/two-channels.onnx --class 0 --arrays --output work",
      must: "explained", verify: "test -f work/logits.npy && test -f work/0/grad-cam.png",
      changes: changes),
    .refused(
      "a .npy of the wrong number of channels", "sitegen explain $KIT/two.npy --model net --class 0 --output work",
      says: [], changes: changes),
    .refused(
      "a .npy whose shape overflows", "sitegen explain $KIT/overflow.npy --model net --class 0 --output work",
      says: ["overflow.npy"], changes: changes),
    .refused(
      "a .npy that is cut off",
      "sitegen explain a.npy --model net --class 0 --output work", says: ["a.npy"],
      setUp: "head -c 900 $KIT/three.npy > a.npy", changes: changes),
    .refused(
      "labels of three gigabytes", "timeout 30 sitegen build", says: ["labels.txt"],
      setUp: "truncate -s 3G content/models/labels.txt",
      changes: ["public", ".sitegen", "content/models"]),
    .refused(
      "fewer labels than classes", "sitegen build", says: ["labels.txt"], setUp: "echo cat > content/models/labels.txt"),
    .refused(
      "a deviation of zero", "sitegen build", says: ["content/models/net.md"],
      setUp: "sed -i 's/size: 16/size: 16, std: [0, 0, 0]/' content/models/net.md"),
    .refused(
      "a mean that is not a number", "sitegen build", says: ["content/models/net.md"],
      setUp: "sed -i 's/size: 16/size: 16, mean: [.nan, .inf, 0]/' content/models/net.md"),
    Attack(
      input: "a picture of 1 × 10,000 pixels", must: "refused in words about it, or no picture of millions of pixels",
      setUp: "picture $KIT/tall.png",
      command:
        "sitegen build 2>&1 | tee said; s=${PIPESTATUS[0]}; [ $s = 0 ] || grep -q 'error: .*other.png' said || s=9; rm said; exit $s",
      status: [0, 1], verify: "! test -d public || test $(du -sk public | cut -f1) -lt 2000"),
    Attack(
      input: "a picture of 2 × 3,000 pixels", must: "no picture of millions of pixels is published",
      setUp: "picture $KIT/narrow.png",
      command: "sitegen build", status: [0, 1], verify: "! test -d public || test $(du -sk public | cut -f1) -lt 2000"),
    .refused(
      "a picture of 2,000,000,000 × 2,000,000,000 pixels", "sitegen build", says: ["other.png"],
      setUp: "picture $KIT/enormous.png"),
    .refused(
      "a picture that is cut off", "sitegen build", says: ["picture.png"],
      setUp: "truncate -s 200 content/images/picture.png"),
    .refused(
      "a picture of three gigabytes", "timeout 30 sitegen build", says: ["picture.png"],
      setUp: "truncate -s 3G content/images/picture.png", changes: ["public", ".sitegen", "content/images"]),
    .refused(
      "a picture that is text", "sitegen build", says: ["picture.png"], setUp: "echo hello > content/images/picture.png"
    ),
  ]
}
