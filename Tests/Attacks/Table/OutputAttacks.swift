extension Attack {
  /// Places that no site may be written to.
  static let outputPlaces: [Attack] = [
    .refused("--output .", "sitegen build --output .", status: [1, 2], says: []),
    .refused("--output ./", "sitegen build --output ./", status: [1, 2], says: []),
    .refused("--output x/..", "sitegen build --output x/..", status: [1, 2], says: [], setUp: "mkdir x"),
    .refused("--output x/.., x missing", "sitegen build --output x/..", status: [1, 2], says: []),
    .refused("--output ''", "sitegen build --output ''", status: [1, 2], says: []),
    .refused("--output with the current folder's path", "sitegen build --output \"$PWD\"", status: [1, 2], says: []),
    .refused("--output ..", "sitegen build --output ..", status: [1, 2], says: []),
    .refused("--output /", "sitegen build --output /", status: [1, 2], says: []),
    .refused(
      "the current folder holds a store that is called as the marker is", "sitegen build --output .", status: [1, 2],
      says: [], setUp: "sitegen build"),
    .refused(
      "another project", "sitegen build --output ../outside", says: [],
      setUp: "mkdir -p ../outside/.sitegen/store; touch ../outside/Package.swift"),
    .refused(
      "a folder whose marker is a folder", "sitegen build --output work", says: [],
      setUp: "mkdir -p work/.sitegen; echo years > work/thesis.txt"),
    .refused(
      "a folder whose marker has another's text", "sitegen build --output work", says: [],
      setUp: "mkdir work; echo 'my notes' > work/.sitegen; echo years > work/thesis.txt"),
    .refused(
      "a folder whose marker is empty", "sitegen build --output work", says: [],
      setUp: "mkdir work; touch work/.sitegen; echo years > work/thesis.txt"),
    .refused(
      "a folder whose marker is a link to a right one", "sitegen build --output work", says: [],
      setUp: "sitegen build; mkdir work; ln -s ../public/.sitegen work/.sitegen; echo years > work/thesis.txt"),
    .refused("the content", "sitegen build --output content", says: []),
    .refused("a folder in the content", "sitegen build --output content/out", says: []),
    .refused("a link to the content", "sitegen build --output out", says: [], setUp: "ln -s content out"),
    .refused(
      "a folder in the content by a link", "sitegen build --output link/out", says: [], setUp: "ln -s content link"),
    .refused("the templates", "sitegen build --output templates", says: []),
    .refused("a folder in the templates", "sitegen build --output templates/out", says: []),
    .refused("the store", "sitegen build --output .sitegen/store", says: [], setUp: "sitegen build"),
    .refused("a folder in the store", "sitegen build --output .sitegen/store/out", says: [], setUp: "sitegen build"),
    .refused("a folder that holds the store", "sitegen build --output .sitegen", says: [], setUp: "sitegen build"),
    .refused("a file", "sitegen build --output notes.txt", says: []),
    .refused("below a file", "sitegen build --output notes.txt/public", says: []),
    .refused(
      "a folder that cannot be made", "as_nobody sitegen build --output locked/public", says: [],
      setUp: "mkdir locked; chmod 555 locked", needs: .root, must: "refused before anything is computed"),
  ]

  /// What must live on in an output that is ours.
  static let outputContents: [Attack] = [
    .built(
      "files of somebody's own in public/", must: "built; they stay",
      setUp: """
        sitegen build; cd public; echo example.org > CNAME; touch .nojekyll; echo mine > own.html
        mkdir .well-known; echo key > .well-known/key; mkdir -p .git; echo ref > .git/HEAD; cd ..; echo more >> content/pages/about.md
        """,
      verify:
        "cd public && cat CNAME own.html .well-known/key .git/HEAD && test -f .nojekyll && grep -q more about.html"
    ),
    .built(
      "a page that no longer exists", must: "built; its file goes", setUp: "sitegen build; rm content/pages/about.md",
      verify: "test -f public/index.html && ! test -e public/about.html", changes: ["public", ".sitegen"]),
    .built(
      "mode and owner of public/ are other than a new folder's", must: "built; they stay",
      setUp: "sitegen build; chown 65534:65534 public; chmod 2750 public; echo more >> content/pages/about.md",
      verify: "test \"$(stat -c '%a %u %g' public)\" = '2750 65534 65534'", needs: .root),
    .built(
      "a backup called .public.old-2024", must: "built; it stays",
      setUp:
        "sitegen build; cp -r public .public.old-2024; cp -r public .public.staging-1; echo more >> content/pages/about.md",
      verify: "test -f .public.old-2024/index.html"),
    .built(
      "public/ is a link to a folder elsewhere", must: "built there; the link stays",
      setUp: "mkdir real; ln -s real public", verify: "test -L public && test -f real/index.html",
      changes: ["public", ".sitegen", "real"]),
    .built(
      "a file of the site has another link", must: "built; the other file keeps its text",
      setUp: "sitegen build; ln public/about.html about-copy.html; echo more >> content/pages/about.md",
      verify: "! grep -q more about-copy.html && grep -q more public/about.html"),
    .built(
      "public/ is a mount point",
      "unshare -m bash -c 'mount -t tmpfs none public && sitegen build && cp -r public copy'",
      must: "built into it", setUp: "mkdir public", verify: "test -f copy/index.html && test -f copy/about.html",
      needs: .namespaces),
    .built(
      "public/ is bind-mounted and rebuilt",
      "unshare -m bash -c 'mount --bind public seen && sitegen build && echo more >> content/pages/about.md && sitegen build && grep -q more seen/about.html'",
      must: "the mounted folder shows the new site", setUp: "mkdir public seen",
      changes: ["public", ".sitegen", "seen", "content/pages"],
      needs: .namespaces),
    .built(
      "public/ lies in a lower layer of an overlay",
      """
      unshare -m bash -c 'mount -t tmpfs none upper && mkdir upper/up upper/work \\
        && mount -t overlay none -o lowerdir=$PWD,upperdir=$PWD/upper/up,workdir=$PWD/upper/work merged \\
        && cd merged && echo more >> content/pages/about.md && sitegen build && grep -q more public/about.html'
      """, must: "built", setUp: "mkdir upper merged; sitegen build",
      changes: ["public", ".sitegen", "upper", "merged"],
      needs: .namespaces),
    .refused(
      "public/ is mounted read-only",
      "unshare -m bash -c 'mount -o bind,ro public public && mount -o remount,bind,ro public; sitegen build'",
      says: [], setUp: "sitegen build; echo more >> content/pages/about.md",
      verify: "test -f public/index.html && ! grep -q more public/about.html", needs: .namespaces,
      must: "refused; the old site stays"),
    .refused(
      "the disk is full",
      """
      unshare -m bash -c 'mount -t tmpfs -o size=3m none small && cp -r content templates small && cd small \\
        && sitegen build >/dev/null; for n in 1 2 3 4 5 6 7 8 9; do
        printf -- "---\\ntitle: P$n\\n---\\n%20000d" $n > content/pages/p$n.md; done; head -c 3m /dev/zero 2>/dev/null > fill
        sitegen build 2>../err; status=$?; cat ../err >&2; test -f public/index.html || echo LOST
        test $(grep -ci "no space" ../err) = 1 || echo TWICE; exit $status'
      """, says: [], setUp: "mkdir small", hides: ["LOST", "TWICE"], changes: ["public", ".sitegen", "small", "err"],
      needs: .namespaces, must: "said once; the old site stays"),
  ]
}
