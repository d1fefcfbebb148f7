// What several kinds of resources are shown with.

import { h } from "./dom.js";

const SYMBOLS = { good: "●", fair: "▲", bad: "■", quiet: "○" };
const TONES = {
  Healthy: "good", Unhealthy: "bad", Unknown: "fair",
  Active: "good", Draining: "fair", Disabled: "quiet",
  Open: "good", Closed: "fair", Failed: "bad",
  InPlace: "good", Pending: "fair", Moving: "fair", LeftAlone: "quiet",
  Done: "good", Applying: "fair",
};

/** A word with a colour and a shape, so that nobody needs to see the colour. */
export function badge(word, tone = TONES[word] ?? "quiet") {
  return h("span", { class: `badge ${tone}` }, h("span", { "aria-hidden": "true" }, SYMBOLS[tone]), ` ${word}`);
}

/**
 * A table that becomes a list of cards where there is little room. The first cell of a row names it.
 * The roles keep it a table for screen readers even then.
 */
export function table(caption, columns, rows, empty = "None.") {
  if (rows.length === 0) {
    return h("div", { class: "empty", key: `table ${caption}` }, h("h4", null, caption), h("p", null, empty));
  }
  return h("table", { role: "table", key: `table ${caption}` },
    h("caption", null, caption),
    h("thead", { role: "rowgroup" },
      h("tr", { role: "row" },
        columns.map((name) => h("th", { scope: "col", role: "columnheader" }, name)))),
    h("tbody", { role: "rowgroup" }, rows.map((row) => line(columns, row))));
}

function line(columns, { key, cells }) {
  return h("tr", { role: "row", key },
    cells.map((cell, i) => i === 0
      ? h("th", { scope: "row", role: "rowheader" }, cell)
      : h("td", { role: "cell", "data-label": columns[i], class: typeof cell === "number" ? "number" : null },
          typeof cell === "number" ? count(cell) : cell ?? "–")));
}

/** Pairs of a name and what is to be said of it; those with nothing to say are left out. */
export function facts(pairs) {
  return h("dl", null, pairs
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => h("div", { key: name }, h("dt", null, name), h("dd", null, value))));
}

export function count(number) {
  return new Intl.NumberFormat("en").format(number);
}

/** An instant, and how long it is from now. */
export function moment(instant) {
  if (!instant) {
    return "–";
  }
  const at = new Date(instant);
  return h("time", { datetime: instant, title: at.toLocaleString() }, distance(at.getTime() - Date.now()));
}

function distance(millis) {
  const seconds = Math.round(Math.abs(millis) / 1000);
  const text = duration(seconds);
  return millis > 500 ? `in ${text}` : `${text} ago`;
}

/** Seconds in at most two units. */
export function duration(seconds) {
  const [s, m, hours, days] = [seconds % 60, Math.floor(seconds / 60) % 60, Math.floor(seconds / 3600) % 24, Math.floor(seconds / 86400)];
  if (days > 0) {
    return `${days} d ${hours} h`;
  }
  if (hours > 0) {
    return `${hours} h ${m} min`;
  }
  return m > 0 ? `${m} min ${s} s` : `${s} s`;
}

/** What is wrong, for people. */
export function alarm(...text) {
  return h("p", { class: "alarm" }, text);
}

export function refusal(refused) {
  return refused
    ? h("div", { class: "alarm fair" },
        h("p", null, `The newest configuration${refused.generation ? ` (generation ${refused.generation})` : ""} was not taken; what ran before goes on:`),
        h("ul", null, refused.problems.map((problem) => h("li", null, problem))))
    : null;
}

/** One resource: a section with its heading. */
export function section(resource, standing, ...content) {
  const id = anchor(resource);
  return h("section", { id, key: id, "aria-labelledby": `${id} title`.replaceAll(" ", "-") },
    h("h2", { id: `${id} title`.replaceAll(" ", "-") },
      h("span", { class: "kind" }, resource.kind), ` ${resource.namespace}/${resource.name} `, badge(standing.word, standing.tone)),
    content);
}

/** Unique for each resource, and good for an id and a fragment. */
export function anchor({ kind, namespace, name }) {
  return [kind, namespace, name].map(encodeURIComponent).join(".");
}

/** What a button is to do is in its data attributes; `actions.js` reads them. */
export function button(label, action, data, { enabled = true, about } = {}) {
  const attributes = Object.fromEntries(Object.entries(data).map(([name, value]) => [`data-${name}`, value]));
  return h("button", { type: "button", key: `${action} ${label}`, "data-action": action, "aria-label": about ? `${label}: ${about}` : null, disabled: !enabled, ...attributes }, label);
}
