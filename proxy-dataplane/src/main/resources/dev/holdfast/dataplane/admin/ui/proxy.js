// A FailoverProxy.

import { h } from "./dom.js";
import { alarm, badge, button, count, facts, moment, refusal, section, table } from "./parts.js";

/** The worst that is to be said of it, in a word or a few. */
export function standing({ listener, primary, backends, agreement, refused }) {
  if (listener.state === "Failed") {
    return { word: "Cannot listen", tone: "bad" };
  }
  if (agreement && agreement.state !== "Agreed") {
    return { word: agreement.state, tone: agreement.state === "Outdated" ? "fair" : "bad" };
  }
  if (!primary) {
    return { word: "No primary", tone: "bad" };
  }
  const unhealthy = backends.filter((backend) => backend.health === "Unhealthy");
  if (unhealthy.some((backend) => backend.name === primary.name)) {
    return { word: "Primary unhealthy", tone: "bad" };
  }
  if (refused) {
    return { word: "Configuration refused", tone: "fair" };
  }
  return unhealthy.length > 0
    ? { word: `Serving, ${unhealthy.length} of ${backends.length} backends unhealthy`, tone: "fair" }
    : { word: "Serving", tone: "good" };
}

export function view(proxy, may) {
  const { primary, agreement, listener } = proxy;
  return section(proxy, standing(proxy),
    listener.message ? alarm(listener.message) : null,
    agreement?.message ? alarm(agreement.message) : null,
    refusal(proxy.refused),
    facts([
      ["Primary", primary ? [h("strong", null, primary.name), ` ${primary.endpoint}`] : "none: clients wait or are refused"],
      ["Chosen", primary ? [moment(primary.since), `, ${primary.reason}`] : null],
      ["Epoch", primary ? count(primary.epoch) : null],
      ["Listens on", [`${listener.address}:${listener.port} `, badge(listener.state)]],
      ["Connections", connections(proxy.connections)],
      ["Agreement", agreement ? agreed(agreement) : null],
      ["Generation", proxy.generation > 0 ? count(proxy.generation) : null],
    ]),
    backends(proxy, may),
    failover(proxy.lastFailover));
}

export function connections({ open, held, accepted, rejected, connectFailures }) {
  return [h("strong", null, count(open)), " open",
    held > 0 ? `, ${count(held)} waiting` : "",
    `; since start ${count(accepted)} accepted, ${count(rejected)} rejected, ${count(connectFailures)} failed to connect`];
}

function agreed({ state, leader, members, epoch }) {
  return [badge(state, state === "Agreed" ? "good" : "bad"),
    ` ${leader ? `${leader} leads` : "nobody leads"} ${members.join(", ")}; epoch ${count(epoch)}`];
}

function backends(proxy, may) {
  const rows = proxy.backends.map((backend) => {
    const primary = backend.name === proxy.primary?.name;
    return {
      key: backend.name,
      cells: [
        [backend.name, primary ? h("span", { class: "mark" }, "primary") : null],
        backend.endpoint,
        [badge(backend.health), backend.reason ? ` ${backend.reason}` : null],
        moment(backend.since),
        backend.state,
        backend.connections,
        primary ? "–" : button("Switch to", "switch",
          { namespace: proxy.namespace, name: proxy.name, backend: backend.name },
          { enabled: may, about: backend.name }),
      ],
    };
  });
  return table("Backends, the preferred one first",
    ["Backend", "Endpoint", "Health", "Since", "Wanted", "Connections", "Action"], rows);
}

function failover(last) {
  if (!last) {
    return null;
  }
  const { from, to, at, noPrimaryFor, reason, hooks } = last;
  return [
    h("h3", null, "Last failover"),
    h("p", null, from ? `From ${from} to ` : "To ", h("strong", null, to), ", ", moment(at),
      `: ${reason}; no primary for ${noPrimaryFor}.`),
    hooks.length > 0
      ? table("Its hooks", ["Hook", "For", "Took", "Result", "Output"], hooks.map((hook, i) => ({ key: `${i} ${hook.name}`, cells: hookCells(hook) })))
      : null,
  ];
}

function hookCells({ name, backend, took, exitCode, failure, output }) {
  return [name, backend, took,
    failure ? [badge("Failed"), ` ${failure}`] : badge(`Done, ${exitCode}`, "good"),
    output ? h("details", null, h("summary", null, "Show"), h("pre", null, output)) : "none"];
}
