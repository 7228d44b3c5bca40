// Lets figures answer: draws maps anew, zooms and probes all panels at once, enlarges them, shows rows one by one.
// Without it everything is there. It loads nothing and draws from the numbers in the page. What a reader has chosen
// stands in a form in each figure, and from there in the address.
"use strict";
{
const html = (text) => document.createRange().createContextualFragment(text).firstElementChild;
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const percent = (share) => `${Math.round(share * 100)} %`;
const number = (value) =>
  `${Math.abs(value) < 100 ? +value.toPrecision(3) : Math.round(value)}`.replace("-", "−");
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Colour maps by the corners between which they are linear: position, red, green, blue.
const colormaps = {
  turbo: "ADASOwk6LHkVQ066IUZt5ixFifw2OaL8QSa96U0Y18pWG+W0YDLxl3J0/lx9m/1AiLn1NJfd4Dal9MQ6tP6hL8f1aBfY3j4I6rkeAf96BAI=",
  jet: "AAAAfxwAAP4gAAD/VgDY/1kA5PdgFf/hn+D/FaTx/AWo/u0A4/4SAOjoAAD/fwAA",
  viridis: "AEQBVBNIHG4vQj6FWS5rjocel4qbI6mCrTm5dsZrzVnryuAe9eTjGP/95yQ=",
  inferno: "AAAAAwoEAxYgIAxKLzsJZENbEW5ijSNpgr44UqHlWzC/+YwJyvugB9b7txzn9dlI9PHwef/8/qQ=",
  magma: "AAAAAwQBAQkcFw88MDUPaj5NEXpaeSKBfrM1epvgS2aw9Wpbw/yOY93+voP/+/y/",
  gray: "AAAAAP////8=",
  coolwarm: "ADpMwA9MZtYscZT0RpW3/mG50Ph82dzgj+vTxqz3tZjG8Y5w49lYR/bBKjD/swMm",
};

// 256 colours of four bytes, each as strong as it is far from no evidence.
function palette(name, opacity, blend, isSigned) {
  const corner = [...atob(colormaps[name] ?? colormaps.gray)].map((byte) => byte.charCodeAt());
  const bytes = new Uint8ClampedArray(1024);
  for (let entry = 0, low = 0; entry < 256; entry++) {
    if (entry > corner[low + 4]) low += 4;
    const share = (entry - corner[low]) / (corner[low + 4] - corner[low]);
    for (const c of [1, 2, 3]) bytes[entry * 4 + c - 1] = corner[low + c] * (1 - share) + corner[low + 4 + c] * share;
    const strength = isSigned ? Math.abs(entry - 128) / (entry < 128 ? 128 : 127) : entry / 255;
    bytes[entry * 4 + 3] = 255 * opacity * (blend === "flat" ? 1 : strength * (2 - strength));
  }
  return new Uint32Array(bytes.buffer);
}

// The cells between which each pixel along an axis lies; in single precision, as the page's own pictures are made.
const F = Math.fround, mix = (low, high, share) => F(F(low * F(1 - share)) + F(high * share));
const neighbours = (cells, pixels, isSmooth) => Array.from({ length: pixels }, (_, pixel) => {
  const place = Math.max(F(F(F(cells / pixels) * (pixel + 0.5)) - isSmooth / 2), 0);
  const low = Math.min(Math.floor(place), cells - 1);
  return [low, Math.min(low + 1, cells - 1), isSmooth * Math.min(F(place - low), 1)];
});

// Draws a map whose colours end at `map.end`.
function draw(canvas, map, { colors, opacity, cells, contour, threshold }, blend) {
  const { width, height } = canvas, { signed, end } = map;
  const image = new ImageData(width, height), pixels = new Uint32Array(image.data.buffer);
  const paint = palette(signed ? "coolwarm" : colors, opacity, blend, signed), inside = new Uint8Array(pixels.length);
  const [left, top, across, down] = map.view.map((share, i) => Math.round(share * (i % 2 ? height : width)));
  const columns = neighbours(map.width, across, cells === "smooth"), rows = neighbours(map.height, down, cells === "smooth");
  const values = map.values.map((value) => F(F(signed ? value : Math.max(value, 0)) / F(end)));
  for (let y = Math.max(top, 0); y < Math.min(top + down, height); y++) {
    const row = rows[y - top], upper = row[0] * map.width, lower = row[1] * map.width;
    for (let x = Math.max(left, 0); x < Math.min(left + across, width); x++) {
      const column = columns[x - left], low = column[0], high = column[1], i = y * width + x;
      const above = mix(values[upper + low], values[upper + high], column[2]);
      const value = mix(above, mix(values[lower + low], values[lower + high], column[2]), row[2]);
      pixels[i] = paint[Math.floor(clamp((signed ? (value + 1) / 2 : value) * 256, 0, 255))];
      inside[i] = Math.abs(value) * end >= threshold * map.max;
    }
  }
  // A line at the threshold: white within and black around shows on every colour.
  const reach = Math.ceil(width / 400), near = [-reach, reach, -reach * width, reach * width];
  if (contour === "line") inside.forEach((is, i) => {
    if (near.some((step) => inside[i + step] === 1 - is)) pixels[i] = is ? 0xffffffff : 0xff000000;
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
}

const template = document.getElementById("controls"), figures = new Map();

function answer(figure, isFirst) {
  const one = (selector) => figure.querySelector(selector), json = one("script.maps");
  const page = json ? JSON.parse(json.textContent) : { maps: {} }, rows = [...figure.querySelectorAll(".row")];
  const grid = rows.map((row) => [...row.querySelectorAll(".panel:has(.view)")].map((element) => {
    const [view, picture, legend, caption] =
      [".view", "picture", ".legend", "figcaption"].map((name) => element.querySelector(name));
    const map = page.maps[element.id], chip = html(`<span class="chip" aria-hidden="true"></span>`);
    view.append(chip);
    const panel = { element, row, view, picture, legend, map, chip, title: caption.textContent };
    if (map) map.max = Math.max(...map.values.map((value) => map.signed ? Math.abs(value) : value));
    if (!picture || !(map?.max > 0)) return panel;
    const canvas = html("<canvas hidden></canvas>");
    for (const side of ["width", "height"]) canvas[side] = picture.lastElementChild.getAttribute(side);
    picture.after(canvas);
    return { ...panel, canvas, legendHTML: legend?.innerHTML };
  }));
  const panels = grid.flat(), drawn = panels.filter((panel) => panel.canvas);
  const kind = rows.length > 2 && { classes: "class", layers: "layer" }[figure.dataset.rows];

  const [form, chooser, dialog] = template.content.cloneNode(true).children;
  const own = { opacity: page.opacity, colors: page.colormap, scale: page.scale, threshold: page.threshold };
  if (!drawn.length) for (const label of form.querySelectorAll("label")) label.remove();
  else for (const [name, value] of Object.entries(own)) {
    form[name].value = form[name].defaultValue = value;
    for (const option of form[name].options ?? []) option.defaultSelected = option.selected;
  }
  form.querySelector("details").open = isFirst && drawn.length && matchMedia("(min-width: 60rem)").matches;
  one(".rows").after(form);
  figure.append(dialog);

  // Rows: tabs for classes, a slider for layers, a button for all at once.
  const names = rows.map((row) => row.dataset[kind]).map((name, i, all) => all.indexOf(name) === i ? name : `${i + 1}`);
  const chosen = () => kind ? names.indexOf(form[kind].value) : -1;
  function choose(index) {
    form[kind].value = names[index] ?? "*";
    change();
  }
  const [list, label, all] = chooser.children, [slider, output] = label.children;
  const tabs = kind !== "class" ? [] : rows.map((row, index) => {
    const { probability } = row.dataset, tab = html(`<button type="button" role="tab" aria-controls="${row.id}"></button>`);
    tab.append(names[index], html(`<small>${probability ? percent(probability) : ""}</small>`));
    tab.style.setProperty("--share", probability);
    row.setAttribute("role", "tabpanel");
    tab.onclick = () => choose(index);
    tab.onkeydown = ({ key }) => {
      const other = tabs[{ Home: 0, End: tabs.length - 1 }[key] ?? index + arrows[key]?.[0]];
      other?.focus();
      other?.click();
    };
    return tab;
  });
  if (kind) {
    form.row.defaultValue = names[0];
    form.row.name = kind;
    list.append(...tabs);
    (tabs.length ? label : list).remove();
    slider.max = rows.length - 1;
    slider.oninput = () => choose(slider.value);
    all.onclick = () => choose(chosen() < 0 ? 0 : -1);
    one(".rows").before(chooser);
  }
  function showRows(index) {
    rows.forEach((row, i) => { row.hidden = index >= 0 && i !== index; });
    tabs.forEach((tab, i) => {
      tab.ariaSelected = i === index;
      tab.tabIndex = i === Math.max(index, 0) ? 0 : -1;
    });
    all.ariaPressed = index < 0;
    slider.value = Math.max(index, 0);
    slider.ariaValueText = output.value = names[index] ?? "–";
  }

  // Settings: shown as the form has them, and written into the address.
  const settings = () => new URLSearchParams(new FormData(form)), made = settings();
  const numbers = (name) => form[name].value ? form[name].value.split(",").map(Number) : [];
  let hover, frame, timer, enlarged;
  const showSoon = () => { frame ??= requestAnimationFrame(show); };
  function change() {
    showSoon();
    clearTimeout(timer);
    timer = setTimeout(() => {
      const changed = settings();
      for (const [key, value] of made) if (changed.get(key) === value) changed.delete(key);
      const text = `${changed}`.replaceAll("&", ";").replaceAll("%2C", ",");
      history.replaceState(null, "", `#${figure.id}${text && ";" + text}`);
    }, 250);
  }
  function show() {
    frame = undefined;
    const state = Object.fromEntries(settings()), [zoom, left, top] = numbers("zoom"), at = hover ?? numbers("at");
    const variables = { zoom, left, top, wipe: state.wipe, x: at[0] * zoom + left, y: at[1] * zoom + top };
    for (const [name, value] of Object.entries(variables)) figure.style.setProperty(`--${name}`, value);
    figure.classList.toggle("zoomed", zoom > 1);
    figure.classList.toggle("probed", at.length > 0);
    showRows(chosen());
    const isAsMade = ["colors", "opacity", "scale", "cells", "contour"].every((key) => state[key] === made.get(key));
    for (const { row, picture, canvas, legend, legendHTML, map } of drawn) {
      const alike = drawn.map((panel) => panel.map).filter((other) => other.method === map.method && state.scale === "shared");
      const end = map.end = Math.max(map.max, ...alike.map((other) => other.max));
      picture.hidden = !(canvas.hidden = isAsMade);
      if (!isAsMade && !row.hidden) draw(canvas, map, state, page.blend);
      if (legend) legend.innerHTML = isAsMade ? legendHTML : `<span>${map.signed ? number(-end) : 0}</span>
        <span class="colorbar ${map.signed ? "coolwarm" : state.colors} ${page.blend}"></span> <span>${number(end)}</span>
        ${alike[0] ? `<span class="share">${percent(map.max / end)} of the scale</span>` : ""}`;
    }
    for (const panel of panels) panel.chip.textContent = panel.map && at.length ? reading(panel, at) : "";
    if (enlarged) dialog.querySelector(".chip").textContent = enlarged.chip.textContent;
    for (const output of form.querySelectorAll("output")) output.value = percent(output.previousElementSibling.value);
  }

  // Zoom and probe. A probe tells the raw value of the cell, and where the colours end.
  function reading({ map }, [x, y]) {
    const [left, top, width, height] = map.view;
    const column = Math.floor((x - left) / width * map.width), row = Math.floor((y - top) / height * map.height);
    const value = column >= 0 && column < map.width ? map.values[row * map.width + column] : undefined;
    return value === undefined ? "outside" : `${number(value)} of ${number(map.end ?? map.max)}`;
  }
  const rounded = (share) => +share.toFixed(4);
  function zoomTo(zoom, ...corner) {
    const sure = clamp(zoom, 1, 16) || 1;
    form.zoom.value = [sure, ...corner.map((shift) => clamp(shift, 1 - sure, 0) || 0)].map(rounded);
    change();
  }
  function zoomBy(factor, [x, y] = [0.5, 0.5]) {
    const [zoom, left, top] = numbers("zoom"), ratio = clamp(zoom * factor, 1, 16) / zoom;
    zoomTo(zoom * ratio, x - (x - left) * ratio, y - (y - top) * ratio);
  }
  function panBy(x, y) {
    const [zoom, left, top] = numbers("zoom");
    zoomTo(zoom, left + x, top + y);
  }
  function seen({ clientX, clientY }, view) {
    const box = view.getBoundingClientRect();
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  }
  function place(event, view) {
    const [zoom, ...corner] = numbers("zoom");
    return seen(event, view).map((share, axis) => rounded(clamp((share - corner[axis]) / zoom, 0, 0.9999)));
  }
  function probe(at) {
    hover = undefined;
    form.at.value = at;
    change();
  }
  // Moves the cross-hair by a cell, keeps it in sight, and tells the values of the row.
  function move(panel, step) {
    const map = panel.map ?? drawn[0].map, at = numbers("at"), [zoom, ...corner] = numbers("zoom");
    const to = [map.width, map.height].map((cells, axis) => {
      const first = map.view[axis], size = map.view[axis + 2] / cells;
      const cell = Math.floor(((at[axis] ?? 0.5) - first) / size) + step[axis];
      return rounded(clamp(first + size * (cell + 0.5), size / 2, 1 - size / 2));
    });
    zoomTo(zoom, ...to.map((share, axis) => clamp(corner[axis], 0.1 - share * zoom, 0.9 - share * zoom)));
    probe(to);
    form.lastElementChild.textContent = panels.filter((other) => other.map && other.row === panel.row)
      .map((other) => `${other.title}: ${reading(other, to)}`).join("; ");
  }

  // Enlarging: a dialog within the figure, so that zoom and probe go on in it.
  function enlarge(panel) {
    enlarged = panel;
    const copy = panel.element.cloneNode(true), image = copy.querySelector("img");
    copy.removeAttribute("id");
    copy.querySelector(".view").removeAttribute("href");
    copy.style.setProperty("--ratio", image.getAttribute("width") / image.getAttribute("height"));
    if (panel.canvas) copy.querySelector("canvas").getContext("2d").drawImage(panel.canvas, 0, 0);
    dialog.lastElementChild.replaceChildren(copy);
    dialog.querySelector("h2").textContent = panel.row.querySelector(".label").firstChild.textContent;
    if (!dialog.open) dialog.showModal();
  }
  dialog.onclick = ({ target }) => {
    if (target === dialog || target.value === "0") dialog.close();
    else if (target.value) step(+target.value, 0);
  };
  dialog.onclose = () => { enlarged = undefined; };
  function step(right, down) {
    const row = rows.indexOf(enlarged.row), panel = grid[row + down]?.[grid[row].indexOf(enlarged) + right];
    if (panel) enlarge(panel);
  }

  // Events
  form.oninput = change;
  form.onreset = () => setTimeout(change);
  form.onclick = ({ target }) => { if (target.type === "button") zoomBy(target.value); };
  const on = (type, act) => figure.addEventListener(type, (event) => act(event, event.target.closest(".view")), { passive: false });
  const pointers = new Map();
  let travel = 0;
  on("pointerdown", (event, view) => {
    if (!view || event.button) return;
    if (!pointers.size) travel = 0;
    pointers.set(event.pointerId, { event, view });
  });
  on("pointermove", (event, under) => {
    const held = pointers.get(event.pointerId);
    if (!held) {
      hover = under && event.pointerType !== "touch" ? place(event, under) : undefined;
      return showSoon();
    }
    const { view, event: before } = held, box = view.getBoundingClientRect();
    const distance = (from, to) => Math.hypot(from.clientX - to.clientX, from.clientY - to.clientY);
    travel += distance(before, event);
    held.event = event;
    if (travel < 4) return;
    view.setPointerCapture(event.pointerId);
    const other = [...pointers.values()].find((pointer) => pointer !== held)?.event;
    if (other) zoomBy(distance(event, other) / distance(before, other), seen(other, view));
    else if (numbers("zoom")[0] === 1) probe(place(event, view));
    else panBy((event.clientX - before.clientX) / box.width, (event.clientY - before.clientY) / box.height);
  });
  for (const type of ["pointerup", "pointercancel"]) on(type, (event) => pointers.delete(event.pointerId));
  figure.onpointerleave = () => { hover = undefined; showSoon(); };
  on("dragstart", (event, view) => { if (view) event.preventDefault(); });
  // A wheel scrolls the page, unless the control key is held or the figure is zoomed already.
  on("wheel", (event, view) => {
    if (!view || !event.ctrlKey && numbers("zoom")[0] === 1) return;
    event.preventDefault();
    zoomBy(2 ** (-clamp(event.deltaY, -120, 120) / 240), seen(event, view));
  });
  on("click", (event, view) => {
    const panel = panels.find((other) => other.view === view), isDrag = event.detail && travel >= 4;
    if (!panel || !isDrag && (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) return;
    event.preventDefault();
    if (!isDrag) enlarge(panel);
  });
  on("keydown", (event, view) => {
    const { key } = event, arrow = arrows[key], factor = { "+": 1.5, "=": 1.5, "-": 0.67, 0: 0 }[key];
    if (!view && !enlarged || event.ctrlKey || event.metaKey || event.altKey) return;
    if (factor >= 0) zoomBy(factor);
    else if (arrow && event.shiftKey) panBy(-arrow[0] / 8, -arrow[1] / 8);
    else if (arrow && enlarged) step(...arrow);
    else if (arrow && drawn[0]) move(panels.find((panel) => panel.view === view), arrow);
    else if (key === "Escape" && !enlarged) probe("");
    else return;
    event.preventDefault();
  });
  show();

  // Shows what an address says, and the row in which its target is.
  return (target, text) => {
    form.reset();
    for (const [key, value] of new URLSearchParams(text)) if (made.has(key)) form[key].value = value;
    const row = rows.indexOf(target.closest(".row"));
    if (kind && row >= 0) form[kind].value = names[row];
    zoomTo(...numbers("zoom"));
    show();
    target.scrollIntoView({ behavior: "instant" });
  };
}

if (template) document.querySelectorAll(".explanation").forEach((figure, i) => figures.set(figure, answer(figure, !i)));
function restore() {
  const [id, ...settings] = location.hash.slice(1).split(";"), target = id && document.getElementById(id);
  if (target) figures.get(target.closest(".explanation"))?.(target, settings.join("&"));
}
addEventListener("hashchange", restore);
restore();
}
