// The keys of a StickyBalancer, as far as somebody looks for them. What is shown is as old as the
// last look: a table of a million keys is not followed.

import { ask, Refused } from "./api.js";
import { h } from "./dom.js";
import { anchor, badge, button, moment, table } from "./parts.js";

const PAGE = 50;
const TRIES = 20; // parts that hold little or nothing of the group that is looked for

/** By the balancer's anchor: what is looked for, and what was found. */
const looks = new Map();

const path = ({ namespace, name }) => `api/v1/stickybalancers/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}/stick-table`;

export function keyPath(balancer, key) {
  return `${path(balancer)}/${encodeURIComponent(key)}`;
}

/** Looks for what the form says. */
export function search(form) {
  const { key, group } = form.elements;
  return look(form.dataset, { key: key.value.trim(), group: group.value, after: 0, page: 1 });
}

/** Looks at the page that follows, or at the first one. */
export function turn({ namespace, name, to }) {
  const { wish, next } = looks.get(id({ namespace, name }));
  return look({ namespace, name }, to === "next" ? { ...wish, after: next, page: wish.page + 1 } : { ...wish, after: 0, page: 1 });
}

/** Looks again, if somebody has looked before. */
export async function again(balancer) {
  const known = looks.get(id(balancer));
  if (known) {
    await look(balancer, known.wish);
  }
}

function id({ namespace, name }) {
  return anchor({ kind: "StickyBalancer", namespace, name });
}

async function look(balancer, wish) {
  try {
    looks.set(id(balancer), { wish, ...(await found(balancer, wish)), failure: null });
  } catch (failure) {
    if (!(failure instanceof Refused)) {
      throw failure;
    }
    looks.set(id(balancer), { wish, entries: [], next: null, failure });
  }
}

async function found(balancer, { key, group, after }) {
  const entries = [];
  let next = after;
  for (let i = 0; i < TRIES && next !== null && entries.length < PAGE; i++) {
    const query = new URLSearchParams({ limit: PAGE - entries.length, after: next, ...(group && { group }), ...(key && { key }) });
    const part = await ask("GET", `${path(balancer)}?${query}`);
    entries.push(...part.entries);
    next = part.next ?? null;
  }
  return { entries, next };
}

export function view(balancer, may) {
  const { namespace, name } = balancer;
  const known = looks.get(id(balancer));
  const field = (label) => `${id(balancer)}.${label}`;
  return h("div", { key: "entries" },
    h("h3", null, "Entries"),
    h("form", { class: "search", role: "search", "aria-label": `Entries of ${namespace}/${name}`, "data-namespace": namespace, "data-name": name },
      h("p", null, h("label", { for: field("key") }, "Key: an IP address, or empty for all"),
        h("input", { id: field("key"), name: "key", type: "text", autocomplete: "off", spellcheck: "false", maxlength: 2200 })),
      h("p", null, h("label", { for: field("group") }, "Group"),
        h("select", { id: field("group"), name: "group" },
          h("option", { value: "" }, "all"),
          balancer.groups.map((group) => h("option", { value: group.id, key: `group ${group.id}` }, group.name)))),
      h("button", { type: "submit" }, "Search")),
    h("p", { role: "status", class: known?.failure ? "alarm" : "hint" }, known ? summary(known) : null),
    known && known.entries.length > 0 ? results(balancer, known, may) : null);
}

function summary({ wish, entries, next, failure }) {
  if (failure) {
    return failure.message;
  }
  if (entries.length === 0) {
    return next === null ? "No entry is like that." : "None among those looked at; the next page looks on.";
  }
  return `Page ${wish.page}: ${entries.length} ${entries.length === 1 ? "entry" : "entries"}${next === null ? ", the last" : ""}.`;
}

function results(balancer, { wish, entries, next }, may) {
  const { namespace, name } = balancer;
  const names = new Map(balancer.groups.map((group) => [group.id, group.name]));
  return h("div", null,
    table("Entries found", ["Key", "Group", "Last seen", "Ends", "Action"], entries.map(({ key, group, lastSeen, connected, ends }, i) => ({
      key: `${i} ${key}`,
      cells: [key, names.get(group) ?? String(group), moment(lastSeen), connected ? badge("Connected", "good") : moment(ends),
        button("Remove", "remove", { namespace, name, entry: key }, { enabled: may, about: key })],
    }))),
    h("p", { class: "pages" },
      button("First page", "turn", { namespace, name, to: "first" }, { enabled: wish.page > 1 }),
      button("Next page", "turn", { namespace, name, to: "next" }, { enabled: next !== null })));
}
