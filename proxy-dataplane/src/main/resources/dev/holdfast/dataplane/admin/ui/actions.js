// What the buttons do: ask, send, and say what became of it.

import { ask } from "./api.js";
import { confirm } from "./dialogs.js";

const PATIENCE = 30_000; // the interface itself answers within 20 s, perhaps that it goes on

const path = (...parts) => `api/v1/${parts.map(encodeURIComponent).join("/")}`;

/** By the button's data-action. Each gives null when nothing was to be done, or the outcome's words. */
export const ACTIONS = {
  async switch({ namespace, name, backend }) {
    const force = await confirm({
      title: `Make ${backend} the primary?`,
      text: `Clients of ${namespace}/${name} that are connected to the present primary are cut off as its spec says, and new ones go to ${backend} once it answers.`,
      option: "Force: take it even when it does not answer or is known to be unhealthy",
      yes: "Switch",
    });
    if (force === null) {
      return null;
    }
    const send = () => ask("POST", path("failoverproxies", namespace, name, "primary"), { body: { name: backend, force }, deadline: PATIENCE });
    return { send, said: (answer) => answer.message };
  },
};
