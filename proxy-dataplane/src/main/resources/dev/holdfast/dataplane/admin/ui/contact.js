// Keeps what is shown up to date: a stream for what changes, and now and then everything, because
// counters, and resources that are gone, are not in the stream.

import { answer, ask, Refused } from "./api.js";

const SILENCE = 15_000; // the interface says something every 5 s
const REFRESH = 5_000;
const PATIENCE = [1_000, 2_000, 4_000, 8_000];

/**
 * @param heard.all called with every resource
 * @param heard.one called with a resource that has changed
 * @param heard.state called with "connecting", "live", "lost" or "locked" (a token is wanted), and
 *     the Refused that made it so
 */
export function contact(heard) {
  let failures = 0;
  let stream = null;
  let again = null;

  async function follow() {
    clearTimeout(again);
    const mine = new AbortController();
    stream?.abort();
    stream = mine;
    try {
      await read(mine, heard, () => { failures = 0; });
      throw lost("the data plane has ended the stream");
    } catch (cause) {
      const failure = cause instanceof Refused ? cause : lost("the connection was lost");
      if (stream !== mine) {
        return; // another one has begun
      }
      if (failure.status === 401) {
        heard.state("locked", failure);
        return;
      }
      heard.state("lost", failure);
      again = setTimeout(follow, PATIENCE[Math.min(failures++, PATIENCE.length - 1)]);
    } finally {
      mine.abort();
    }
  }

  heard.state("connecting", null);
  follow();
  return { retry: follow };
}

async function read(mine, heard, connected) {
  const silence = watch(() => mine.abort(lost(`nothing was heard for ${SILENCE / 1000} s`)));
  let refresh = 0;
  try {
    const response = await answer("GET", "api/v1/status/stream", mine.signal);
    heard.all((await ask("GET", "api/v1/status")).resources);
    heard.state("live", null);
    connected();
    refresh = setInterval(() => poll(mine, heard), REFRESH);
    for await (const resource of events(response.body, silence.heard)) {
      heard.one(resource);
    }
  } finally {
    clearInterval(refresh);
    silence.end();
  }
}

async function poll(mine, heard) {
  if (document.hidden) {
    return;
  }
  try {
    const { resources } = await ask("GET", "api/v1/status");
    if (!mine.signal.aborted) {
      heard.all(resources);
    }
  } catch (failure) {
    mine.abort(failure);
  }
}

function lost(message) {
  return new Refused(0, "Lost", message);
}

/** Calls when nothing was heard for too long. */
function watch(call) {
  let timer = setTimeout(call, SILENCE);
  const end = () => clearTimeout(timer);
  return {
    end,
    heard() {
      end();
      timer = setTimeout(call, SILENCE);
    },
  };
}

/** The data of server-sent events, one JSON object each. */
async function* events(body, heard) {
  let rest = "";
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    heard();
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
      if (data !== "") {
        yield JSON.parse(data);
      }
    }
  }
}
