extension Attack {
  private static let sixPages =
    "for n in 1 2 3 4 5 6; do sed \"s/First/P$n/\" content/experiments/a.md > content/experiments/$n.md; done"

  /// Surroundings that are not as a program expects them.
  static let processes: [Attack] = [
    Attack(
      input: "closed stderr", must: "faults end with 1", setUp: "echo 'x: y' >> content/site.yml",
      command: "sitegen build 2>&-", status: [1]),
    Attack(
      input: "full stderr", must: "faults end with 1", setUp: "echo 'x: y' >> content/site.yml",
      command: "sitegen build 2>/dev/full", status: [1],
      needs: .linux),
    Attack(
      input: "closed stderr while building", must: "built", command: "sitegen build 2>&-", status: [0],
      verify: "test -f public/index.html"),
    Attack(
      input: "full stderr while building", must: "built", command: "sitegen build 2>/dev/full", status: [0],
      verify: "test -f public/index.html",
      needs: .linux),
    Attack(
      input: "closed stdout", must: "built, or a fault", command: "sitegen build >&-", status: [0, 1],
      verify: "test -f public/index.html"),
    Attack(
      input: "full stdout", must: "built, or a fault", command: "sitegen build >/dev/full", status: [0, 1],
      verify: "test -f public/index.html", needs: .linux),
    Attack(
      input: "all three closed", must: "built, and nothing written into its files",
      command: "sitegen build <&- >&- 2>&-", status: [0, 1],
      verify: "test -f public/index.html"),
    Attack(
      input: "stdout into a pipe that nobody reads", must: "no harm",
      command: "sitegen build | true; exit ${PIPESTATUS[0]}", status: [0, 1, 141],
      verify: "test -f public/index.html || test ! -e public"),
    Attack(
      input: "no /proc", must: "built, or a fault that is said",
      command: "unshare -m bash -c 'mount -t tmpfs none /proc && exec sitegen build --jobs 2'",
      status: [0], verify: "test -f public/index.html", needs: .namespaces),
    Attack(
      input: "no /proc, explain", must: "explained",
      command:
        "unshare -m bash -c 'mount -t tmpfs none /proc && exec sitegen explain content/images/picture.png --model net --class cat --output work'",
      status: [0], verify: "test -f work/manifest.json", changes: ["work", ".sitegen"], needs: .namespaces),
    .refused(
      "the current folder is gone", "mkdir gone && cd gone && rmdir ../gone && sitegen build", says: []),
    Attack(
      input: "sixteen open files at most", must: "built, or a fault", command: "ulimit -n 16; sitegen build",
      status: [0, 1],
      verify: "test -f public/index.html || test ! -e public"),
    Attack(
      input: "files of 4,096 bytes at most", must: "a fault; no half a site",
      command: "ulimit -f 8; trap '' XFSZ; sitegen build", status: [0, 1],
      verify: "test -f public/index.html || test ! -e public"),
    Attack(
      input: "--jobs 0 and --jobs 1000000000", must: "2",
      command: "sitegen build --jobs 0; a=$?; sitegen build --jobs 1000000000; [ $a = $? ] && exit $a", status: [2]),
    Attack(
      input: "no environment at all", must: "built", command: "exec env -i \"$(command -v sitegen)\" build",
      status: [0], verify: "test -f public/index.html"),
    Attack(
      input: "killed at nine moments", must: "an old or new site each time; the next build clears up",
      setUp:
        "sitegen build; cp -r public old; \(sixPages); sitegen build; cp -r public new; rm content/experiments/[1-6].md; sed \"s/Text/More/\" -i content/experiments/a.md",
      command: """
        for n in 1 2 3 4 5 6 7 8 9; do echo "change $n" >> content/pages/about.md; sitegen build >/dev/null 2>&1 & p=$!
          sleep 0.0$((n * 8)); kill -9 $p; wait $p 2>/dev/null; test -f public/index.html && test -f public/experiments/a.html || echo LOST; done
        sitegen build && grep -q 'change 9' public/about.html && ls -A | grep -E '^\\.public' && echo LITTER; true
        """, status: [0], hides: ["LOST", "LITTER"], verify: "test -f public/index.html",
      changes: ["public", ".sitegen", "old", "new", "content/pages", "content/experiments"], isChance: true),
    Attack(
      input: "Ctrl-C", must: "130; the old site stays, nothing is left over",
      setUp: "sitegen build; \(sixPages)",
      command:
        "set -m; sitegen build --store other >/dev/null 2>&1 & p=$!; sleep 0.06; kill -INT $p; wait $p; s=$?; ls -A | grep -E '^\\.public'; [ $s = 130 ] || [ $s = 0 ]",
      status: [0], hides: [".public"], verify: "test -f public/index.html", changes: ["public", ".sitegen", "other"],
      isChance: true),
    Attack(
      input: "two builds at once of two contents", must: "one after the other: the site of one of them",
      setUp: """
        \(sixPages); cp -r content content2; for n in 1 2 3 4 5 6; do sed -i 's/Text/Other/' content2/experiments/$n.md; echo x >> content2/pages/about.md; done
        sitegen build --output one --store s1; sitegen build --content content2 --output two --store s2
        """,
      command: """
        for n in 1 2 3; do sitegen build --store s1 >/dev/null 2>l1 & a=$!; sitegen build --content content2 --store s2 >/dev/null 2>l2 & b=$!
          wait $a; x=$?; wait $b; y=$?; [ $x -le 1 ] && [ $y -le 1 ] && [ $((x + y)) -le 1 ] || echo "ENDED $x $y"
          diff -rq public one >/dev/null || diff -rq public two >/dev/null || echo MIXED; rm -f l1 l2; done
        """, status: [0], hides: ["MIXED", "ENDED"], verify: "test -f public/index.html",
      changes: ["public", ".sitegen", "one", "two", "s1", "s2", "content2"], isChance: true),
    Attack(
      input: "two builds at once with equal process ids", must: "one after the other: the site of one of them",
      setUp: """
        \(sixPages); cp -r content content2; for n in 1 2 3 4 5 6; do sed -i 's/Text/Other/' content2/experiments/$n.md; echo x >> content2/pages/about.md; done
        sitegen build --output one --store s1; sitegen build --content content2 --output two --store s2
        """,
      command: """
        for n in 1 2 3; do unshare -pf --mount-proc sitegen build --store s1 >/dev/null 2>&1 & a=$!
          unshare -pf --mount-proc sitegen build --content content2 --store s2 >/dev/null 2>&1 & b=$!
          wait $a; x=$?; wait $b; y=$?; [ $x -le 1 ] && [ $y -le 1 ] && [ $((x + y)) -le 1 ] || echo "ENDED $x $y"
          diff -rq public one >/dev/null || diff -rq public two >/dev/null || echo MIXED; done
        """, status: [0], hides: ["MIXED", "ENDED"], verify: "test -f public/index.html",
      changes: ["public", ".sitegen", "one", "two", "s1", "s2", "content2"], needs: .namespaces, isChance: true),
    Attack(
      input: "a build with --drafts is killed, then one without is run", must: "no draft is published",
      setUp: "page pages/secret.md Secret 'draft: true\n' <<< 'not yet'; sitegen build",
      command: """
        for n in 2 4 6 8; do echo $n >> content/pages/about.md; sitegen build --drafts >/dev/null 2>&1 & p=$!; sleep 0.0$((n * 9)); kill -9 $p; wait $p 2>/dev/null; done
        echo end >> content/pages/about.md; sitegen build
        """, status: [0], verify: "test ! -e public/secret.html && ! grep -rq 'not yet' public",
      changes: ["public", ".sitegen", "content/pages"], isChance: true),
  ]
}
