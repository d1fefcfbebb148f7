"""What a user of the official Python client does; prints one fact a line."""

import os

from hcloud import APIException, Client

client = Client(
    token=os.environ["HCLOUD_TOKEN"],
    api_endpoint=os.environ["HCLOUD_ENDPOINT"],
    poll_interval=0.1,
)

print("locations", " ".join(sorted(at.name for at in client.locations.get_all())))
servers = client.servers.get_all(label_selector="environment=demo")
print("servers", " ".join(f"{server.name}@{server.location.name}" for server in servers))
print("ips", len(client.floating_ips.get_all()))
print("selected", len(client.floating_ips.get_all(label_selector="environment in (more)")))

ip = client.floating_ips.get_by_id(1)
action = ip.assign(client.servers.get_by_name("lb-2"))
print("accepted", action.status, action.command)
try:
    ip.assign(client.servers.get_by_name("lb-3"))
except APIException as error:
    print("meanwhile", error.code)
action.wait_until_finished()
print("finished", action.status)
ip.reload()
print("server", ip.server.name)

client.floating_ips.get_by_id(2).unassign().wait_until_finished()
print("unassigned", client.floating_ips.get_by_id(2).server)
try:
    client.floating_ips.get_by_id(999)
except APIException as error:
    print("missing", error.code)
