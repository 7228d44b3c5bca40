extension CaseTests {
  private static let checkAndBuild = "sitegen check; a=$?; sitegen build; b=$?; [ $a = $b ] && exit $a"

  /// What is right for each folder.
  static let rows: [Row] = [
    .agrees("attention-pooling", must: "the default layer is the last rectifier's"),
    .agrees("distance-head-new-exporter", must: "a clip that guards a root is no rectifier"),
    .agrees("distance-head-old-exporter", must: "a clip that guards a root is no rectifier"),
    .agrees("fixed-batch", must: "run with the batch that the file is fixed to"),
    .agrees("gem-old-exporter", must: "the default layer is the last before pooling begins"),
    .agrees("if-with-a-known-condition", must: "the branch is chosen at import"),
    .agrees("local-functions", must: "functions of the model are expanded"),
    .agrees("onnxruntime-optimised", must: "run"),
    .agrees("open-size-with-npy", must: "the size is the array's"),
    .agrees("standardised-weights", must: "weights are standardised at import"),
    .agrees("unsorted-nodes", must: "nodes are sorted"),
    .agrees("weight-only-int8", must: "weights are widened; there are gradients"),
    .agrees("string-label-output", model: "content/models/net.md", must: "strings are no scores"),
    .agrees("features-then-logits", must: "the logits, or a question for `output:`", orSays: "output:"),
    .ends(
      "argmax-output", checkAndBuild, status: [1], says: ["output:"],
      must: "refused with the advice to name an inner tensor"),
    .ends(
      "nan-scores", "\(checkAndBuild); " + explain(), status: [1], says: ["page.md", "mug.jpg", "net"],
      hides: ["bug of sitegen"],
      verify: "! test -e public && ! test -e out", must: "refused; page, picture and model are named"),
    .ends(
      "nan-weight", checkAndBuild, status: [1], says: ["w2", "is not a number"], hides: ["bug of sitegen"],
      verify: "! test -e public",
      must: "refused; the tensor is named"),
    .ends(
      "infinite-gradient", explain(), status: [0, 1], hides: ["holds no evidence", "bug of sitegen"],
      must: "a finding that says so, never “no evidence”"),
    .ends(
      "two-channels", explain(), status: [0], verify: "test -f out/0/gradient.npy && test -f out/0/grad-cam.png",
      must: "explained; arrays and maps are written"),
    .ends(
      "four-channels", "sitegen explain input.npy --model model.onnx --class 0 --arrays --output out", status: [0],
      verify: "test -f out/0/guided-backprop.npy && test -f out/0/guided-grad-cam.png",
      must: "explained by the default methods"),
    .ends("one-minus-p", explain(), status: [0], must: "shown as it is"),
    .ends("relu6-as-min-max", explain(), status: [0], must: "counted as a ReLU6"),
    .ends("mixer-default-layer", explain(), status: [0], must: "the layer that is averaged at the end"),
    .ends(
      "mean-in-other-units", "sitegen check", status: [0, 1], says: ["mean", "scale"],
      must: "said which of the two to change"),
    .ends(
      "crop-in-the-graph", "sitegen explain input.npy --model model.onnx --class 0 --output out", status: [0],
      says: ["only a part"], must: "laid over that part, or said not to be"),
    .ends(
      "flip-averaged-in-the-graph", "sitegen explain input.npy --model model.onnx --class 0 --output out", status: [0],
      says: ["mirror"], must: "said that the layer sees a mirrored picture"),
    .ends(
      "labels-numbered", "sitegen build", status: [0], verify: "grep -q '>tench' public/experiments/page.html",
      must: "the name is tench"),
    .ends(
      "labels-json", "sitegen build", status: [0], verify: "grep -q '>tench' public/experiments/page.html", must: "read"
    ),
    .ends(
      "labels-tab", "sitegen build", status: [0], verify: "grep -q '>tench' public/experiments/page.html", must: "read"),
    .ends(
      "upper-case-extension", "sitegen build", status: [0, 1],
      verify: "test -f public/experiments/page.html || sitegen check 2>&1 | grep -q page.MD",
      must: "read, or named"),
    .ends("toml-front-matter", "sitegen check", status: [1], says: ["TOML", "YAML"], must: "called TOML"),
    .ends(
      "bn-spatial-0", "sitegen explain input.npy --model model.onnx --class 0 --output out", status: [1],
      says: ["spatial"], must: "refused; spatial is named"),
    .ends(
      "not-a-model",
      "for f in model.onnx html.onnx weights.pt; do sitegen model inspect $f && exit 9; done; exit 1", status: [1],
      says: ["git lfs pull", "web page", "PyTorch file"], must: "each is called what it is"),
  ]
}
