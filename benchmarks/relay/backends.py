"""What stands behind the proxies."""

import asyncio
import os
import sys
from contextlib import contextmanager

from processes import free_port, running, wait_for_port


@contextmanager
def http(work):
    """Answers every request with 130 bytes of body."""
    port = free_port()
    config = os.path.join(work, "backend.conf")
    with open(config, "w") as f:
        f.write(f"""daemon off;
worker_processes 1;
pid {work}/backend.pid;
error_log {work}/backend.log crit;
events {{ worker_connections 18000; }}
http {{ access_log off; keepalive_requests 100000000;
  server {{ listen 127.0.0.1:{port} backlog=4096; return 200 "{'x' * 130}"; }} }}
""")
    with running(["/usr/sbin/nginx", "-c", config, "-e", f"{work}/backend.log"], f"{work}/backend.out") as p:
        wait_for_port(port, p)
        yield port


@contextmanager
def iperf(work):
    port = free_port()
    with running(["/usr/bin/iperf3", "-s", "-p", str(port)], f"{work}/iperf3.out") as p:
        wait_for_port(port, p)
        yield port


@contextmanager
def echo(work):
    port = free_port()
    with running([sys.executable, __file__, str(port)], f"{work}/echo.out") as p:
        wait_for_port(port, p)
        yield port


async def _echo(port):
    async def serve(reader, writer):
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
            writer.write_eof()
        except OSError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port, backlog=4096)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_echo(int(sys.argv[1])))
