extension Attack {
  /// Ways out of the folders that a site is made of, and ways in.
  static let links: [Attack] = [
    .refused(
      "a link out of static/ to a file", "sitegen build", says: ["--follow-links"],
      setUp: "ln -s /etc/passwd content/static/passwd", hides: ["root:"], verify: "! test -e public"),
    .refused(
      "a link out of static/ to a folder", "sitegen build", says: ["--follow-links"],
      setUp: "ln -s ../../../outside content/static/more", verify: "! test -e public"),
    .refused(
      "a link out of the pages", "sitegen build", says: ["--follow-links"],
      setUp: "ln -s ../../../outside/page.md content/pages/more.md", hides: ["secret words"]),
    .refused(
      "a link out of the folder of experiments", "sitegen build", says: ["--follow-links"],
      setUp: "mv content/experiments ../outside/experiments; ln -s ../../outside/experiments content/experiments"),
    .refused(
      "a link out of the templates", "sitegen build", says: ["--follow-links"],
      setUp: "rm templates/style.css; ln -s ../../outside/secret.txt templates/style.css", hides: ["secret words"]),
    .refused(
      "a picture by a link", "sitegen build", says: ["--follow-links"],
      setUp: "rm content/images/picture.png; ln -s ../../../outside/secret.png content/images/picture.png"),
    .refused(
      "a picture by its path", "sitegen build", says: [],
      setUp: "sed -i 's/picture.png/..\\/..\\/outside\\/secret.png/' content/experiments/a.md"),
    .refused(
      "a model by its path", "sitegen build", says: [],
      setUp: "sed -i 's/file: net.onnx/file: ..\\/..\\/..\\/outside\\/net.onnx/' content/models/net.md"),
    .refused(
      "a model by a link", "sitegen build", says: ["--follow-links"],
      setUp: "rm content/models/net.onnx; ln -s ../../../outside/net.onnx content/models/net.onnx"),
    .refused(
      "labels by their path", "sitegen build", says: [],
      setUp: "sed -i 's/labels.txt/..\\/..\\/..\\/outside\\/secret.txt/' content/models/net.md", hides: ["secret words"]
    ),
    .refused(
      "weights in another file, by a path out of the folder", "sitegen build", says: [],
      setUp: "network $KIT/external.onnx", hides: ["root:"]),
    .refused(
      "a link that leads to itself", "sitegen build", says: [], setUp: "ln -s loop content/static/loop"),
    .refused(
      "a folder that holds a link to itself", "sitegen build", says: [], setUp: "ln -s ../static content/static/again"),
    .built(
      "a link inside the content", must: "followed", setUp: "ln -s ../images/picture.png content/static/p.png",
      verify: "cmp public/p.png content/images/picture.png"),
    .built(
      "photos elsewhere, with --follow-links", "sitegen build --follow-links ../outside", must: "followed",
      setUp: "rm content/images/picture.png; ln -s ../../../outside/secret.png content/images/picture.png"),
    .built(
      "the content itself is a link", "sitegen build --content linked", must: "built",
      setUp: "ln -s content linked"),
    .built(
      "a model on the command line is a link",
      "sitegen explain content/images/picture.png --model link.onnx --class 0 --output work", must: "explained",
      setUp: "ln -s ../outside/net.onnx link.onnx", verify: "test -f work/manifest.json", changes: ["work", ".sitegen"]),
    Attack(
      input: "static/.git", must: "not published",
      setUp: "mkdir -p content/static/.git; echo ref > content/static/.git/HEAD",
      command: "sitegen build", status: [0, 1], says: [".git"], verify: "! test -e public/.git"),
    .refused("a FIFO among the pages", "sitegen build", says: [], setUp: "mkfifo content/pages/more.md"),
    .refused("a FIFO in static/", "sitegen build", says: [], setUp: "mkfifo content/static/more.txt"),
    .refused(
      "a FIFO for a picture", "sitegen build", says: [],
      setUp: "rm content/images/picture.png; mkfifo content/images/picture.png"),
    .refused(
      "a FIFO for a model", "sitegen build", says: [],
      setUp: "rm content/models/net.onnx; mkfifo content/models/net.onnx"),
    .refused(
      "a FIFO for labels", "sitegen build", says: [],
      setUp: "rm content/models/labels.txt; mkfifo content/models/labels.txt"),
    .refused("a FIFO for site.yml", "sitegen build", says: [], setUp: "rm content/site.yml; mkfifo content/site.yml"),
    .refused(
      "a FIFO for a template", "sitegen build", says: [],
      setUp: "rm templates/page.mustache; mkfifo templates/page.mustache"),
    .refused(
      "a device for a picture", "sitegen explain /dev/zero --model net --class cat --output work", says: [],
      changes: ["work", ".sitegen"],
      needs: .linux),
    .refused(
      "a folder that cannot be listed", "as_nobody sitegen build", says: ["content/experiments"],
      setUp: "sitegen build; chmod 000 content/experiments", verify: "test -f public/experiments/a.html", needs: .root,
      must: "refused; the old site stays"),
    .refused(
      "a folder of static files that cannot be listed", "as_nobody sitegen build", says: ["content/static"],
      setUp: "sitegen build; chmod 000 content/static", verify: "test -f public/robots.txt", needs: .root,
      must: "refused; the old site stays"),
    .refused(
      "a page that cannot be read", "as_nobody sitegen build", says: ["content/pages/about.md"],
      setUp: "sitegen build; chmod 000 content/pages/about.md", verify: "test -f public/about.html", needs: .root,
      must: "refused; the old site stays"),
  ]
}
