"""Loads every page of a site in a browser and says what each costs: requests, bytes, and the largest contentful paint.

    apt-get install chromium chromium-driver
    swift run -c release sitegen build --output new
    python3 benchmarks/page_weight.py old new

A page is loaded over HTTP from this machine, not compressed, into an empty cache, in a window of 1280 × 900. What is
counted is the page and all that it asks for: first until it is at rest, then after a reader has scrolled to its end,
for pictures further down are loaded only then. Several sites take turns, page by page.
"""

import argparse
import functools
import json
import re
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# How long a page must have asked for nothing, in seconds.
REST = 0.5

PAINT = """
const done = arguments[0];
new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
"""
COST = """
const entries = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
return [entries.length, entries.reduce((sum, entry) => sum + entry.encodedBodySize, 0)];
"""
SCROLL = """
scrollBy({ top: 400, behavior: "instant" });
return scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
"""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


class Browser:
    """A headless Chromium, driven through chromedriver."""

    def __init__(self):
        self.log = tempfile.NamedTemporaryFile("r")
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=open(self.log.name, "w"))
        while not (found := re.search(r"started successfully on port (\d+)", Path(self.log.name).read_text())):
            time.sleep(0.05)
        self.session = f"http://127.0.0.1:{found[1]}/session"
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"]}
        capabilities = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        self.session += "/" + self.send("POST", "", capabilities)["sessionId"]

    def send(self, verb, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.session + path, data, {"Content-Type": "application/json"}, method=verb)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["value"]

    def run(self, script, kind="sync"):
        return self.send("POST", f"/execute/{kind}", {"script": script, "args": []})

    def open(self, address):
        self.send("POST", "/url", {"url": address})

    def forget(self):
        self.open("about:blank")
        self.send("POST", "/goog/cdp/execute", {"cmd": "Network.clearBrowserCache", "params": {}})

    def close(self):
        self.send("DELETE", "")
        self.driver.terminate()
        self.driver.wait()


def at_rest(browser):
    """Requests and bytes, once no more come."""
    cost = browser.run(COST)
    while True:
        time.sleep(REST)
        before, cost = cost, browser.run(COST)
        if cost == before:
            return cost


def measure(browser, address):
    """Requests and bytes at first, the same at the end, and the milliseconds until the largest paint."""
    browser.forget()
    browser.open(address)
    first = at_rest(browser)
    paint = browser.run(PAINT, "async")
    while not browser.run(SCROLL):
        time.sleep(0.05)
    return *first, *at_rest(browser), paint


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is loaded; medians are printed")
    arguments = parser.parse_args()
    servers = []
    for site in arguments.sites:
        handler = functools.partial(QuietHandler, directory=site)
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
    sites = " → ".join(site.name for site in arguments.sites)
    print(f"| {sites} | requests | kB | requests, scrolled | kB, scrolled | largest paint, ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    browser = Browser()
    try:
        for page in sorted(path.relative_to(arguments.sites[0]) for path in arguments.sites[0].rglob("*.html")):
            addresses = [f"http://127.0.0.1:{server.server_address[1]}/{page}" for server in servers]
            rounds = [[measure(browser, address) for address in addresses] for _ in range(arguments.rounds)]
            columns = [[statistics.median(values) for values in zip(*loads)] for loads in zip(*rounds)]
            requests, size, all_requests, all_size, paint = zip(*columns)
            cells = [requests, [v / 1000 for v in size], all_requests, [v / 1000 for v in all_size], paint]
            texts = [" → ".join(f"{value:,.0f}" for value in cell) for cell in cells]
            print("| " + " | ".join([str(page)] + texts) + " |", flush=True)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
