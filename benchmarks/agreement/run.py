#!/usr/bin/env python3
"""Commits per second of the replicated log: three members as three processes, over mutual TLS on loopback, each with its own log on disk.

Usage: run.py [--seconds S] [--warm S] [--classpath CP] [--work DIR]
Needs a built ./holdfast, a JDK 25, and openssl. Prints a table for benchmarks/RESULTS.md."""

import argparse
import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
NAMES = ["a", "b", "c"]
JVM = """-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms8m -Xmx96m -Xss256k -XX:ReservedCodeCacheSize=48m
 -XX:TrimNativeHeapInterval=10000 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow""".split()
ENVIRONMENT = {**os.environ, "MALLOC_ARENA_MAX": "1"}  # as the image sets it


def java(tool):
    for home in [os.environ.get("JAVA_HOME", "")] + sorted(glob.glob("/usr/lib/jvm/*25*")):
        if os.path.exists(f"{home}/release") and 'JAVA_VERSION="25' in open(f"{home}/release").read():
            return f"{home}/bin/{tool}"
    raise SystemExit("expected a JDK 25 in JAVA_HOME or under /usr/lib/jvm; install one")


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def certificates(work, kind="fop"):
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    ca, ca_key = os.path.join(work, "ca.crt"), os.path.join(work, "ca.key")
    openssl("req", "-x509", *key, "-keyout", ca_key, "-out", ca, "-subj", "/CN=benchmark", "-days", "2")
    for name in NAMES:
        tls = os.path.join(work, name, "tls")
        os.makedirs(tls, exist_ok=True)
        request, extensions = os.path.join(tls, "request"), os.path.join(tls, "extensions")
        with open(extensions, "w") as f:
            f.write(f"subjectAltName=DNS:{name}.peer.pg.default.{kind}.holdfast\nextendedKeyUsage=serverAuth,clientAuth\n")
        openssl("req", "-new", *key, "-keyout", os.path.join(tls, "tls.key"), "-out", request, "-subj", f"/CN={name}")
        openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-CAcreateserial", "-days", "2",
                "-extfile", extensions, "-out", os.path.join(tls, "tls.crt"))
        shutil.copy(ca, os.path.join(tls, "ca.crt"))


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


class Member:
    def __init__(self, name, work, classpath, ports):
        self.name = name
        directory = os.path.join(work, name)
        with open(os.path.join(directory, "errors"), "w") as errors:
            self.process = subprocess.Popen([java("java"), *JVM, "-cp", classpath, "LogBenchmark", name, directory, *ports],
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, bufsize=1, env=ENVIRONMENT)

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        return self.process.stdout.readline().strip()


def leader(members):
    for _ in range(600):
        answers = {m.ask("leader") for m in members}
        if len(answers) == 1 and answers != {"nobody"}:
            return answers.pop()
        time.sleep(0.05)
    raise SystemExit("expected a leader within 30 s, found none")


def row(member, where, callers, seconds):
    rate, p50, p99 = member.ask(f"load {callers} {seconds}").split()
    print(f"| {where} | {callers} | {int(rate):,} | {p50} | {p99} |", flush=True)


def measure(members, seconds, warm):
    leads = leader(members)
    first = next(m for m in members if m.name == leads)
    other = next(m for m in members if m.name != leads)
    print("| callers at | callers | commits/s | p50 ms | p99 ms |\n| --- | --- | --- | --- | --- |")
    time.sleep(12)
    idle = [int(m.ask("rss")) // 1024 for m in members]
    row(first, "the leader, cold", 64, seconds)
    first.ask(f"load 64 {warm}")
    for member, where in (first, "the leader"), (other, "a follower"):
        for callers in 1, 64, 512:
            row(member, where, callers, seconds)
    print("\nRSS MiB of each member: idle", idle, "after the load", [int(m.ask("rss")) // 1024 for m in members])
    return first


def elections(members, first):
    killed = time.monotonic()
    first.process.kill()
    rest = [m for m in members if m is not first]
    while first.name in {m.ask("leader") for m in rest} or "nobody" in {m.ask("leader") for m in rest}:
        time.sleep(0.005)
    print(f"Another leader {1000 * (time.monotonic() - killed):.0f} ms after the first one was killed")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--warm", type=int, default=40, help="seconds of load before what is measured: three cold JVMs compile on the same processors")
    parser.add_argument("--classpath", default=os.path.join(ROOT, "cli", "target", "lib", "*"))
    parser.add_argument("--work")
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="holdfast-agreement", dir=options.work)
    members = []
    try:
        subprocess.run([java("javac"), "-proc:none", "-cp", options.classpath, "-d", work, os.path.join(HERE, "LogBenchmark.java")], check=True)
        certificates(work)
        ports = [f"{name}={port}" for name, port in zip(NAMES, free_ports(len(NAMES)))]
        members = [Member(name, work, work + ":" + options.classpath, ports) for name in NAMES]
        elections(members, measure(members, options.seconds, options.warm))
    finally:
        for member in members:
            member.process.kill()
            member.process.wait()
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
