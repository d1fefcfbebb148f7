"""The proxies under test: each relays one TCP port to one backend port on loopback."""

import glob
import os
from contextlib import contextmanager

from processes import free_port, running, wait_for_port

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
THREADS = os.cpu_count()

JVM = """-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms8m -Xmx64m -Xss256k -XX:ReservedCodeCacheSize=32m
 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow""".split()


@contextmanager
def direct(backend, work):
    yield backend, None


@contextmanager
def haproxy(backend, work):
    port = free_port()
    config = os.path.join(work, "haproxy.cfg")
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
  server backend 127.0.0.1:{backend}
""")
    with running(["/usr/sbin/haproxy", "-db", "-f", config], os.path.join(work, "haproxy.log")) as p:
        wait_for_port(port, p)
        yield port, p.pid


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
stream {{ server {{ listen 127.0.0.1:{port} reuseport; proxy_pass 127.0.0.1:{backend}; }} }}
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
    path = os.path.join(work, f"holdfast-{port}.yaml")
    with open(path, "w") as f:
        f.write(f"""apiVersion: holdfast.dev/v1alpha1
kind: FailoverProxy
metadata: {{name: bench}}
spec:
  listen: {{address: 127.0.0.1, port: {port}}}
  backends: [{{name: only, host: 127.0.0.1, port: {backend}}}]
  connections: {{maxConnections: 9000}}
""")
    return path


@contextmanager
def holdfast(backend, work):
    jars = sorted(glob.glob(os.path.join(ROOT, "cli/target/lib/*.jar")))
    if not jars:
        raise SystemExit("expected a built holdfast; run ./holdfast --version first")
    port = free_port()
    command = [java(), *JVM, "-cp", ":".join(jars), "dev.holdfast.cli.Holdfast", "run", "--validated", "--admin", "none"]
    with running(command + [manifest(work, port, backend)], os.path.join(work, "holdfast.log")) as p:
        wait_for_port(port, p)
        yield port, p.pid


PEERS = {"direct": direct, "haproxy": haproxy, "nginx": nginx, "holdfast": holdfast}
