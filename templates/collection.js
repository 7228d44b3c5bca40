// Lets readers sort and filter a collection. All of it stands in the page, and what is chosen in the address.
for (const section of document.querySelectorAll(".collection:has(> .filter)")) {
	const [form, grid] = [".filter", ".grid"].map((name) => section.querySelector(name)), items = [...grid.children];
	const output = form.querySelector("output"), made = form.sort.dataset.order;
	form.sort.value = { probability: "share" }[made] ?? made;
	for (const option of form.sort.options) option.defaultSelected = option.selected;
	const places = new Map(items.map((item, place) => [item, place]));
	const has = (words, word) => !word || words.split(" ").includes(word);
	const isShown = ({ dataset, className }, { show, class: label, tag }) =>
		(!show || (show === "disputed" ? "disputed" in dataset : className === show)) && has(dataset.classes, label) && has(dataset.tags, tag);
	const name = (item) => item.querySelector(".name").textContent;
	const first = {
		share: (a, b) => b.dataset.share - a.dataset.share,
		error: (a, b) => b.dataset.error - a.dataset.error,
		name: (a, b) => name(a).localeCompare(name(b), document.documentElement.lang, { numeric: true }),
	};
	function show() {
		const chosen = Object.fromEntries(new FormData(form));
		grid.append(...items.sort((a, b) => first[chosen.sort](a, b) || places.get(a) - places.get(b)));
		for (const item of items) item.hidden = !isShown(item, chosen);
		output.value = `${items.filter((item) => !item.hidden).length} / ${items.length}`;
	}
	function tell() {
		const changed = [...form.elements].filter((field) => field.options && !field.selectedOptions[0].defaultSelected && (field.selectedIndex || field.name === "sort"));
		const said = changed.map((field) => `;${field.name}=${encodeURIComponent(field.value)}`).join("");
		history.replaceState(null, "", `#${section.id}${said}`);
	}
	function restore() {
		const [id, ...said] = location.hash.slice(1).split(";");
		if (id !== section.id) return;
		form.reset();
		for (const [key, value] of said.map((text) => text.split("="))) {
			const field = form.elements[key], wanted = decodeURIComponent(value ?? "");
			if ([...field?.options ?? []].some((option) => option.value === wanted)) field.value = wanted;
		}
		show();
	}
	form.oninput = () => { show(); tell(); };
	form.onreset = () => setTimeout(() => { show(); tell(); });
	form.onsubmit = (event) => event.preventDefault();
	addEventListener("hashchange", restore);
	form.hidden = false;
	show();
	restore();
}
