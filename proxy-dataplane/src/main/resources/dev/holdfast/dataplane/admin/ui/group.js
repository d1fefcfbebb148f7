// A FloatingIpGroup.

import { h } from "./dom.js";
import { badge, count, facts, moment, section, table } from "./parts.js";

export function standing({ ips, inPlace, pendingMoves, conditions }) {
  const ready = conditions.find((condition) => condition.type === "Ready");
  if (ready && ready.status !== "True") {
    return { word: `Not ready: ${ready.reason}`, tone: ready.status === "False" ? "bad" : "fair" };
  }
  return inPlace < ips || pendingMoves > 0
    ? { word: `${inPlace} of ${ips} IPs in place`, tone: "fair" }
    : { word: "All IPs in place", tone: "good" };
}

export function view(group) {
  return section(group, standing(group),
    facts([
      ["Floating IPs", `${group.inPlace} of ${group.ips} in place, ${group.pendingMoves} to move`],
      ["Last applied", group.lastApplied ? [moment(group.lastApplied.at), `: ${group.lastApplied.moved} moved, ${group.lastApplied.failed} failed`] : null],
      ["Calls left", group.rateLimit ? `${count(group.rateLimit.remaining)} of ${count(group.rateLimit.limit)} an hour` : null],
    ]),
    table("Servers", ["Server", "Location", "Health", "Checks"], group.servers.map(server)),
    table("Floating IPs", ["Floating IP", "Address", "Location", "Points to", "Wanted", "State"], group.floatingIps.map(floatingIp)),
    plan(group.plan),
    table("Conditions", ["Condition", "Status", "Reason", "Message", "Since"], group.conditions.map(condition)));
}

function server({ id, name, location, health, checks }) {
  return {
    key: String(id),
    cells: [name, location, badge(health),
      checks.length === 0 ? "none" : h("ul", { class: "inline" },
        checks.map((check) => h("li", { key: `${check.name} ${check.ip}` }, badge(check.health), ` ${check.name} over ${check.ip} `, check.since ? moment(check.since) : null)))],
  };
}

function floatingIp({ id, name, ip, location, server: at, wanted, state, reason }) {
  return {
    key: String(id),
    cells: [name, ip, location, at ?? "nowhere", wanted ?? "left alone",
      [badge(state), reason && reason !== state ? ` ${reason}` : null]],
  };
}

function plan(latest) {
  if (!latest) {
    return null;
  }
  return [
    h("h3", null, `Plan ${latest.sequence}`),
    h("p", null, "Made ", moment(latest.computedAt), "."),
    table("Its steps", ["Floating IP", "From", "To", "Reason", "State"],
      latest.steps.map((step, i) => ({ key: `${i} ${step.floatingIp}`, cells: [step.floatingIp, step.from ?? "nowhere", step.to, step.reason, badge(step.state)] })),
      "Nothing is to be moved."),
  ];
}

function condition({ type, status, reason, message, since }) {
  return { key: type, cells: [type, status, reason, message || "–", moment(since)] };
}
