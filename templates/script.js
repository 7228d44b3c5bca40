// Lets figures answer. What is chosen stands in a form and in the address.
{
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const percent = (share) => `${+(share * 100).toPrecision(2)} %`;
const number = (value) =>
	`${Math.abs(value) < 100 ? +value.toPrecision(3) : Math.round(value)}`.replace("-", "−");
const isModified = (event) => event.ctrlKey || event.metaKey || event.altKey;
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Colour maps: corners of position, red, green, blue.
const colormaps = {
	turbo: "ADASOwk6LHkVQ066IUZt5ixFifw2OaL8QSa96U0Y18pWG+W0YDLxl3J0/lx9m/1AiLn1NJfd4Dal9MQ6tP6hL8f1aBfY3j4I6rkeAf96BAI=",
	jet: "AAAAfxwAAP4gAAD/VgDY/1kA5PdgFf/hn+D/FaTx/AWo/u0A4/4SAOjoAAD/fwAA",
	viridis: "AEQBVBNIHG4vQj6FWS5rjocel4qbI6mCrTm5dsZrzVnryuAe9eTjGP/95yQ=",
	inferno: "AAAAAwoEAxYgIAxKLzsJZENbEW5ijSNpgr44UqHlWzC/+YwJyvugB9b7txzn9dlI9PHwef/8/qQ=",
	magma: "AAAAAwQBAQkcFw88MDUPaj5NEXpaeSKBfrM1epvgS2aw9Wpbw/yOY93+voP/+/y/",
	gray: "AAAAAP////8=",
	coolwarm: "ADpMwA9MZtYscZT0RpW3/mG50Ph82dzgj+vTxqz3tZjG8Y5w49lYR/bBKjD/swMm",
};

// 256 colours, as strong as evidence.
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
	return new Int32Array(bytes.buffer);
}

// The cells around each pixel, in single precision as in pictures.
const F = Math.fround, mix = (low, high, share) => F(F(low * F(1 - share)) + F(high * share));
const neighbours = (cells, pixels, isSmooth) => Array.from({ length: pixels }, (_, pixel) => {
	const place = Math.max(F(F(F(cells / pixels) * (pixel + 0.5)) - isSmooth / 2), 0);
	const low = Math.min(Math.floor(place), cells - 1);
	return [low, Math.min(low + 1, cells - 1), isSmooth * Math.min(F(place - low), 1)];
});

function draw(canvas, map, { colormap, opacity, cells, contour, threshold }, blend) {
	const { width, height } = canvas, { signed, end } = map;
	const image = new ImageData(width, height), pixels = new Int32Array(image.data.buffer);
	const paint = palette(signed ? "coolwarm" : colormap, opacity, blend, signed), inside = new Uint8Array(pixels.length);
	const [left, top, across, down] = map.view.map((share, i) => Math.round(share * (i % 2 ? height : width)));
	// Outside is entry 0.
	if (blend === "flat" && across * down < width * height) paint[0] = paint[1];
	const columns = neighbours(map.width, across, cells === "smooth"), rows = neighbours(map.height, down, cells === "smooth");
	const values = map.values.map((value) => F(signed ? 0.5 + F(F(value) / F(end)) / 2 : F(Math.max(value, 0)) / F(end)));
	const wide = Array.from({ length: map.height }, (_, row) => columns.map(([low, high, share]) =>
		mix(values[row * map.width + low], values[row * map.width + high], share)));
	rows.forEach(([upper, lower, share], row) => {
		for (let column = Math.max(-left, 0); column < Math.min(across, width - left); column++) {
			const value = mix(wide[upper][column], wide[lower][column], share), i = (top + row) * width + left + column;
			pixels[i] = paint[Math.floor(clamp(value * 256, 0, 255))];
			inside[i] = (signed ? Math.abs(value * 2 - 1) : value) * end >= threshold * map.max;
		}
	});
	// White in black shows on every colour.
	const reach = Math.ceil(width / 400), near = [-reach, reach, -reach * width, reach * width];
	if (contour === "line") inside.forEach((is, i) => {
		if (near.some((step) => inside[i + step] === 1 - is)) pixels[i] = is ? 0xffffffff : 0xff000000;
	});
	canvas.getContext("2d").putImageData(image, 0, 0);
}

