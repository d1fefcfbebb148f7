// What is to be said of the difference between two states of a resource.

/** Sentences, without the resource's name; none when nothing happened that people ask about. */
export function changes(before, now) {
  switch (now.kind) {
    case "FailoverProxy": return [...primary(before, now), ...named("Backend", before.backends, now.backends, (backend) => backend.health, (backend) => backend.reason), ...listener(before.listener, now.listener), ...agreement(before, now)];
    case "FloatingIpGroup": return [...named("Server", before.servers, now.servers, (server) => server.health), ...named("Floating IP", before.floatingIps, now.floatingIps, (ip) => `${ip.state} at ${ip.server ?? "nowhere"}`)];
    case "StickyBalancer": return [...named("Group", before.groups, now.groups, (group) => group.effective, (group) => group.cause), ...now.listeners.flatMap((port) => listener(before.listeners.find((old) => old.port === port.port), port))];
    default: return [];
  }
}

function primary(before, now) {
  if (before.primary?.name === now.primary?.name && before.primary?.epoch === now.primary?.epoch) {
    return [];
  }
  return [now.primary ? `Primary is now ${now.primary.name} (${now.primary.reason}), epoch ${now.primary.epoch}` : `No primary any more; it was ${before.primary.name}`];
}

function named(what, before, now, state, why = () => null) {
  const old = new Map(before.map((one) => [one.name, one]));
  return [
    ...now.filter((one) => old.has(one.name) && state(old.get(one.name)) !== state(one))
      .map((one) => `${what} ${one.name} is now ${state(one)}${why(one) ? ` (${why(one)})` : ""}`),
    ...now.filter((one) => !old.has(one.name)).map((one) => `${what} ${one.name} is new: ${state(one)}`),
    ...before.filter((one) => !now.some((other) => other.name === one.name)).map((one) => `${what} ${one.name} is gone`),
  ];
}

function listener(before, now) {
  return before && before.state !== now.state ? [`Port ${now.port} is now ${now.state}`] : [];
}

function agreement(before, now) {
  const [old, fresh] = [before.agreement, now.agreement];
  if (!old || !fresh) {
    return [];
  }
  return [
    ...(old.state !== fresh.state ? [`Agreement is now ${fresh.state}`] : []),
    ...(old.leader !== fresh.leader ? [fresh.leader ? `${fresh.leader} leads now` : "Nobody leads now"] : []),
  ];
}
