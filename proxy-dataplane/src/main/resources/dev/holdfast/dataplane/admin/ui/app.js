// Puts the page together: what is heard goes to what is shown, and buttons to what they do.

import * as balancer from "./balancer.js";
import { changes } from "./changes.js";
import { contact } from "./contact.js";
import { desk, open } from "./desk.js";
import { h, patch } from "./dom.js";
import * as entries from "./entries.js";
import * as group from "./group.js";
import { record } from "./history.js";
import { anchor, badge, duration } from "./parts.js";
import * as proxy from "./proxy.js";

const KINDS = { FailoverProxy: proxy, FloatingIpGroup: group, StickyBalancer: balancer };
const TICK = 1_000;

let resources = new Map();
let link = { word: "connecting", since: Date.now(), failure: null };

const by = (id) => document.getElementById(id);
const standing = (resource) => KINDS[resource.kind].standing(resource);

function render() {
  const known = [...resources]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, resource]) => resource)
    .filter((resource) => KINDS[resource.kind]);
  const may = !desk.readOnly && !desk.busy && link.word === "live";
  by("resources").classList.toggle("stale", link.word === "lost");
  if (known.length > 0 || link.word === "live") {
    patch(by("resources"), known.length > 0 ? known.map((resource) => KINDS[resource.kind].view(resource, may)) : [h("p", null, "Nothing runs here.")]);
  }
  patch(by("overview"), known.length > 1 ? [overview(known)] : []);
  patch(by("contact"), shown(link));
  by("instance").textContent = known[0] ? `on ${known[0].instance}` : "";
  by("read-only").hidden = !desk.readOnly;
  document.title = title(known);
}

function overview(known) {
  return h("ul", null, known.map((resource) => {
    const { word, tone } = standing(resource);
    return h("li", { key: anchor(resource) },
      h("a", { href: `#${anchor(resource)}` }, `${resource.namespace}/${resource.name}`), " ", badge(word, tone));
  }));
}

function title(known) {
  if (link.word !== "live") {
    return "Holdfast (out of contact)";
  }
  const bad = known.filter((resource) => standing(resource).tone === "bad").length;
  return bad > 0 ? `(${bad}!) Holdfast` : "Holdfast";
}

function shown({ word, since, failure }) {
  switch (word) {
    case "live": return [badge("Live", "good")];
    case "lost": return [badge("Out of contact", "bad"),
      h("span", { "aria-hidden": "true" }, ` for ${duration(Math.round((Date.now() - since) / 1000))}`),
      `: ${failure.message}. What is shown may be old; contact is tried again.`];
    case "locked": return [badge("Locked", "fair"), `: ${failure.message}`];
    default: return [badge("Connecting", "fair")];
  }
}

function note(now) {
  const before = resources.get(anchor(now));
  if (before) {
    record(now, changes(before, now));
  }
}

const line = contact({
  all(list) {
    const now = new Map(list.map((resource) => [anchor(resource), resource]));
    const gone = [...resources].filter(([id]) => !now.has(id));
    gone.forEach(([, resource]) => record(resource, ["Runs here no more"]));
    list.forEach(note);
    resources = now;
    render();
  },
  one(resource) {
    note(resource);
    resources.set(anchor(resource), resource);
    render();
  },
  state(word, failure) {
    link = { word, failure, since: link.word === word ? link.since : Date.now() };
    render();
    if (word === "locked") {
      unlock(failure.message);
    }
  },
});

const { act, unlock } = open(render, line.retry);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button?.dataset.action === "turn") {
    entries.turn(button.dataset).then(render);
  } else if (button) {
    act({ ...button.dataset });
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("form.search")) {
    event.preventDefault();
    entries.search(event.target).then(render);
  }
});

setInterval(render, TICK);