// Takes the largest copies of pictures.
const sharpen = (part) => { for (const img of part.querySelectorAll("img")) img.sizes = "9999px"; };

function answer(figure, isFirst) {
	const [form, chooser, dialog, canvas, chip] = template.content.cloneNode(true).children;
	const say = (text, a, b) => chip.dataset[text].replace("{1}", a).replace("{2}", b);
	const one = (selector) => figure.querySelector(selector), json = one("script.maps");
	const page = json ? JSON.parse(json.textContent) : { maps: {} }, rows = [...figure.querySelectorAll(".row")];
	const panels = [...figure.querySelectorAll(".view")].map((view) => {
		const element = view.closest(".panel"), row = view.closest(".row"), map = page.maps[element.id];
		const [picture, legend] = ["picture", ".legend"].map((name) => element.querySelector(name));
		const panel = { element, row, view, picture, legend, map, chip: chip.cloneNode() };
		view.append(panel.chip);
		if (map) map.end = map.max = Math.max(0, ...map.values.map((value) => map.signed ? Math.abs(value) : value));
		if (!picture || !legend || !map?.max) return panel;
		const { width, height } = picture.lastElementChild.attributes;
		panel.canvas = Object.assign(canvas.cloneNode(), { width: width.value, height: height.value });
		panel.legendHTML = legend.innerHTML;
		picture.after(panel.canvas);
		return panel;
	});
	const viewed = (view) => panels.find((panel) => panel.view === view);
	const drawn = panels.filter((panel) => panel.canvas), inRow = (row) => panels.filter((panel) => panel.row === row);
	const kind = rows.length > 2 && { classes: "class", layers: "layer" }[figure.dataset.rows];

	for (const name of ["opacity", "colormap", "scale", "threshold"]) form[name].value = page[name];
	form.hidden = !drawn.length;
	form.querySelector("details").open = isFirst && innerWidth > 1000;
	one(".rows ~ figcaption").after(form);
	figure.append(dialog);

	// Rows: tabs for classes, a slider for layers.
	const names = rows.map((row) => row.dataset[kind]).map((name, i, all) => all.indexOf(name) === i ? name : `${i + 1}`);
	const choose = (index) => {
		form[kind].value = names[index] ?? "*";
		change();
	};
	const [list, label, all] = chooser.children, [slider, output] = label.children;
	const tabs = kind !== "class" ? [] : rows.map((row, index) => {
		const { class: name, probability } = row.dataset;
		const tab = list.firstElementChild.cloneNode(true);
		tab.setAttribute("aria-controls", row.id);
		tab.prepend(name);
		if (probability) tab.lastChild.textContent = percent(probability);
		tab.style = `--share: ${probability}`;
		row.role = "tabpanel";
		tab.onclick = () => choose(index);
		tab.onkeydown = (event) => {
			const other = tabs[{ Home: 0, End: tabs.length - 1 }[event.key] ?? index + arrows[event.key]?.[0]];
			if (!other) return;
			event.preventDefault();
			other.focus();
			other.click();
		};
		return tab;
	});
	if (kind) {
		form.row.value = names[0];
		form.row.name = kind;
		list.replaceChildren(...tabs);
		(tabs.length ? label : list).remove();
		slider.max = rows.length - 1;
		slider.oninput = () => choose(slider.value);
		all.onclick = () => choose(chosen < 0 ? 0 : -1);
		one(".rows").before(chooser);
	}
	// Settings, kept in the address.
	const settings = () => new URLSearchParams(new FormData(form)), made = settings(), pointers = new Map();
	const numbers = (name) => form[name].value ? form[name].value.split(",").map(Number) : [];
	const look = (said) => ["colormap", "opacity", "scale", "cells", "contour", "threshold"].map((key) => said.get(key)).join();
	let chosen, zoom, left, top, at, hover, timer, enlarged, travel = 0;
	function change() {
		show();
		clearTimeout(timer);
		timer = setTimeout(() => {
			const changed = settings();
			for (const [key, value] of made) if (changed.get(key) === value) changed.delete(key);
			const address = `#${figure.id}&${changed}`.replace(/&$/, "").replaceAll("&", ";").replaceAll("%2C", ",");
			history.replaceState(null, "", address.replace(/(\.\d{4})\d+/g, "$1"));
		}, 250);
	}
	function adopt(said) {
		for (const [key, value] of made) form[key].value = said.get(key) ?? value;
		change();
	}
	function show() {
		const state = Object.fromEntries(settings());
		[zoom, left, top] = numbers("zoom");
		at = hover ?? numbers("at");
		figure.style = `--zoom: ${zoom}; --left: ${left}; --top: ${top}; --wipe: ${state.wipe ?? 0};
			--x: ${at[0] * zoom + left}; --y: ${at[1] * zoom + top}`;
		figure.classList.toggle("zoomed", zoom > 1);
		figure.classList.toggle("probed", at.length > 0);
		chosen = kind ? names.indexOf(form[kind].value) : -1;
		rows.forEach((row, i) => { row.hidden = chosen >= 0 && i !== chosen; });
		tabs.forEach((tab, i) => {
			tab.ariaSelected = i === chosen;
			tab.tabIndex = i === Math.max(chosen, 0) ? 0 : -1;
		});
		all.ariaPressed = chosen < 0;
		slider.value = Math.max(chosen, 0);
		slider.ariaValueText = output.value = names[chosen] ?? "–";
		const now = look(settings()), isAsMade = now === look(made);
		for (const panel of drawn) {
			const { row, picture, canvas, legend, legendHTML, map } = panel;
			const alike = state.scale === "shared" ? drawn.filter((other) => other.map.method === map.method) : [];
			const end = map.end = Math.max(map.max, ...alike.map((other) => other.map.max));
			picture.hidden = !(canvas.hidden = isAsMade);
			if (!isAsMade && !row.hidden && panel.look !== now) {
				panel.look = now;
				draw(canvas, map, state, page.blend);
			}
			legend.innerHTML = isAsMade ? legendHTML : `<span>${map.signed ? number(-end) : 0}</span>
				<span class="colorbar ${map.signed ? "coolwarm" : state.colormap} ${page.blend}"></span> <span>${number(end)}</span>
				${alike[0] ? `<span class="share">${say("share", percent(map.max / end))}</span>` : ""}`;
		}
		for (const panel of panels) panel.chip.textContent = panel.map && at.length ? reading(panel, at) : "";
		if (enlarged) dialog.querySelector(".chip").textContent = enlarged.chip.textContent;
		for (const output of form.querySelectorAll("output")) output.value = percent(output.previousElementSibling.value);
	}

	function reading({ map }, [x, y]) {
		const [left, top, width, height] = map.view;
		const column = Math.floor((x - left) / width * map.width), row = Math.floor((y - top) / height * map.height);
		const value = column >= 0 && column < map.width ? map.values[row * map.width + column] : undefined;
		return value === undefined ? say("outside") : say("reading", number(value), number(map.end));
	}
	function zoomTo(scale, ...corner) {
		const sure = clamp(scale, 1, 16) || 1;
		if (sure > 1) sharpen(figure);
		form.zoom.value = [sure, ...corner.map((shift) => clamp(shift, 1 - sure, 0) || 0)];
		change();
	}
	function zoomBy(factor, [x, y] = [0.5, 0.5]) {
		const ratio = clamp(zoom * factor, 1, 16) / zoom;
		zoomTo(zoom * ratio, x - (x - left) * ratio, y - (y - top) * ratio);
	}
	// A pointer in a view, and in its picture, as shares.
	const seen = ({ clientX, clientY }, view, box = view.getBoundingClientRect()) =>
		[(clientX - box.left) / box.width, (clientY - box.top) / box.height];
	function place(event, view) {
		const [x, y] = seen(event, view);
		return [clamp((x - left) / zoom, 0, 1), clamp((y - top) / zoom, 0, 1)];
	}
	const probe = (at) => {
		hover = undefined;
		form.at.value = at;
		change();
	};
	// Moves the cross-hair by a cell, in sight.
	function move(panel, step) {
		const map = panel.map ?? drawn[0].map;
		const [x, y] = [map.width, map.height].map((cells, axis) => {
			const first = map.view[axis], size = map.view[axis + 2] / cells;
			return clamp(first + size * (Math.floor(((at[axis] ?? 0.5) - first) / size) + step[axis] + 0.5), 0, 0.9999);
		});
		zoomTo(zoom, clamp(left, 0.1 - x * zoom, 0.9 - x * zoom), clamp(top, 0.1 - y * zoom, 0.9 - y * zoom));
		probe([x, y]);
		form.lastElementChild.textContent = inRow(panel.row).filter((other) => other.map)
			.map((other) => `${other.element.querySelector("figcaption").textContent}: ${reading(other, at)}`).join("; ");
	}

	// Enlarging, in a dialog; zoom and probe go on.
	function enlarge(panel) {
		enlarged = panel;
		const copy = panel.element.cloneNode(true), { width, height } = copy.querySelector("img").attributes;
		copy.id = "";
		sharpen(copy);
		copy.querySelector(".view").removeAttribute("href");
		copy.style.setProperty("--ratio", width.value / height.value);
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
		const next = inRow(rows[rows.indexOf(enlarged.row) + down]), panel = next[inRow(enlarged.row).indexOf(enlarged) + right];
		if (panel) enlarge(panel);
	}

	form.oninput = change;
	form.onreset = (event) => {
		event.preventDefault();
		adopt(made);
	};
	form.onclick = ({ target }) => { if (target.type === "button") zoomBy(target.value); };
	const on = (type, act) => { figure[`on${type}`] = (event) => act(event, event.target.closest(".view")); };
	on("pointerdown", (event, view) => {
		if (!view || event.button) return;
		if (!pointers.size) travel = 0;
		pointers.set(event.pointerId, { event, view });
	});
	on("pointermove", (event, under) => {
		const held = pointers.get(event.pointerId);
		if (!held) {
			hover = under && event.pointerType !== "touch" ? place(event, under) : undefined;
			return show();
		}
		const { view, event: before } = held;
		const distance = (from, to) => Math.hypot(from.clientX - to.clientX, from.clientY - to.clientY);
		travel += distance(before, event);
		held.event = event;
		if (travel < 4) return;
		view.setPointerCapture(event.pointerId);
		const other = [...pointers.values()].find((pointer) => pointer !== held)?.event;
		if (other) zoomBy(distance(event, other) / distance(before, other), seen(other, view));
		else if (zoom === 1) probe(place(event, view));
		else {
			const [[x, y], [u, v]] = [seen(event, view), seen(before, view)];
			zoomTo(zoom, left + x - u, top + y - v);
		}
	});
	figure.onpointerup = figure.onpointercancel = (event) => pointers.delete(event.pointerId);
	figure.onpointerleave = () => { hover = undefined; show(); };
	figure.ondragstart = ({ target }) => !target.closest(".view");
	// Else a wheel scrolls the page.
	on("wheel", (event, view) => {
		if (!view || !event.ctrlKey && zoom === 1) return;
		event.preventDefault();
		zoomBy(2 ** (-clamp(event.deltaY, -120, 120) / 240), seen(event, view));
	});
	on("click", (event, view) => {
		const panel = viewed(view), isDrag = event.detail && travel >= 4;
		if (!panel || !isDrag && (isModified(event) || event.shiftKey)) return;
		event.preventDefault();
		if (!isDrag) enlarge(panel);
	});
	on("keydown", (event, view) => {
		const { key } = event, arrow = arrows[key], factor = { "+": 1.5, "-": 0.67, 0: 0 }[key];
		if (!view && !enlarged || isModified(event)) return;
		if (factor >= 0) zoomBy(factor);
		else if (arrow && event.shiftKey) zoomTo(zoom, left - arrow[0] / 8, top - arrow[1] / 8);
		else if (arrow && enlarged) step(...arrow);
		else if (arrow && drawn[0]) move(viewed(view), arrow);
		else if (key === "Escape" && !enlarged) probe("");
		else return;
		event.preventDefault();
	});
	show();

	// Shows what the address says.
	function restore() {
		const [id, ...said] = location.hash.slice(1).split(";"), target = document.getElementById(id);
		if (!figure.contains(target)) return;
		adopt(new URLSearchParams(said.join("&")));
		const row = rows.indexOf(target.closest(".row"));
		if (kind && row >= 0) choose(row);
		zoomTo(...numbers("zoom"));
		target.scrollIntoView({ behavior: "instant" });
	}
	addEventListener("hashchange", restore);
	restore();
}

// Tables scroll by keyboard, too.
for (const table of document.querySelectorAll("table")) if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
const template = document.getElementById("controls");
if (template) document.querySelectorAll(".explanation").forEach((figure, i) => answer(figure, !i));
}
