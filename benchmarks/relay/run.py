#!/usr/bin/env python3
"""Runs direct, HAProxy, nginx and Holdfast in turn on the same loads and prints figures and ratios.

usage: run.py [--rounds 3] [--seconds 8] [--idle 5000] [--peers direct,haproxy,nginx,holdfast] [--write]

Needs Debian's haproxy, nginx-light, libnginx-mod-stream, wrk and iperf3, and a built ./holdfast.
--write puts the tables into ../RESULTS.md.
"""

import argparse
import datetime
import os
import statistics
import tempfile

import backends
import loads
from peers import PEERS
from processes import cpu_seconds, rss_kib

TITLES = {
    "requests": ("Requests on 64 kept connections", "req/s", "request"),
    "connections": ("A connection per request, 64 clients", "conn/s", "connection"),
    "bulk": ("Bulk, two streams", "Gbit/s", "GiB"),
}


def measure(load, peer, backend, seconds, work):
    with PEERS[peer](backend, work) as (port, pid):
        getattr(loads, load)(port, 2)
        before = cpu_seconds(pid) if pid else 0
        figures = getattr(loads, load)(port, seconds)
        used = cpu_seconds(pid) - before if pid else 0
    per = 1e6 if load != "bulk" else 1
    figures["cpu"] = used * per / figures["units"]
    return figures


def measure_idle(peer, backend, count, work):
    with PEERS[peer](backend, work) as (port, pid):
        loads.integrity(port)
        if pid is None:
            return {}
        before = rss_kib(pid)
        opened = loads.idle(port, count)
        after = rss_kib(pid)
        for s in opened:
            s.close()
    return {"rss_mib": before / 1024, "kib_per_connection": (after - before) / count}


def median(rows, key):
    values = [row[key] for row in rows if key in row]
    return statistics.median(values) if values else None


def table(load, results):
    title, unit, what = TITLES[load]
    cost = f"CPU s per {what}" if load == "bulk" else f"CPU µs per {what}"
    rivals = [median(rows, "per_second") for peer, rows in results.items() if peer in ("haproxy", "nginx")]
    lines = [f"### {title}", "", f"| | {unit} | p50 ms | p99 ms | {cost} | to the best peer |", "| --- | --- | --- | --- | --- | --- |"]
    for peer, rows in results.items():
        rate = median(rows, "per_second")
        ratio = f"{rate / max(rivals):.2f}" if rivals and peer == "holdfast" else ""
        latency = [f"{v:.2f}" if (v := median(rows, p)) is not None else "" for p in ("p50_ms", "p99_ms")]
        lines.append(f"| {peer} | {rate:,.1f} | {latency[0]} | {latency[1]} | {median(rows, 'cpu'):.2f} | {ratio} |")
    return "\n".join(lines) + "\n"


def idle_table(results, count):
    lines = [f"### Memory, {count:,} idle connections", "", "| | RSS MiB before | KiB more per connection |", "| --- | --- | --- |"]
    for peer, row in results.items():
        if row:
            lines.append(f"| {peer} | {row['rss_mib']:.0f} | {row['kib_per_connection']:.1f} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--idle", type=int, default=5000)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    names = args.peers.split(",")
    report = [f"# Relay\n\n{loads.machine()}; {datetime.date.today()}; medians of {args.rounds} rounds of {args.seconds} s.\n"]
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as work:
        os.chmod(work, 0o755)
        for load, backend in (("requests", backends.http), ("connections", backends.http), ("bulk", backends.iperf)):
            results = {name: [] for name in names}
            with backend(work) as port:
                for _ in range(args.rounds):
                    for name in names:
                        results[name].append(measure(load, name, port, args.seconds, work))
            report.append(table(load, results))
            print(report[-1], flush=True)
        with backends.echo(work) as port:
            report.append(idle_table({name: measure_idle(name, port, args.idle, work) for name in names}, args.idle))
            print(report[-1], flush=True)
    if args.write:
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "RESULTS.md"), "w") as f:
            f.write("\n".join(report))


if __name__ == "__main__":
    main()
