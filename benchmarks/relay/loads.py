"""The loads. Each takes a port and a duration and gives a dictionary of figures."""

import hashlib
import json
import os
import random
import re
import socket
import subprocess
import threading
import time

UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


def _wrk(port, seconds, *options):
    out = subprocess.run(
        ["wrk", "-t1", "-c64", f"-d{seconds}s", "--latency", *options, f"http://127.0.0.1:{port}/"],
        check=True, capture_output=True, text=True, timeout=seconds + 30).stdout
    if "Socket errors" in out or "Non-2xx" in out:
        errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out)
        if not errors or any(int(n) for n in errors.groups()):
            raise RuntimeError("expected no failed request, but wrk said:\n" + out)

    def percentile(p):
        value, unit = re.search(rf"{p}%\s+([\d.]+)(us|ms|s)", out).groups()
        return float(value) * UNITS[unit]

    requests = int(re.search(r"(\d+) requests in", out).group(1))
    return {"per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            "p50_ms": percentile(50), "p99_ms": percentile(99), "units": requests}


def requests(port, seconds):
    """64 kept connections."""
    return _wrk(port, seconds)


def connections(port, seconds):
    """64 clients, a connection for each request."""
    return _wrk(port, seconds, "-H", "Connection: close")


def keys(port, count=10_000):
    """A connection from each of so many addresses, for the table."""
    for i in range(count):
        with socket.socket() as s:
            s.bind((f"127.1.{i // 250}.{1 + i % 250}", 0))
            s.settimeout(10)
            s.connect(("127.0.0.1", port))
            s.sendall(b"GET / HTTP/1.1\r\nHost: key\r\nConnection: close\r\n\r\n")
            while s.recv(65536):
                pass


def known(port, seconds):
    """64 clients whose key is known, a connection for each request."""
    return connections(port, seconds)


def bulk(port, seconds):
    received = _iperf(port, seconds)["end"]["sum_received"]
    return {"per_second": received["bits_per_second"] / 1e9, "units": received["bytes"] / 2**30}


def _iperf(port, seconds):
    """Its server takes one test at a time and says so while the one before ends."""
    command = ["iperf3", "-c", "127.0.0.1", "-p", str(port), "-P2", f"-t{seconds}", "-J"]
    for _ in range(20):
        out = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30).stdout
        result = json.loads(out)
        if "error" not in result:
            return result
        time.sleep(0.2)
    raise RuntimeError(f"expected a result of {' '.join(command)}, found {result['error']}")


def idle(port, count):
    """Opens connections that have each moved 1 KiB both ways; gives them back open."""
    opened = []
    for i in range(count):
        s = socket.socket()
        s.bind((f"127.0.1.{1 + i // 20000}", 0))
        s.settimeout(10)
        s.connect(("127.0.0.1", port))
        s.sendall(b"x" * 1024)
        got = 0
        while got < 1024:
            got += len(s.recv(1024 - got))
        opened.append(s)
    return opened


def integrity(port, mebibytes=64):
    """Sends random bytes to an echo, half-closes, and compares what comes back."""
    block = random.Random(1).randbytes(1 << 20)
    with socket.create_connection(("127.0.0.1", port), 10) as s:
        s.settimeout(60)

        def send():
            for i in range(mebibytes):
                s.sendall(block[i:] + block[:i])
            s.shutdown(socket.SHUT_WR)

        sender = threading.Thread(target=send)
        sender.start()
        digest, total = hashlib.sha256(), 0
        while data := s.recv(1 << 18):
            digest.update(data)
            total += len(data)
        sender.join(60)
    expected = hashlib.sha256()
    for i in range(mebibytes):
        expected.update(block[i:] + block[:i])
    if total != mebibytes << 20 or digest.digest() != expected.digest():
        raise SystemExit(f"CORRUPTED: expected {mebibytes << 20} bytes unchanged, got {total}; no figure of this run counts")


def machine():
    with open("/proc/cpuinfo") as f:
        model = next((line.split(":")[1].strip() for line in f if line.startswith("model name")), "unknown CPU")
    return f"{os.cpu_count()} x {model}, Linux {os.uname().release}"
