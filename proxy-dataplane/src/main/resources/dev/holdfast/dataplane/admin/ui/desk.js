// Where changes are asked for: one at a time, with a token when one is wanted, and with the answer
// shown.

import { ACTIONS } from "./actions.js";
import { Refused, token } from "./api.js";
import { askToken } from "./dialogs.js";

const notice = document.getElementById("notice");

export const desk = {
  readOnly: false,
  busy: false,
};

/**
 * @param render shows the page anew
 * @param retry takes up contact anew
 */
export function open(render, retry) {
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
    desk.readOnly = false;
    retry();
    return given !== "";
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

  async function act(data) {
    const task = await ACTIONS[data.action](data);
    if (task === null) {
      return;
    }
    desk.busy = true;
    say("Asked; waiting for the answer…", "said");
    render();
    try {
      say(task.said(await allowed(task.send)), "said");
      await task.after?.();
    } catch (failure) {
      if (!(failure instanceof Refused)) {
        throw failure;
      }
      desk.readOnly = failure.status === 403 && failure.reason === "Forbidden";
      say(failure.message, "alarm");
    } finally {
      desk.busy = false;
      render();
    }
  }

  document.getElementById("token-button").addEventListener("click", () =>
    unlock(token.given() ? "this tab has a token; give another, or forget it" : "changes need a token of scope admin"));
  return { act, unlock };
}

function say(text, kind) {
  notice.hidden = false;
  notice.className = kind;
  notice.querySelector("span").textContent = text;
}

notice.querySelector("button").addEventListener("click", () => {
  notice.hidden = true;
});
