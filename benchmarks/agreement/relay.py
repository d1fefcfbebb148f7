#!/usr/bin/env python3
"""What a lease costs the relay: one `holdfast run` that decides alone and one of three that agree, in turn, on the relay's loads.

Usage: relay.py [--rounds N] [--seconds S]
Needs a built ./holdfast, a JDK 25, openssl, and what benchmarks/relay/run.py needs. Prints a table for RESULTS.md."""

import argparse
import contextlib
import os
import statistics
import sys
import tempfile

from run import NAMES, ROOT, certificates, free_ports
from takeover import Replica, until

sys.path.insert(0, os.path.join(ROOT, "benchmarks/relay"))
import backends  # noqa: E402
import loads  # noqa: E402
from processes import cpu_seconds  # noqa: E402

LOADS = ("requests", "connections")
WARM_UP_SECONDS = 8
AGREED = "three that agree"
ALONE = "one alone"


class Upstream:
    name = "only"

    def __init__(self, port):
        self.port = port


def answers(replica):
    try:
        return loads.requests(replica.port, 1)["units"] > 0
    except Exception:  # wrk says in many ways that nobody listens yet
        return False


@contextlib.contextmanager
def agreed(work, upstream):
    """Gives the one that is measured, which does not lead."""
    ports = free_ports(2 * len(NAMES))
    peers = dict(zip(NAMES, ports))
    replicas = [Replica(n, work, p, peers, [upstream]) for n, p in zip(NAMES, ports[len(NAMES):])]
    with running(replicas):
        for replica in replicas:
            until(lambda: answers(replica), f"{replica.name} to admit clients")
        yield min(replicas, key=Replica.leads_since)


@contextlib.contextmanager
def alone(work, upstream):
    replica = Replica(NAMES[0], work, free_ports(1)[0], {}, [upstream])
    with open(replica.manifest) as f:
        text = f.read()
    with open(replica.manifest, "w") as f:
        f.write(text.replace("{mode: Raft}", "{mode: None}").replace("  peers:\n", ""))
    with running([replica]):
        until(lambda: answers(replica), "it to admit clients")
        yield replica


@contextlib.contextmanager
def running(replicas):
    try:
        for replica in replicas:
            replica.start()
        yield
    finally:
        for replica in replicas:
            replica.process.kill()
            replica.process.wait()


def measure(start, load, seconds):
    with tempfile.TemporaryDirectory() as work:
        certificates(work)
        with backends.http(work) as port, start(work, Upstream(port)) as replica:
            run = getattr(loads, load)
            run(replica.port, WARM_UP_SECONDS)
            before = cpu_seconds(replica.process.pid)
            figures = run(replica.port, seconds)
            used = cpu_seconds(replica.process.pid) - before
    return figures["per_second"], figures["p99_ms"], 1e6 * used / figures["units"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=6)
    args = parser.parse_args()
    print("| load | | per second | p99 ms | CPU µs each |\n| --- | --- | --- | --- | --- |")
    for load in LOADS:
        found = {ALONE: [], AGREED: []}
        for _ in range(args.rounds):
            found[ALONE].append(measure(alone, load, args.seconds))
            found[AGREED].append(measure(agreed, load, args.seconds))
        for who, rounds in found.items():
            rate, p99, cpu = (statistics.median(column) for column in zip(*rounds))
            print(f"| {load} | {who} | {rate:,.0f} | {p99:.2f} | {cpu:.1f} |", flush=True)


if __name__ == "__main__":
    main()
