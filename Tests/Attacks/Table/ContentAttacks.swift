extension Attack {
  /// Names, addresses and texts that mean harm.
  static let contents: [Attack] = [
    .built("a content folder called c", "sitegen build --content c", must: "built", setUp: "cp -r content c"),
    .built(
      "--content .", "cd content && sitegen build --content . --templates ../templates --output ../public",
      must: "built",
      changes: ["public", ".sitegen", "content/.sitegen"]),
    .refused("--content ''", "sitegen build --content ''", status: [1, 2], says: []),
    .refused("--content /", "sitegen check --content /", status: [1, 2], says: []),
    .refused("content that is a file", "sitegen build --content notes.txt", status: [1, 2], says: []),
    .refused(
      "navigation to javascript:", "sitegen build", says: ["content/site.yml", "javascript"],
      setUp: "printf 'navigation:\\n  - {title: X, link: \"javascript:alert(1)\"}\\n' >> content/site.yml"),
    .refused(
      "navigation to data:", "sitegen build", says: ["content/site.yml"],
      setUp:
        "printf 'navigation:\\n  - {title: X, link: \"data:text/html,<script>alert(1)</script>\"}\\n' >> content/site.yml"
    ),
    .refused(
      "navigation to VbScript:", "sitegen build", says: ["content/site.yml"],
      setUp: "printf 'navigation:\\n  - {title: X, link: \" VbScript:x\"}\\n' >> content/site.yml"),
    Attack(
      input: "javascript: in Markdown, also with a tab inside", must: "in no page",
      setUp:
        "printf '[a](javascript:alert(1)) [b](<java\\tscript:alert(1)>) [c](data:text/html,x) ![d](vbscript:x)\\n' >> content/pages/about.md",
      command: "sitegen build", status: [0, 1],
      verify: "! grep -rqiE 'href=\"[^\"]*script:|src=\"[^\"]*script:|href=\"data:' public"),
    .refused(
      "a site address that is javascript:", "sitegen build", says: ["content/site.yml"],
      setUp: "echo 'url: \"javascript:alert(1)//\"' >> content/site.yml"),
    .built(
      "raw HTML where it is not asked for", must: "no script in the page",
      setUp: "echo '<script>alert(1)</script>' >> content/pages/about.md",
      verify: "! grep -q '<script>alert' public/about.html"),
    .built(
      "markup in titles, labels, captions and alternative texts", must: "escaped",
      setUp: """
        printf '<script>alert(1)</script>\\ndog\\nmug\\n' > content/models/labels.txt
        sed -i 's/First/"<script>alert(1)<\\/script>"/; s/\\[cat\\]/[0]/' content/experiments/a.md
        front 'caption: "<script>alert(1)</script>"'; front 'alt: "\\\\"><script>alert(1)</script>"'
        """, verify: "! grep -rq '<script>alert' public", changes: ["public", ".sitegen"]),
    Attack(
      input: "terminal escapes in a file's name", must: "none reaches the terminal",
      setUp: "f=$(printf 'content/pages/\\033[31mred\\007.md'); printf -- '---\\ntitel: x\\n---\\n' > \"$f\"",
      command: "sitegen build", status: [1], hides: ["\u{1b}", "\u{7}"]),
    Attack(
      input: "terminal escapes in YAML", must: "none reaches the terminal",
      setUp:
        "printf 'tit\\033[31mel: x\\nnavigation: [\"\\\\e]0;title\\\\a\"]\\n' >> content/site.yml; front 'color\\x1b[2J: gray'; front 'colormap: \"\\\\e[2Jgray\"'",
      command: "sitegen build", status: [1], hides: ["\u{1b}", "\u{7}"]),
    Attack(
      input: "terminal escapes on the command line", must: "none reaches the terminal",
      command: "sitegen build --content $'\\e[31mx'",
      status: [1, 2], hides: ["\u{1b}"]),
    Attack(
      input: "terminal escapes in a model's names", must: "none reaches the terminal",
      setUp: "sed -i 's/relu1/\\x1b[31m/g' content/models/net.onnx", command: "sitegen model inspect net",
      status: [0, 1],
      hides: ["\u{1b}"]),
    Attack(
      input: "NUL in a page", must: "in no page", setUp: "printf 'a\\0b\\n' >> content/pages/about.md",
      command: "sitegen build",
      status: [0, 1], verify: "! grep -rqaP '\\x00' public --include=*.html"),
    Attack(
      input: "NUL and control characters in YAML", must: "in no page",
      setUp: "sed -i 's/First/\"a\\\\0b\\\\x08c\"/' content/experiments/a.md",
      command: "sitegen build", status: [0, 1], verify: "! grep -rqaP '[\\x00\\x08]' public --include=*.html"),
    .built(
      "headings # Experiments and # Figure 1, tags C, C++, C#, c and two emoji", must: "no id twice in a page",
      setUp: """
        page index.md Home < <(printf '# Experiments\\n\\n# Figure 1\\n'); page pages/about.md About < <(printf '# Main\\n\\n# Main\\n')
        front 'tags: [C, C++, "C#", c, 🙂, 🙃]'; printf '\\n# Figure 1\\n\\n# Figure-1\\n\\n# Experiments\\n' >> content/experiments/a.md
        """,
      verify: """
        find public -name '*.html' | while read -r f; do
          d=$(grep -oE ' id="[^"]*"' "$f" | sort | uniq -d); [ -z "$d" ] || { echo "$f: $d"; exit 1; }; done
        """, changes: ["public", ".sitegen"]),
    .built(
      "10,000 equal headings", "timeout 30 sitegen build", must: "built in seconds",
      setUp: "for n in $(seq 10000); do echo '# Same'; echo; done >> content/pages/about.md"),
    Attack(
      input: "10,000 classes that are nearly labels", must: "refused in seconds",
      setUp: "sed -i \"s/\\[cat\\]/[$(seq -s, 10000 | sed 's/[0-9]*/x&ca/g')]/\" content/experiments/a.md",
      command: "timeout 30 sitegen build", status: [1]),
    Attack(
      input: "a class name of a megabyte", must: "refused in seconds",
      setUp:
        "{ printf -- '---\\ntitle: L\\nmodel: net\\nimage: picture.png\\nclasses: [\"'; head -c 1000000 /dev/zero | tr '\\0' 'c'; printf '\"]\\n---\\n'; } > content/experiments/long.md",
      command: "timeout 30 sitegen build", status: [1]),
    .refused(
      "aliases in YAML that double a billion times", "timeout 30 sitegen build", says: ["content/site.yml"],
      setUp:
        "{ echo 'a0: &a0 [x, x]'; for n in $(seq 30); do echo \"a$n: &a$n [*a$((n-1)), *a$((n-1))]\"; done; } >> content/site.yml",
      must: "refused in seconds"),
    .refused(
      "YAML nested 100,000 deep", "timeout 30 sitegen build", says: ["content/site.yml"],
      setUp: "{ printf 'navigation: '; head -c 100000 /dev/zero | tr '\\0' '['; } >> content/site.yml"),
    Attack(
      input: "Markdown quoted 100,000 deep", must: "built or refused",
      setUp: "head -c 100000 /dev/zero | tr '\\0' '>' >> content/pages/about.md",
      command: "timeout 60 sitegen build", status: [0, 1]),
    .refused(
      "a page of three gigabytes", "timeout 30 sitegen build", says: ["content/pages/about.md"],
      setUp: "truncate -s 3G content/pages/about.md", changes: ["public", ".sitegen", "content/pages"]),
    .refused(
      "TOML front matter", "sitegen build", says: ["TOML", "YAML"],
      setUp: "printf '+++\\ntitle = \"x\"\\n+++\\n' > content/pages/more.md"),
    Attack(
      input: "page.MD and page.markdown", must: "read, or named",
      setUp: "printf -- '---\\ntitle: M\\n---\\n' | tee content/pages/more.MD > content/pages/other.markdown",
      command: "sitegen build", status: [0, 1],
      verify:
        "{ test -f public/more.html || sitegen check 2>&1 | grep -q more.MD; } && { test -f public/other.html || sitegen check 2>&1 | grep -q other.markdown; }"
    ),
    Attack(
      input: "two pages whose names differ only in case", must: "check and build say so",
      setUp: "page pages/About.md Again <<< x",
      command: "sitegen build; a=$?; sitegen check; b=$?; [ $a = $b ] && exit $a", status: [1], says: ["About.md"]),
    Attack(
      input: "static/style.css and pages/404.md", must: "check says what build says",
      setUp: "echo x > content/static/style.css; page pages/404.md Lost <<< x",
      command:
        "sitegen build >b 2>&1; a=$?; sitegen check >c 2>&1; d=$?; grep error: b > b1; grep error: c > c1; cat b; rm -f b c; diff b1 c1 && rm b1 c1 && [ $a = $d ]",
      status: [0]),
    .refused(
      "a page whose name is 250 bytes long", "sitegen check", says: [],
      setUp: "echo x > content/pages/$(head -c 250 /dev/zero | tr '\\0' a).md"),
    Attack(
      input: "a fence called explian, a missing anchor, a tag that nothing lists, an unknown template variable",
      must: "each is said",
      setUp: """
        printf '\\n```explian\\nimage: picture.png\\n```\\n[x](about.md#nowhere)\\n' >> content/pages/about.md
        sed -i '2i tags: [lonely]' content/pages/about.md; echo '{{no_such_thing}}' >> templates/page.mustache
        """, command: "sitegen check", status: [0, 1], says: ["explian", "nowhere", "these tags", "no_such_thing"]),
  ]
}
