#!/usr/bin/env python3
"""What clients notice when the leader of three replicas is killed or falls silent: three `holdfast run` processes, over mutual TLS on loopback.

Usage: takeover.py [--rounds N] [--work DIR]
Needs a built ./holdfast, a JDK 25, and openssl. Prints a table for RESULTS.md."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

from run import ENVIRONMENT, JVM, NAMES, ROOT, certificates, free_ports, java

WATCHED = 8  # seconds after the fault


class Backend:
    """Greets each client with its name."""

    def __init__(self, name):
        self.name = name
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            with client:
                client.sendall(self.name.encode())

    def close(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()


class Replica:
    def __init__(self, name, work, port, peers, backends):
        self.name, self.port, self.directory = name, port, os.path.join(work, name)
        self.log = os.path.join(self.directory, "log")
        self.manifest = os.path.join(self.directory, "pg.yaml")
        listed = "".join(f"  - {{name: {b.name}, host: 127.0.0.1, port: {b.port}}}\n" for b in backends)
        with open(self.manifest, "w") as f:
            f.write(f"""apiVersion: holdfast.dev/v1alpha1
kind: FailoverProxy
metadata: {{name: pg}}
spec:
  listen: {{address: 127.0.0.1, port: {port}}}
  backends:
{listed}  agreement: {{mode: Raft}}
  connections: {{onPrimaryChange: {{policy: Sever}}}}
  peers:
""" + "".join(f"  - {{name: {n}, host: 127.0.0.1, port: {p}}}\n" for n, p in peers.items()))

    def start(self):
        command = [java("java"), *JVM, "-Djdk.reflect.useNativeAccessorOnly=true", "-cp", os.path.join(ROOT, "cli/target/lib/*"), "dev.holdfast.cli.Holdfast"]
        command += ["run", "--instance", self.name, "--tls-dir", os.path.join(self.directory, "tls")]
        command += ["--state-dir", os.path.join(self.directory, "state"), "--admin", "none", self.manifest]
        with open(self.log, "w") as f:
            self.process = subprocess.Popen(command, stdout=f, stderr=subprocess.STDOUT, env=ENVIRONMENT)

    def leads_since(self):
        with open(self.log) as f:
            told = [line.split()[0] for line in f if "this replica leads" in line]
        return told[-1] if told else ""

    def admits(self):
        """The backend that a new client reaches; None when it reaches none within a second."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as s:
                return s.recv(64).decode() or None
        except OSError:
            return None

    def rss_mib(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            return next(int(line.split()[1]) for line in f if line.startswith("VmRSS")) // 1024


def until(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"expected {what} within {seconds} s")
        time.sleep(0.02)


def longest_gap(replica, since, wanted, gaps):
    """Milliseconds from one admitted client, or from the fault, to the next."""
    last, longest = since, 0
    while time.monotonic() < since + WATCHED:
        if replica.admits() == wanted:
            now = time.monotonic()
            last, longest = now, max(longest, now - last)
        time.sleep(0.005)
    gaps.append(1000 * max(longest, time.monotonic() - last))


def fault(replicas, fall, wanted):
    """The longest gap at the replicas that are left, when this befalls the leader."""
    leader = max(replicas, key=Replica.leads_since)
    rest = [r for r in replicas if r is not leader]
    gaps, since = [], time.monotonic()
    fall(leader)
    watchers = [threading.Thread(target=longest_gap, args=(r, since, wanted, gaps)) for r in rest]
    for watcher in watchers:
        watcher.start()
    for watcher in watchers:
        watcher.join()
    return leader, max(gaps)


def kill(replica):
    replica.process.kill()
    replica.process.wait()


def stop(replica):
    replica.process.send_signal(signal.SIGSTOP)


def serving(replicas, backend):
    until(lambda: all(r.admits() == backend for r in replicas), f"clients of all replicas at {backend}")


def round_of(work):
    backends = [Backend("first"), Backend("second")]
    ports = free_ports(2 * len(NAMES))
    peers = dict(zip(NAMES, ports))
    replicas = [Replica(n, work, p, peers, backends) for n, p in zip(NAMES, ports[len(NAMES):])]
    try:
        for replica in replicas:
            replica.start()
        serving(replicas, "first")
        time.sleep(10)
        rss = [r.rss_mib() for r in replicas]
        leader, killed = fault(replicas, kill, "first")
        leader.start()
        serving(replicas, "first")
        leader, silent = fault(replicas, stop, "first")
        leader.process.send_signal(signal.SIGCONT)
        serving(replicas, "first")
        began = time.monotonic()
        backends[0].close()
        serving(replicas, "second")
        primary = 1000 * (time.monotonic() - began)
        return killed, silent, primary, rss
    finally:
        for replica in replicas:
            kill(replica)
        for backend in backends:
            try:
                backend.close()
            except OSError:
                pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work")
    options = parser.parse_args()
    print("| leader killed: longest gap ms | leader stopped: longest gap ms | primary killed: all at the next, ms | RSS MiB idle |\n| --- | --- | --- | --- |")
    for _ in range(options.rounds):
        work = tempfile.mkdtemp(prefix="holdfast-takeover", dir=options.work)
        try:
            certificates(work)
            killed, silent, primary, rss = round_of(work)
            print(f"| {killed:.0f} | {silent:.0f} | {primary:.0f} | {', '.join(map(str, rss))} |", flush=True)
        finally:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
