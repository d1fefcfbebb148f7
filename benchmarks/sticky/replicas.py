#!/usr/bin/env python3
"""New keys per second and what they wait for: one and three `holdfast run` processes with one table, HAProxy with a stick table
and three peers beside them, all on loopback. Then the time from the leader's kill -9 to the next new key at the others, and
how long a replica with an empty disk takes to have all keys.

Usage: replicas.py [--rounds 3] [--seconds 8] [--warm-up 40] [--rate 2000] [--fill 0] [--work DIR]
Needs Debian's haproxy, nginx-light, libnginx-mod-stream and openssl, a built ./holdfast, and a JDK 25. Prints tables for RESULTS.md."""

import argparse
import itertools
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager

HERE = os.path.dirname(os.path.abspath(__file__))
for neighbour in "relay", "agreement":
    sys.path.insert(0, os.path.join(os.path.dirname(HERE), neighbour))

import run as agreement  # noqa: E402
from processes import cpu_seconds, free_port, running, wait_for_port  # noqa: E402

NAMES = agreement.NAMES
HEAP = "-Xmx512m"
CLIENTS = 256  # at once
CALLERS_JVM = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]  # which leave the processors to what is measured
def newcomers():
    """First addresses of calls, so that no client comes twice. There are 16 million."""
    return itertools.count(0, 1_000_000)


@contextmanager
def backend(work):
    """Says one byte to everybody."""
    port = free_port()
    config = os.path.join(work, "backend.conf")
    with open(config, "w") as f:
        f.write(f"""load_module /usr/lib/nginx/modules/ngx_stream_module.so;
daemon off;
worker_processes 1;
pid {work}/backend.pid;
error_log {work}/backend.log crit;
events {{ worker_connections 18000; }}
stream {{ server {{ listen 127.0.0.1:{port} backlog=4096; return x; }} }}
""")
    with running(["/usr/sbin/nginx", "-c", config, "-e", f"{work}/backend.log"], f"{work}/backend.out") as p:
        wait_for_port(port, p)
        yield port


@contextmanager
def direct(work, port):
    yield [port], []


@contextmanager
def haproxy(work, port):
    ports, peers = [free_port() for _ in NAMES], [free_port() for _ in NAMES]
    listed = "\n".join(f"  peer {n} 127.0.0.1:{p}" for n, p in zip(NAMES, peers))
    with ExitStack() as stack:
        started = []
        for name, listen in zip(NAMES, ports):
            config = os.path.join(work, f"haproxy-{name}.cfg")
            with open(config, "w") as f:
                f.write(f"""global
  nbthread 1
  maxconn 7500
defaults
  mode tcp
  timeout connect 5s
  timeout client 1h
  timeout server 1h
peers replicas
{listed}
listen relay
  bind 127.0.0.1:{listen}
  stick-table type ip size 4m expire 30m peers replicas
  stick on src
  server blue 127.0.0.1:{port}
  server green 127.0.0.1:{port}
""")
            command = ["/usr/sbin/haproxy", "-db", "-L", name, "-f", config]
            started.append(stack.enter_context(running(command, os.path.join(work, f"haproxy-{name}.log"))))
            wait_for_port(listen, started[-1])
        yield ports, started


def manifest(work, name, listen, port, peers):
    group = f"ports: [{{listen: {listen}, host: 127.0.0.1, port: {port}}}]"
    listed = ", ".join(f"{{name: {n}, host: 127.0.0.1, port: {p}}}" for n, p in peers.items())
    path = os.path.join(work, f"{name}.yaml")
    with open(path, "w") as f:
        f.write(f"""apiVersion: holdfast.dev/v1alpha1
kind: StickyBalancer
metadata: {{name: pg}}
spec:
  listen: {{address: 127.0.0.1, ports: [{listen}]}}
  groups:
    - {{id: 1, name: blue, {group}}}
    - {{id: 2, name: green, {group}}}
  stickiness: {{maxEntries: 4000000}}
  connections: {{maxConnections: 9000}}
  peers: [{listed}]
""")
    return path


def replica(work, name, listen, port, peers):
    options = [o for o in agreement.JVM if not o.startswith("-Xmx")] + [HEAP]
    command = [agreement.java("java"), *options, "-cp", os.path.join(agreement.ROOT, "cli/target/lib/*"), "dev.holdfast.cli.Holdfast", "run"]
    command += ["--instance", name, "--admin", "none", "--state-dir", os.path.join(work, name, "state")]
    command += ["--tls-dir", os.path.join(work, name, "tls")] if peers else []
    return running([*command, manifest(work, name, listen, port, peers)], os.path.join(work, f"{name}.log"), env=agreement.ENVIRONMENT)


@contextmanager
def holdfast(work, port, names=NAMES):
    ports = [free_port() for _ in names]
    peers = {name: free_port() for name in names} if len(names) > 1 else {}
    with ExitStack() as stack:
        started = [stack.enter_context(replica(work, n, p, port, peers)) for n, p in zip(names, ports)]
        for listen, process in zip(ports, started):
            wait_for_service(listen, process)
        yield ports, started


def alone(work, port):
    return holdfast(work, port, NAMES[:1])


def served(port, source, patience=1):
    try:
        with socket.socket() as s:
            s.bind((source, 0))
            s.settimeout(patience)
            s.connect(("127.0.0.1", port))
            return s.recv(1) == b"x"
    except OSError:
        return False


