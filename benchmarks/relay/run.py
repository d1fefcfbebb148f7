#!/usr/bin/env python3
"""Runs direct, HAProxy, nginx and Holdfast in turn on the same loads and prints figures and ratios.

usage: run.py [--rounds 6] [--seconds 4] [--warm-up 60] [--idle 5000] [--loads requests,connections,known,bulk,idle,start]
              [--peers direct,haproxy,nginx,holdfast] [--write]

Needs Debian's haproxy, nginx-light, libnginx-mod-stream, wrk and iperf3, and a built ./holdfast.
Every proxy must first pass random bytes unchanged through a half-closed connection, else the run ends with
an error. --write puts the tables into ../RESULTS.md.
"""

import argparse
import datetime
import os
import tempfile
import time
from contextlib import ExitStack

import backends
import loads
from peers import PEERS, STICKY
from processes import cpu_seconds, rss_kib
from tables import RELAY, idle_table, load_table, start_table

BACKENDS = {"requests": backends.http, "connections": backends.http, "known": backends.http, "bulk": backends.iperf}
BEFORE = {"known": loads.keys}
STARTS = 11
SETTLE_SECONDS = 15  # until what a start took is given back; the same for all


def measure(load, port, pid, seconds):
    before = cpu_seconds(pid) if pid else 0
    figures = getattr(loads, load)(port, seconds)
    used = cpu_seconds(pid) - before if pid else 0
    figures["cpu"] = used / figures["units"]
    return figures


def peers_of(load):
    return STICKY if load == "known" else PEERS


def measure_load(load, names, args, work):
    """All are up and warm before the first round, and each round has all, so that a slow minute of the machine hits all."""
    names = [name for name in peers_of(load) if name in names or name == RELAY]
    results = {name: [] for name in names}
    with ExitStack() as opened:
        backend = opened.enter_context(BACKENDS[load](work))
        up = {name: opened.enter_context(peers_of(load)[name](backend, work)) for name in names}
        for port, pid in up.values():
            if pid:
                BEFORE.get(load, lambda port: None)(port)
                getattr(loads, load)(port, args.warm_up)
        for _ in range(args.rounds):
            for name, (port, pid) in up.items():
                results[name].append(measure(load, port, pid, args.seconds))
    return load_table(load, results)


def measure_idle(names, args, work):
    results = {}
    with backends.echo(work) as backend:
        for name in names:
            with PEERS[name](backend, work) as (port, pid):
                time.sleep(SETTLE_SECONDS)
                before = rss_kib(pid)
                opened = loads.idle(port, args.idle)
                time.sleep(SETTLE_SECONDS)
                after = rss_kib(pid)
                for s in opened:
                    s.close()
            results[name] = {"rss_mib": before / 1024, "kib_per_connection": (after - before) / args.idle}
    return idle_table(results, args.idle)


def measure_start(names, args, work):
    results = {name: [] for name in names}
    with backends.echo(work) as backend:
        for name in names:
            with PEERS[name](backend, work):  # once unmeasured: caches of files, and of classes
                pass
            for _ in range(STARTS):
                begun = time.monotonic()
                with PEERS[name](backend, work):
                    results[name].append((time.monotonic() - begun) * 1e3)
    return start_table(results)


def check_bytes(names, work):
    with backends.echo(work) as backend:
        for name in names:
            with PEERS[name](backend, work) as (port, _):
                loads.integrity(port)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--warm-up", type=int, default=60, help="seconds; the JIT compilers take a minute")
    parser.add_argument("--idle", type=int, default=5000)
    parser.add_argument("--loads", default="requests,connections,known,bulk,idle,start")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    names = args.peers.split(",")
    proxies = [name for name in names if name != "direct"]
    title = f"{loads.machine()}; {datetime.date.today()}; medians of {args.rounds} rounds of {args.seconds} s after {args.warm_up} s of warm-up each."
    report = [f"# Relay\n\n{title} Bytes were checked through every proxy.\n"]
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as work:
        os.chmod(work, 0o755)
        check_bytes(proxies, work)
        for load in args.loads.split(","):
            match load:
                case "idle":
                    table = measure_idle(proxies, args, work)
                case "start":
                    table = measure_start(proxies, args, work)
                case _:
                    table = measure_load(load, names, args, work)
            report.append(table)
            print(table, flush=True)
    if args.write:
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "RESULTS.md"), "w") as f:
            f.write("\n".join(report))


if __name__ == "__main__":
    main()
