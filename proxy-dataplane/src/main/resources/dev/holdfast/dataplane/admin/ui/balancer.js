// A StickyBalancer.

import { h } from "./dom.js";
import * as entries from "./entries.js";
import { alarm, badge, button, count, facts, moment, refusal, section, table } from "./parts.js";
import { connections } from "./proxy.js";

export function standing({ listeners, groups, refused }) {
  const failed = listeners.filter((listener) => listener.state === "Failed");
  if (failed.length > 0) {
    return { word: `Cannot listen on ${failed.map((listener) => listener.port).join(", ")}`, tone: "bad" };
  }
  const active = groups.filter((group) => group.effective === "Active");
  if (active.length === 0) {
    return { word: "No group takes new keys", tone: "bad" };
  }
  if (refused) {
    return { word: "Configuration refused", tone: "fair" };
  }
  return active.length < groups.length
    ? { word: `${active.length} of ${groups.length} groups take new keys`, tone: "fair" }
    : { word: "Serving", tone: "good" };
}

export function view(balancer, may) {
  return section(balancer, standing(balancer),
    balancer.listeners.map((listener) => (listener.message ? alarm(listener.message) : null)),
    refusal(balancer.refused),
    facts([
      ["Listens on", balancer.listeners.map(({ address, port, state }) => [`${address}:${port} `, badge(state), " "])],
      ["Connections", connections(balancer.connections)],
      ["Keys", keys(balancer.entries)],
      ["Generation", balancer.generation > 0 ? count(balancer.generation) : null],
    ]),
    groups(balancer, may),
    entries.view(balancer, may));
}

function keys({ count: known, held, max, expired, evicted, refused }) {
  return [h("strong", null, count(known)), ` of at most ${count(max)} `,
    h("meter", { min: 0, max, value: known, high: max * 0.9, "aria-label": "How full the table of keys is" }),
    ` ${count(held)} connected; since start ${count(expired)} expired, ${count(evicted)} gave way, ${count(refused)} clients refused for want of room`];
}

function groups(balancer, may) {
  return table("Groups", ["Group", "State", "Since", "Checks", "Keys", "Connections", "Last key ends", "Actions"],
    balancer.groups.map((group) => ({ key: String(group.id), cells: [...cells(group), buttons(balancer, group, may)] })));
}

function buttons({ namespace, name }, group, may) {
  const set = (label, state) => button(label, "state",
    { namespace, name, id: group.id, group: group.name, state, keys: group.keys, connections: group.connections },
    { enabled: may, about: group.name });
  return h("div", { class: "row" },
    group.wanted === "Active" ? null : set("Enable", "Active"),
    group.wanted === "Draining" ? null : set("Drain", "Draining"),
    group.wanted === "Disabled" ? null : set("Disable", "Disabled"),
    group.cause === "Runtime" ? set("As configured", "") : null);
}

function cells({ id, name, wanted, effective, cause, since, keys: known, connections: open, lastKeyEnds, checks }) {
  return [
    [name, h("span", { class: "hint" }, ` ${id}`)],
    [badge(effective), cause === "Spec" ? null : ` ${cause}`, effective === wanted ? null : h("span", { class: "hint" }, ` (wanted: ${wanted})`)],
    moment(since),
    checks.length === 0 ? "none" : h("ul", { class: "inline" }, checks.map(check)),
    known,
    open,
    lastKeyEnds ? moment(lastKeyEnds) : "–",
  ];
}

function check({ name, health, onFail, reason }) {
  return h("li", { key: name }, badge(health), ` ${name}`, reason ? `: ${reason}` : null, h("span", { class: "hint" }, ` (${onFail})`));
}
