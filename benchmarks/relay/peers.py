"""The proxies under test: each relays one TCP port to one backend port on loopback."""

import glob
import os
import re
import socket
import subprocess
import zipfile
from contextlib import contextmanager

from processes import free_port, running, wait_for_port

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
THREADS = os.cpu_count()

JVM = """-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms8m -Xmx64m -Xss256k -XX:ReservedCodeCacheSize=32m
 -XX:TrimNativeHeapInterval=10000 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
 -Djdk.reflect.useNativeAccessorOnly=true
 -Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider""".split()


@contextmanager
def direct(backend, work):
    yield backend, None


@contextmanager
def haproxy(backend, work, servers=("server backend 127.0.0.1:{}",)):
    port = free_port()
    config = os.path.join(work, "haproxy.cfg")
    lines = "\n  ".join(servers).format(*[backend] * len(servers))
    with open(config, "w") as f:
        f.write(f"""global
  nbthread {THREADS}
  maxconn 7500
defaults
  mode tcp
  option splice-auto
  timeout connect 5s
  timeout client 1h
  timeout server 1h
listen relay
  bind 127.0.0.1:{port}
  {lines}
""")
    with running(["/usr/sbin/haproxy", "-db", "-f", config], os.path.join(work, "haproxy.log")) as p:
        wait_for_port(port, p)
        yield port, p.pid


def haproxy_stick(backend, work):
    """Two servers that are one, and a table of which client's address has which."""
    table = ("stick-table type ip size 1m expire 30m", "stick on src")
    return haproxy(backend, work, table + ("server blue 127.0.0.1:{}", "server green 127.0.0.1:{}"))


@contextmanager
def nginx(backend, work):
    port = free_port()
    config = os.path.join(work, "nginx-stream.conf")
    with open(config, "w") as f:
        f.write(f"""load_module /usr/lib/nginx/modules/ngx_stream_module.so;
daemon off;
worker_processes {THREADS};
pid {work}/nginx-stream.pid;
error_log {work}/nginx-stream.log;
events {{ worker_connections 18000; }}
stream {{ server {{ listen 127.0.0.1:{port} reuseport; proxy_pass 127.0.0.1:{backend}; proxy_half_close on; }} }}
""")
    with running(["/usr/sbin/nginx", "-c", config, "-e", f"{work}/nginx-stream.log"], os.path.join(work, "nginx.log")) as p:
        wait_for_port(port, p)
        yield port, p.pid


def java():
    homes = [os.environ.get("JAVA_HOME", "")] + sorted(glob.glob("/usr/lib/jvm/*25*"))
    for home in homes:
        if os.path.exists(f"{home}/bin/java") and os.path.exists(f"{home}/release"):
            with open(f"{home}/release") as f:
                if 'JAVA_VERSION="25' in f.read():
                    return f"{home}/bin/java"
    raise SystemExit("expected a JDK 25 in JAVA_HOME or under /usr/lib/jvm; install one")


def manifest(work, port, backend):
    return written(work, port, f"""apiVersion: holdfast.dev/v1alpha1
kind: FailoverProxy
metadata: {{name: bench}}
spec:
  listen: {{address: 127.0.0.1, port: {port}}}
  backends: [{{name: only, host: 127.0.0.1, port: {backend}}}]
  connections: {{maxConnections: 9000}}
""")


def balancer(work, port, backend):
    ports = f"[{{listen: {port}, host: 127.0.0.1, port: {backend}}}]"
    return written(work, port, f"""apiVersion: holdfast.dev/v1alpha1
kind: StickyBalancer
metadata: {{name: bench}}
spec:
  listen: {{address: 127.0.0.1, ports: [{port}]}}
  groups:
    - {{id: 1, name: blue, ports: {ports}}}
    - {{id: 2, name: green, ports: {ports}}}
  connections: {{maxConnections: 9000}}
""")


def written(work, port, text):
    path = os.path.join(work, f"holdfast-{port}.yaml")
    with open(path, "w") as f:
        f.write(text)
    return path


