extension Attack {
  /// What the store, `explain` and `check` must leave alone.
  static let stores: [Attack] = [
    .refused("store prune --store content", "sitegen store prune --store content", status: [1, 2], says: []),
    .refused("store prune --store .", "sitegen store prune --store .", status: [1, 2], says: []),
    .refused("store prune --store outside", "sitegen store prune --store ../outside", status: [1, 2], says: []),
    .refused("build --store content", "sitegen build --store content", status: [1, 2], says: []),
    .refused("build --store content/store", "sitegen build --store content/store", status: [1, 2], says: []),
    .refused("build --store .", "sitegen build --store .", status: [1, 2], says: []),
    .refused("build --store public", "sitegen build --store public", status: [1, 2], says: []),
    .refused("build --store ''", "sitegen build --store ''", status: [1, 2], says: []),
    .built(
      "check", "sitegen check", must: "nothing is written", verify: "! test -e .sitegen && ! test -e public",
      changes: []),
    Attack(
      input: "check --store .", must: "nothing is written", command: "sitegen check --store .", status: [0, 1, 2],
      verify: "test \"$(cat .gitignore)\" = mine", changes: []),
    .built(
      "files of somebody's own in the store", "sitegen store prune", must: "pruned; they stay",
      setUp: """
        sitegen build; echo years > .sitegen/store/thesis.txt; mkdir .sitegen/store/figures/notes
        echo years > .sitegen/store/figures/notes/thesis.txt; rm content/experiments/a.md
        """, verify: "cat .sitegen/store/thesis.txt .sitegen/store/figures/notes/thesis.txt"),
    .built(
      "every entry of the store is cut off", must: "built as without a store",
      setUp: """
        sitegen build; mv public right; find .sitegen/store -type f -exec truncate -s 40 {} +
        """, verify: "diff -r right public", changes: ["public", ".sitegen", "right"]),
    .built(
      "every entry of the store is in another's place", must: "built as without a store",
      setUp: """
        sitegen build; cp -r public right; front 'colormap: gray'; sitegen build; cp -r public right-gray
        for kind in .sitegen/store/*/; do
          mapfile -t files < <(find $kind -type f | sort); first=${files[0]}
          [ -n "$first" ] && cp "$first" swap && for file in "${files[@]:1}"; do cp "$file" swap2; cp swap "$file"; mv swap2 swap; done
          [ -n "$first" ] && cp swap "$first"
        done; rm -rf public swap swap2
        """, verify: "diff -r right-gray public",
      changes: ["public", ".sitegen", "right", "right-gray", "content/experiments"]),
    .built(
      "every entry of the store has become a folder", must: "built as without a store",
      setUp: """
        sitegen build; mv public right; find .sitegen/store/*/ -type f | while read -r file; do rm "$file"; mkdir "$file"; done
        """, verify: "diff -r right public", changes: ["public", ".sitegen", "right"]),
    .built(
      "the store is pruned while a site is built", "sitegen build & sleep 0.1; sitegen store prune >/dev/null; wait $!",
      must: "built",
      setUp:
        "for n in 1 2 3 4 5 6 7 8; do sed \"s/First/P$n/\" content/experiments/a.md > content/experiments/$n.md; done"),
    .built(
      "two pictures whose names differ only in how é is written", must: "two pictures",
      setUp: """
        cp $KIT/picture.png "$(printf 'content/images/\\u00e9.png')"; cp $KIT/another.png "$(printf 'content/images/e\\u0301.png')"
        for name in '\\u00e9' 'e\\u0301'; do printf -- "---\\ntitle: T\\nmodel: net\\nimage: $name.png\\nclasses: [cat]\\n---\\n" \\
          > content/experiments/$(printf $name | md5sum | head -c 4).md; done
        """,
      verify: """
        a=$(md5sum public/explanations/experiments/????/1/photo-* | cut -c1-32 | sort -u | wc -l); test $a = 2
        """),
    .refused(
      "explain into a folder with another's manifest.json",
      "sitegen explain content/images/picture.png --model net --class cat --output work", says: [],
      setUp: "mkdir work; echo '{\"name\": \"my app\"}' > work/manifest.json"),
    Attack(
      input: "explain into the content", must: "nothing of the content is changed",
      command: "sitegen explain content/images/picture.png --model net --class cat --output content", status: [0, 1]),
    .refused(
      "explain through a link", "sitegen explain content/images/picture.png --model net --class cat --output work",
      says: [], setUp: "mkdir work; ln -s ../../outside/secret.txt work/manifest.json"),
    .built(
      "layers a/b and a_b",
      "sitegen explain content/images/picture.png --model net --class cat --method grad-cam --layer block/relu --layer block_relu --output work",
      must: "a file for each", setUp: "network $KIT/slashes.onnx",
      verify: "test $(find work -name '*grad-cam*.png' | wc -l) = 2", changes: ["work", ".sitegen"]),
  ]
}
