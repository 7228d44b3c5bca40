import Foundation
import TestSupport
import Testing

@Suite(
  "Outputs that cannot change places", .enabled(if: SmallSite.canMount, "needs root, unshare and mount"))
struct MountTests {
  private let site: SmallSite

  init() throws {
    site = try SmallSite()
  }

  /// Changes what every page says.
  private let edit =
    "for f in content/pages/*.md; do sed -i 's/Says [a-z]*/Says new/' $f; done; echo -n new > content/static/data.txt; "

  @Test("a mount point is written file by file; what is one's own stays, and nothing is left")
  func mountPoint() throws {
    let run = try site.run(
      withMounts: """
        mkdir public; mount -t tmpfs none public
        "$SITEGEN" build >/dev/null; echo example.org > public/CNAME
        \(edit)
        "$SITEGEN" build >/dev/null
        grep -l 'Says new' public/p*.html | wc -l; cat public/CNAME public/data.txt; echo
        ls -A . public | grep -i sitegen
        "$SITEGEN" build --atomic || echo $?
        """)
    #expect(
      run.output == """
        12
        example.org
        new
        .sitegen
        .sitegen
        error: The output folder “public” cannot be replaced in one step: it is a mount point, or the folder around it cannot be written to. Build without --atomic: files are replaced one by one then.
        1

        """)
    #expect(run.status == 0)
  }

  @Test("a folder that is mounted elsewhere shows the new site there", arguments: ["public", "elsewhere"])
  func boundFolder(output: String) throws {
    let run = try site.run(
      withMounts: """
        mkdir public elsewhere; "$SITEGEN" build >/dev/null; mount --bind public elsewhere
        \(edit)
        "$SITEGEN" build --output \(output) >/dev/null
        grep -l 'Says new' elsewhere/p*.html | wc -l; cat elsewhere/data.txt; echo
        grep -l 'Says new' public/p*.html | wc -l; cat public/data.txt; echo
        ls -A | sort | tr '\\n' ' '
        """)
    #expect(run.output == "12\nnew\n12\nnew\n.sitegen content elsewhere public templates ")
    #expect(run.status == 0)
  }

  @Test("an output in a lower layer, as in an image of a container, is written file by file")
  func lowerLayer() throws {
    let run = try site.run(
      withMounts: """
        "$SITEGEN" build >/dev/null; echo example.org > public/CNAME
        mkdir layers; mount -t tmpfs none layers; mkdir -p layers/lower layers/upper layers/work layers/merged
        cp -a content public layers/lower; cp -aL templates layers/lower
        mount -t overlay overlay -o lowerdir=layers/lower,upperdir=layers/upper,workdir=layers/work layers/merged
        cd layers/merged
        \(edit)
        "$SITEGEN" build >/dev/null
        grep -l 'Says new' public/p*.html | wc -l; cat public/CNAME public/data.txt; echo
        ls -A public | grep -i sitegen; ls -A
        """)
    #expect(run.output == "12\nexample.org\nnew\n.sitegen\n.sitegen\ncontent\npublic\ntemplates\n")
    #expect(run.status == 0)
  }

  @Test("a full disk is told once, and the old site stands")
  func fullDisk() throws {
    let run = try site.run(
      withMounts: """
        mkdir out; mount -t tmpfs -o size=600k none out
        "$SITEGEN" build --output out/public >/dev/null; before=$(cat $(find out/public -type f | sort) | sha256sum)
        \(edit)
        for n in $(seq 40); do head -c 30000 /dev/zero > content/static/large-$n.bin; done
        "$SITEGEN" build --output out/public || echo $?
        [ "$before" = "$(cat $(find out/public -type f | sort) | sha256sum)" ] && echo same; ls -A out
        """)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 4, "\(run.output)")
    #expect(
      lines.first?.wholeMatch(
        of: /error: Cannot write out\/public\/[^ ]+ and [0-9]+ other files: No space left on device\./) != nil,
      "\(run.output)")
    #expect(lines.dropFirst() == ["1", "same", "public"])
  }

  @Test("a folder that nothing can be made in is told before anything is computed, with the faults of the content")
  func readOnly() throws {
    let run = try site.run(
      withMounts: """
        mkdir out; mount -t tmpfs none out; mount -o remount,ro out
        "$SITEGEN" build --output out/public || echo $?
        echo '![x](none.png)' >> content/pages/p1.md
        "$SITEGEN" build --output out/public 2>&1 | cut -d: -f1
        """)
    #expect(
      run.output == """
        error: The output folder “out/public” cannot be written to: Read-only file system.
        1
        error
        content/pages/p1.md

        """)
  }

  @Test("builds in two containers, where processes have the same numbers, leave one of their sites")
  func containers() throws {
    let other = try SmallSite(words: "other")
    let output = site.folder.path("public")
    for round in 1...4 {
      let builds = try [site, other, site, other].map { site in
        try Program(["build", "--output", output], in: site.url, wrapper: ["unshare", "-p", "-f"])
      }
      for build in builds {
        let outcome = try build.wait()
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      let words = try site.words()
      #expect(words.count == 13)
      #expect(Set(words.values).count == 1, "round \(round): \(words)")
      #expect(try site.names() == [".sitegen", "content", "public", "templates"])
    }
  }
}