def runtime(work):
    """As in the image: linked from the modules it needs. Made once."""
    home = os.path.join(work, "runtime")
    if not os.path.exists(home):
        with open(os.path.join(ROOT, "images/pom.xml")) as f:
            modules = re.search("<image.modules>(.*)</image.modules>", f.read()).group(1)
        options = ["--strip-debug", "--no-man-pages", "--no-header-files", "--compress=zip-0"]
        subprocess.run([os.path.join(os.path.dirname(java()), "jlink"), "--add-modules", modules, *options, "--output", home], check=True)
    return f"{home}/bin/java"


def jars(work):
    """As in the image: our own first, and those with old classes in a form that an AOT cache takes. Made once."""
    built = sorted(glob.glob(os.path.join(ROOT, "cli/target/lib/*.jar")), key=lambda jar: ("SNAPSHOT" not in jar, jar))
    if not built:
        raise SystemExit("expected a built holdfast; run ./holdfast --version first")
    modern = os.path.join(work, "jars")
    if not os.path.exists(modern):
        program = os.path.join(ROOT, "images/training/ModernClasses.java")
        subprocess.run([java(), program, os.path.dirname(built[0]), modern], check=True)
    replaced = os.listdir(modern)
    return [os.path.join(modern, os.path.basename(j)) if os.path.basename(j) in replaced else j for j in built]


def native(work):
    """As in the image: Netty's native library beside the jars, else it is unpacked at each start. Made once."""
    directory = os.path.join(work, "native")
    if not os.path.exists(directory):
        os.mkdir(directory)
        for jar in glob.glob(os.path.join(ROOT, "cli/target/lib/netty-transport-native-*.jar")):
            with zipfile.ZipFile(jar) as packed:
                for name in packed.namelist():
                    if name.startswith("META-INF/native/") and name.endswith(".so"):
                        with open(os.path.join(directory, os.path.basename(name)), "wb") as f:
                            f.write(packed.read(name))
    return directory


def command(manifest, work, *options):
    options = [*JVM, f"-Djava.library.path={native(work)}", *options]
    program = [runtime(work), *options, "-cp", ":".join(jars(work)), "dev.holdfast.cli.Holdfast"]
    return program + ["run", "--validated", "--admin", "none", manifest]


def aot_cache(backend, work):
    """Trained as the image's is: under the flags it is used with, on some traffic. Made once."""
    cache = os.path.join(work, "holdfast.aot")
    if not os.path.exists(cache):
        port = free_port()
        training = command(manifest(work, port, backend), work, f"-XX:AOTCacheOutput={cache}")
        with running(training, os.path.join(work, "training.log")) as p:
            wait_for_port(port, p, 60)
            for _ in range(200):
                with socket.create_connection(("127.0.0.1", port), 5) as s:
                    s.sendall(b"GET / HTTP/1.1\r\nHost: training\r\nConnection: close\r\n\r\n")
                    s.shutdown(socket.SHUT_WR)
                    while s.recv(65536):
                        pass
            p.terminate()
            p.wait(120)
        if not os.path.exists(cache):
            raise SystemExit(f"expected an AOT cache in {cache}; see training.log")
    return cache


@contextmanager
def holdfast(backend, work, written=manifest):
    cache = aot_cache(backend, work)
    port = free_port()
    started = command(written(work, port, backend), work, f"-XX:AOTCache={cache}")
    with running(started, os.path.join(work, "holdfast.log"), env=os.environ | {"MALLOC_ARENA_MAX": "1"}) as p:
        wait_for_port(port, p)
        yield port, p.pid


def holdfast_stick(backend, work):
    return holdfast(backend, work, balancer)


PEERS = {"direct": direct, "haproxy": haproxy, "nginx": nginx, "holdfast": holdfast}
STICKY = {"direct": direct, "haproxy": haproxy_stick, "failoverproxy": holdfast, "holdfast": holdfast_stick}
