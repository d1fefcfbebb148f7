// Puts the page together: what is heard goes to what is shown, and buttons to what they do.

import { ACTIONS } from "./actions.js";
import { Refused, token } from "./api.js";
import * as balancer from "./balancer.js";
import { changes } from "./changes.js";
import { contact } from "./contact.js";
import { askToken } from "./dialogs.js";
import { h, patch } from "./dom.js";
import * as group from "./group.js";
import { anchor, badge, duration } from "./parts.js";
import * as proxy from "./proxy.js";

const KINDS = { FailoverProxy: proxy, FloatingIpGroup: group, StickyBalancer: balancer };
const MAX_CHANGES = 50;
const TICK = 1_000;

const state = {
  resources: new Map(),
  contact: { word: "connecting", since: Date.now(), failure: null },
  readOnly: false,
  busy: false,
  history: [],
};

const by = (id) => document.getElementById(id);

function render() {
  const known = [...state.resources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resource).filter((resource) => KINDS[resource.kind]);
  const may = !state.readOnly && !state.busy && state.contact.word === "live";
  const main = by("resources");
  main.classList.toggle("stale", state.contact.word === "lost");
  patch(main, known.length > 0 ? known.map((resource) => KINDS[resource.kind].view(resource, may)) : nothing());
  patch(by("overview"), known.length > 1 ? [overview(known)] : []);
  by("instance").textContent = known[0] ? `on ${known[0].instance}` : "";
  by("read-only").hidden = !state.readOnly;
  document.title = title(known);
}

function nothing() {
  return state.contact.word === "live" ? [h("p", { class: "empty" }, "Nothing runs here.")] : [];
}

function overview(known) {
  return h("ul", null, known.map((resource) => {
    const { word, tone } = KINDS[resource.kind].standing(resource);
    return h("li", { key: anchor(resource) },
      h("a", { href: `#${anchor(resource)}` }, `${resource.namespace}/${resource.name}`), " ", badge(word, tone));
  }));
}

function title(known) {
  const bad = known.filter((resource) => KINDS[resource.kind].standing(resource).tone === "bad");
  if (state.contact.word !== "live") {
    return "Holdfast (out of contact)";
  }
  return bad.length > 0 ? `(${bad.length}!) Holdfast` : "Holdfast";
}

function renderContact() {
  const { word, since, failure } = state.contact;
  const ago = Math.round((Date.now() - since) / 1000);
  const shown = {
    connecting: () => [badge("Connecting", "fair")],
    live: () => [badge("Live", "good")],
    lost: () => [badge("Out of contact", "bad"), h("span", { "aria-hidden": "true" }, ` for ${duration(ago)}`), `: ${failure?.message ?? "no answer"}. What is shown may be old; it is tried again.`],
    locked: () => [badge("Locked", "fair"), `: ${failure.message}`],
  };
  patch(by("contact"), shown[word]());
}

const heard = {
  all(resources) {
    const now = new Map(resources.map((resource) => [anchor(resource), resource]));
    for (const [id, resource] of state.resources) {
      if (!now.has(id)) {
        record(resource, ["Runs here no more"]);
      }
    }
    for (const [id, resource] of now) {
      note(state.resources.get(id), resource);
    }
    state.resources = now;
    render();
  },
  one(resource) {
    const id = anchor(resource);
    note(state.resources.get(id), resource);
    state.resources.set(id, resource);
    render();
  },
  state(word, failure) {
    if (state.contact.word !== word) {
      state.contact = { word, since: Date.now(), failure };
    }
    state.contact.failure = failure;
    renderContact();
    render();
    if (word === "locked") {
      unlock(failure.message);
    }
  },
};

function note(before, now) {
  if (before) {
    record(now, changes(before, now));
  }
}

function record(resource, sentences) {
  for (const text of sentences) {
    state.history.unshift({ at: new Date(), text: `${resource.namespace}/${resource.name}: ${text}` });
  }
  state.history.length = Math.min(state.history.length, MAX_CHANGES);
  patch(by("history").querySelector("ol"), state.history.map(({ at, text }) =>
    h("li", { key: `${at.getTime()} ${text}` }, h("time", { datetime: at.toISOString() }, at.toLocaleTimeString("en-GB")), ` ${text}`)));
}

function say(text, bad) {
  by("notice").hidden = false;
  by("notice").className = bad ? "alarm" : "said";
  by("notice").querySelector("span").textContent = text;
}

/** Asks for a token and goes on with it. @return whether there is a new one */
async function unlock(why) {
  const given = await askToken(`${why[0].toUpperCase()}${why.slice(1)}.`);
  if (given === null) {
    return false;
  }
  if (given === "") {
    token.forget();
  } else {
    token.use(given);
  }
  state.readOnly = false;
  line.retry();
  return given !== "";
}

async function act(button) {
  const task = await ACTIONS[button.dataset.action]({ ...button.dataset });
  if (task === null) {
    return;
  }
  state.busy = true;
  say("Asked; waiting for the answer…", false);
  render();
  try {
    say(task.said(await allowed(task.send)), false);
  } catch (failure) {
    if (!(failure instanceof Refused)) {
      throw failure;
    }
    state.readOnly = failure.status === 403 && failure.reason === "Forbidden";
    say(failure.message, true);
  } finally {
    state.busy = false;
    render();
  }
}

/** Sends; where a token is wanted, asks for one and sends again. */
async function allowed(send) {
  for (;;) {
    try {
      return await send();
    } catch (failure) {
      if (failure.status !== 401 || !(await unlock(failure.message))) {
        throw failure;
      }
    }
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button && !button.disabled) {
    act(button);
  }
});
by("notice").querySelector("button").addEventListener("click", () => { by("notice").hidden = true; });
by("token-button").addEventListener("click", () => unlock(token.given() ? "this tab has a token already; give another, or forget it" : "changes need a token of scope admin"));

const line = contact(heard);
setInterval(() => { renderContact(); render(); }, TICK);