def wait_for_service(port, process, seconds=120):
    deadline = time.monotonic() + seconds
    while not served(port, "127.1.0.1"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"expected service on port {port} within {seconds} s; see {process.args[-1]} and its log")
        time.sleep(0.05)


def callers(work, first, seconds, how, number, ports):
    command = [agreement.java("java"), "-Xmx256m", *CALLERS_JVM, "-cp", work, "Callers", str(first), str(seconds), how, str(number), *map(str, ports)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=seconds + 60).stdout.split()
    return dict(zip(["answered", "failed", "seconds", "p50", "p99", "max"], map(float, out)))


SUBJECTS = {"no proxy": direct, "HAProxy, 3 peers": haproxy, "Holdfast, 1": alone, "Holdfast, 3 that agree": holdfast}


def measure(subject, work, port, options):
    """The most there is, and then at a rate."""
    first = newcomers()
    with SUBJECTS[subject](work, port) as (ports, processes):
        callers(work, next(first), options.warm_up, "atonce", CLIENTS, ports)  # until the JIT compilers are done
        before = sum(cpu_seconds(p.pid) for p in processes)
        most = callers(work, next(first), options.seconds, "atonce", CLIENTS, ports)
        used = sum(cpu_seconds(p.pid) for p in processes) - before
        steady = callers(work, next(first), options.seconds, "persecond", options.rate, ports)
    if most["failed"] or steady["failed"]:
        raise SystemExit(f"{subject}: expected each client to be answered, {most['failed']:.0f} and {steady['failed']:.0f} were not")
    return {"rate": most["answered"] / most["seconds"], "cpu": 1e6 * used / most["answered"],
            "p50": steady["p50"], "p99": steady["p99"], "max": steady["max"]}


def table(work, port, options):
    results = {subject: [] for subject in SUBJECTS}
    for _ in range(options.rounds):
        for subject in SUBJECTS:
            fresh = tempfile.mkdtemp(dir=work)
            agreement.certificates(fresh, "stb")
            for compiled in os.listdir(work):
                if compiled.endswith(".class"):
                    shutil.copy(os.path.join(work, compiled), fresh)
            results[subject].append(measure(subject, fresh, port, options))
    print(f"| | new keys/s | CPU us each | at {options.rate}/s: p50 ms | p99 ms | max ms |\n| --- | --- | --- | --- | --- | --- |")
    for subject, rounds in results.items():
        m = {figure: statistics.median(r[figure] for r in rounds) for figure in rounds[0]}
        print(f"| {subject} | {m['rate']:,.0f} | {m['cpu']:.0f} | {m['p50']:.1f} | {m['p99']:.1f} | {m['max']:.0f} |", flush=True)


def leads_since(work, name):
    with open(os.path.join(work, f"{name}.log")) as f:
        told = [line.split()[0] for line in f if "this replica leads" in line and "longer" not in line]
    return told[-1] if told else ""


def next_new_key(port, since, source, seconds=60):
    for number in range(1, 250):
        if served(port, f"{source}.{number}", 0.2):
            return 1000 * (time.monotonic() - since)
        if time.monotonic() > since + seconds:
            break
    raise SystemExit(f"expected a new key to be accepted within {seconds} s")


def takeover(work, port):
    with holdfast(work, port) as (ports, processes):
        time.sleep(10)
        leader = max(range(len(NAMES)), key=lambda i: leads_since(work, NAMES[i]))
        since = time.monotonic()
        os.killpg(processes[leader].pid, signal.SIGKILL)
        rest = [i for i in range(len(NAMES)) if i != leader]
        waits = [next_new_key(ports[i], since, f"127.1.{10 + i}") for i in rest]
        print("leader killed, to the next new key at the others, ms: " + ", ".join(f"{w:.0f}" for w in waits), flush=True)


def catch_up(work, port, fill):
    first = newcomers()
    with holdfast(work, port, NAMES) as (ports, processes):
        filled = 0
        while filled < fill:
            filled += callers(work, next(first), 60, "atonce", CLIENTS, ports)["answered"]
            print(f"filled with {filled:,.0f} keys", flush=True)
        os.killpg(processes[-1].pid, signal.SIGKILL)
        processes[-1].wait()
        shutil.rmtree(os.path.join(work, NAMES[-1], "state"))
        since = time.monotonic()
        with subprocess.Popen(processes[-1].args, stdout=subprocess.DEVNULL, env=agreement.ENVIRONMENT) as again:
            try:
                wait_for_service(ports[-1], again)
                print(f"an empty replica serves after {time.monotonic() - since:.1f} s", flush=True)
            finally:
                again.kill()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--warm-up", type=int, default=40)
    parser.add_argument("--rate", type=int, default=2000)
    parser.add_argument("--fill", type=int, default=0, help="how many keys an empty replica has to catch up with")
    parser.add_argument("--only", help="of the subjects, separated by semicolons")
    parser.add_argument("--work")
    options = parser.parse_args()
    if options.only:
        for subject in set(SUBJECTS) - set(options.only.split(";")):
            del SUBJECTS[subject]
    work = tempfile.mkdtemp(prefix="holdfast-sticky", dir=options.work)
    try:
        subprocess.run([agreement.java("javac"), "-d", work, os.path.join(HERE, "Callers.java")], check=True)
        with backend(work) as port:
            if options.rounds:
                table(work, port, options)
            if "Holdfast, 3 that agree" in SUBJECTS:
                agreement.certificates(work, "stb")
                takeover(work, port)
                if options.fill:
                    catch_up(work, port, options.fill)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
