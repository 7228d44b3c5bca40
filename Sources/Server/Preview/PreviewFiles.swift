/// What is served beside the site, under addresses that no site has.
enum PreviewFiles {
  /// What the paths of all of them begin with. In a site, no name begins with a point.
  static let prefix = ".sitegen/"
  static let script = prefix + "reload.js"
  static let style = prefix + "preview.css"
  static let events = prefix + "events"

  /// Says which state of the site stands now.
  static let stateEvent = "state"
  /// Says what is being done, or nothing any more.
  static let progressEvent = "progress"

  /// A page's script, which has the page loaded again when another state stands than the one that it shows.
  ///
  /// Browsers keep few connections to a server: a page that nobody sees gives its own up. When it is seen again it is told the
  /// state anew.
  static let scriptText = """
    "use strict";
    (() => {
      const shown = document.currentScript.dataset.state;
      let source, line;
      const tell = (text) => {
        if (!line && text) {
          line = document.createElement("p");
          line.className = "sitegen-progress";
          line.setAttribute("role", "status");
          document.body.append(line);
        }
        if (line) {
          line.textContent = text;
          line.hidden = !text;
        }
      };
      const follow = () => {
        source?.close();
        source = undefined;
        if (document.hidden) return;
        source = new EventSource("/\(events)");
        source.addEventListener("\(stateEvent)", (event) => {
          if (event.data !== shown) location.reload();
        });
        source.addEventListener("\(progressEvent)", (event) => tell(event.data));
      };
      document.addEventListener("visibilitychange", follow);
      addEventListener("pagehide", () => source?.close());
      addEventListener("pageshow", (event) => event.persisted && follow());
      follow();
    })();

    """

  /// How the notice of faults and the line of progress look, whatever style the site has.
  static let styleText = """
    .sitegen-faults, .sitegen-progress {
      all: initial; display: block; box-sizing: border-box; position: relative; z-index: 2147483647;
      font: 15px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: #fff; background: #8d1b1b;
    }
    .sitegen-faults { padding: 14px 20px; max-height: 60vh; overflow: auto; border-bottom: 4px solid #5c0f0f; }
    .sitegen-faults * { all: unset; }
    .sitegen-faults strong, .sitegen-faults p, .sitegen-faults li, .sitegen-faults span { display: block; }
    .sitegen-faults strong { font-weight: bold; }
    .sitegen-faults li { margin-top: 10px; overflow-wrap: anywhere; }
    .sitegen-faults code { color: #ffd9a8; font-family: inherit; }
    .sitegen-faults span { color: #ffe9d6; }
    .sitegen-progress { position: fixed; inset: auto 0 0 0; margin: 0; padding: 6px 20px; background: #1d3b53; }
    .sitegen-progress[hidden] { display: none; }

    """
}
