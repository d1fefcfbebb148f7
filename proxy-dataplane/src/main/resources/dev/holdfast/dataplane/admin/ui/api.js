// Requests to the interface that served this page, and the token for them. The token is kept for
// this tab only, and is never part of an address.

const TOKEN = "holdfast.token";
const ROOT = new URL("../../", document.baseURI);

/** An answer that is not what was asked for. `status` is 0 when there was no answer. */
export class Refused extends Error {
  constructor(status, reason, message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export const token = {
  given: () => sessionStorage.getItem(TOKEN) !== null,
  use: (value) => sessionStorage.setItem(TOKEN, value),
  forget: () => sessionStorage.removeItem(TOKEN),
};

/** The answer's JSON. Fails with Refused, at the latest after the deadline, in milliseconds. */
export async function ask(method, path, { body, deadline = 10_000 } = {}) {
  const signal = AbortSignal.timeout(deadline);
  const response = await answer(method, path, signal, body);
  try {
    return response.status === 204 ? null : await response.json();
  } catch (failure) {
    throw broken(failure, deadline);
  }
}

/** A response whose body is yet to be read. Fails with Refused. */
export async function answer(method, path, signal, body) {
  const headers = {};
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const known = sessionStorage.getItem(TOKEN);
  if (known !== null) {
    headers.Authorization = `Bearer ${known}`;
  }
  let response;
  try {
    response = await fetch(new URL(path, ROOT), {
      method, headers, signal, cache: "no-store", redirect: "error",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (failure) {
    throw broken(failure);
  }
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

/** The error's own words, if it has any. */
async function refusal(response) {
  const error = await response.json().then((json) => json.error, () => null);
  return new Refused(response.status, error?.reason ?? "Error", error?.message ?? `the answer is ${response.status} ${response.statusText}`);
}

function broken(failure, deadline) {
  if (failure instanceof Refused) {
    return failure; // whoever cut it off has said why
  }
  return failure.name === "TimeoutError"
    ? new Refused(0, "Timeout", `there was no answer within ${deadline ? `${deadline / 1000} s` : "the deadline"}; what was asked for may still come about`)
    : new Refused(0, "NoAnswer", "this address does not answer");
}
