// Finds pages while a reader types, in the index that stands beside this file (search-index.js). Nothing is requested, and what is
// found is put on the page as text. Without it the page lists all pages by title.
{
const form = document.getElementById("search"), box = form.elements.q, status = form.querySelector("[role=status]");
const list = document.getElementById("found"), all = document.getElementById("all-pages");

// Scripts that write no blanks between words, and Korean, which puts words together: a term may stand anywhere in them.
const unbroken = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

// Words in small letters without accents, points of vowels and marks, each behind a blank. Letters of Hangul stand one by one, so
// that a syllable is found while it is typed.
const plain = (text) => ` ${text.normalize("NFKD").replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g, "")
	.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim()}`;
const terms = (text) => plain(text).split(" ").filter(Boolean).map((term) => (unbroken.test(term) ? term : ` ${term}`));

// What counts for more comes first: title, headings, tags, summary, text.
const pages = globalThis.searchIndex.map(([url, title, summary, tags, headings, words]) => ({
	url, title, summary,
	headings: headings.map(([title, id]) => ({ title, url: `${url}#${id}`, words: plain(title) })),
	fields: [title, headings.map(([title]) => title).join(" "), tags.join(" "), summary, words].map(plain),
}));
const weights = [16, 8, 4, 2, 1];

// How well a page answers: the sum over terms of the best place in which each stands; 0 where one stands nowhere.
function score({ fields }, asked) {
	let sum = 0;
	for (const term of asked) {
		const place = fields.findIndex((field) => field.includes(term));
		if (place < 0) return 0;
		// A whole word is more than the beginning of one.
		sum += weights[place] + (`${fields[place]} `.includes(`${term} `) ? 0.5 : 0);
	}
	return sum;
}

const make = (name, parts, properties) => {
	const element = Object.assign(document.createElement(name), properties);
	element.append(...parts);
	return element;
};
const link = ({ title, url }) => make("a", [title], { href: url });

function entry(page, asked) {
	const item = make("li", [link(page)]);
	if (page.summary) item.append(make("p", [page.summary]));
	const headings = page.headings.filter(({ words }) => asked.some((term) => words.includes(term))).slice(0, 3);
	if (headings.length) item.append(make("ul", headings.map((heading) => make("li", [link(heading)]))));
	return item;
}

// More than anybody reads.
const most = 100;

function show() {
	const query = box.value.trim(), asked = terms(query), { one, other, none } = form.dataset;
	const found = asked.length === 0 ? [] : pages.map((page) => ({ page, score: score(page, asked) }))
		.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
	list.replaceChildren(...found.slice(0, most).map(({ page }) => entry(page, asked)));
	list.hidden = found.length === 0;
	all.hidden = asked.length > 0;
	const words = found.length === 0 ? none : found.length === 1 ? one : other;
	status.textContent = asked.length === 0 ? "" : words.replace("{1}", () => (found.length === 0 ? query : found.length));
}

const inAddress = () => location.hash.startsWith("#q=") ? new URLSearchParams(location.hash.slice(1)).get("q")
	: new URLSearchParams(location.search).get("q") ?? "";

function read() {
	box.value = inAddress();
	show();
}

box.addEventListener("input", () => {
	// Behind the #, where files may change it too.
	history.replaceState(null, "", `#q=${encodeURIComponent(box.value)}`);
	show();
});
form.addEventListener("submit", (event) => {
	event.preventDefault();
	list.querySelector("a")?.focus();
});
addEventListener("hashchange", () => { if (location.hash.startsWith("#q=")) read(); });
form.hidden = false;
read();
if (!box.value) box.focus();
}
