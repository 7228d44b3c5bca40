extension Attack {
  /// Templates that have no end.
  static let templates: [Attack] = [
    .refused(
      "a template that includes itself", "timeout 30 sitegen build", says: [],
      setUp: "echo '{{> page}}' >> templates/page.mustache"),
    .refused(
      "a template that includes itself by other delimiters", "timeout 30 sitegen build", says: [],
      setUp: "echo '{{=<% %>=}}<%> page%>' >> templates/page.mustache"),
    .refused(
      "a template that includes itself by a tag with a line break", "timeout 30 sitegen build", says: [],
      setUp: "printf '{{>\\n page\\n}}' >> templates/page.mustache"),
    .refused(
      "a template that includes itself by a dynamic name", "timeout 30 sitegen build", says: [],
      setUp: "echo '{{>*page.title}}' >> templates/page.mustache; sed -i 's/About/page/' content/pages/about.md"),
    .refused(
      "two templates that include each other", "timeout 30 sitegen build", says: [],
      setUp: "echo '{{> b}}' >> templates/page.mustache; echo '{{> page}}' > templates/b.mustache"),
    .refused(
      "sections nested 2,500 deep", "timeout 30 sitegen build", says: ["templates/page.mustache"],
      setUp:
        "{ for n in $(seq 2500); do printf '{{#page}}'; done; for n in $(seq 2500); do printf '{{/page}}'; done; } >> templates/page.mustache"
    ),
    .refused(
      "templates that double their text 40 times", "timeout 60 sitegen build", says: [],
      setUp:
        "for n in $(seq 40); do echo \"{{> p$((n-1))}}{{> p$((n-1))}}\" > templates/p$n.mustache; done; echo xxxxxxxx > templates/p0.mustache; echo '{{> p40}}' >> templates/page.mustache"
    ),
    .refused(
      "a section without an end", "sitegen build", says: ["templates/page.mustache"],
      setUp: "echo '{{#page}}' >> templates/page.mustache"),
    .refused(
      "a template of three gigabytes", "timeout 30 sitegen build", says: [],
      setUp: "truncate -s 3G templates/page.mustache", changes: ["public", ".sitegen", "templates"]),
  ]
}
