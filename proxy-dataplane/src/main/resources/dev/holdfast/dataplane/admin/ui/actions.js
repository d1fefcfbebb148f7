// What the buttons that change something do: ask, send, and say what became of it.

import { ask } from "./api.js";
import { confirm } from "./dialogs.js";
import * as entries from "./entries.js";
import { count } from "./parts.js";

const PATIENCE = 30_000; // the interface itself answers within 20 s, perhaps that it goes on

const path = (...parts) => `api/v1/${parts.map(encodeURIComponent).join("/")}`;

/** By the button's data-action. Each gives null when nothing is to be done. */
export const ACTIONS = {
  async switch({ namespace, name, backend }) {
    const force = await confirm({
      title: `Make ${backend} the primary?`,
      text: `New clients of ${namespace}/${name} go to ${backend} as soon as it answers; those of the present primary are cut off or let go, as the resource says.`,
      option: "Force: take it even when it does not answer or is known to be unhealthy",
      yes: "Switch",
    });
    return force === null ? null : {
      send: () => ask("POST", path("failoverproxies", namespace, name, "primary"), { body: { name: backend, force }, deadline: PATIENCE }),
      said: (answer) => answer.message,
    };
  },

  async state({ namespace, name, id, group, state, keys, connections }) {
    const sure = await confirm(QUESTIONS[state](group, count(Number(keys)), count(Number(connections))));
    return sure === null ? null : {
      send: () => ask("PUT", path("stickybalancers", namespace, name, "groups", id, "state"), { body: { state: state || null }, deadline: PATIENCE }),
      said: (now) => `${now.name}: ${now.wanted} is wanted, it is ${now.effective} (${now.cause}).`,
    };
  },

  async remove({ namespace, name, entry }) {
    const sure = await confirm({
      title: `Remove ${entry}?`,
      text: "Its connections are cut. When its client comes again, it may belong to another group.",
      yes: "Remove",
    });
    return sure === null ? null : {
      send: () => ask("DELETE", entries.keyPath({ namespace, name }, entry), { deadline: PATIENCE }),
      said: () => `${entry} is removed.`,
      after: () => entries.again({ namespace, name }),
    };
  },
};

/** By the state that is wanted; none is that of the configuration. */
const QUESTIONS = {
  Active: (group) => ({ title: `Enable ${group}?`, text: "It takes new keys, as far as its checks allow.", yes: "Enable" }),
  Draining: (group, keys) => ({ title: `Drain ${group}?`, text: `It takes no new keys. The ${keys} keys that it has stay until they end.`, yes: "Drain" }),
  Disabled: (group, keys, connections) => ({ title: `Disable ${group}?`, text: `Its ${connections} connections are cut, and its ${keys} keys move to other groups when their clients come again.`, yes: "Disable" }),
  "": (group) => ({ title: `Let the configuration decide on ${group}?`, text: "What was wanted here since counts no more.", yes: "As configured" }),
};
