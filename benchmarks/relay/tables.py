"""Figures as Markdown, with our ratio to the better of the other proxies."""

import statistics

TITLES = {
    "requests": ("Requests on 64 kept connections", "req/s", "CPU µs per request", 1e6),
    "connections": ("A connection per request, 64 clients", "conn/s", "CPU µs per connection", 1e6),
    "known": ("Clients whose group is known (10,000 keys), a connection per request", "conn/s", "CPU µs per connection", 1e6),
    "bulk": ("Bulk, two streams", "Gbit/s", "CPU s per GiB", 1),
}
RIVALS = ("haproxy", "nginx")
RELAY = "failoverproxy"  # our own, without a table


def median(rows, key):
    values = [row[key] for row in rows if key in row]
    return statistics.median(values) if values else None


def ratio(ours, others, best):
    """best: max where more is better, min where less is."""
    known = [value for value in others if value]
    return f"{ours / best(known):.2f}" if ours and known else ""


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def text(value, form=",.2f"):
    return "" if value is None else format(value, form)


def load_table(load, results):
    title, unit, cost, scale = TITLES[load]
    lines = [f"## {title}", "", row("", unit, "p50 ms", "p99 ms", cost), row(*["---"] * 5)]
    medians = {peer: {key: median(rows, key) for key in ("per_second", "p50_ms", "p99_ms", "cpu")} for peer, rows in results.items()}
    for peer, m in medians.items():
        cpu = "" if peer == "direct" else text(m["cpu"] * scale)
        lines.append(row(peer, text(m["per_second"], ",.1f"), text(m["p50_ms"]), text(m["p99_ms"]), cpu))
    if "holdfast" in medians:
        lines.append(ratios("holdfast to the best peer", medians, RIVALS))
        if RELAY in medians:
            lines.append(ratios("holdfast to FailoverProxy's relay", medians, (RELAY,)))
    return "\n".join(lines) + "\n"


def ratios(name, medians, peers):
    others = [medians[peer] for peer in peers if peer in medians]
    cells = [ratio(medians["holdfast"][key], [other[key] for other in others], best)
             for key, best in (("per_second", max), ("p50_ms", min), ("p99_ms", min), ("cpu", min))]
    return row(name, *cells)


def idle_table(results, count):
    lines = [f"## Memory, {count:,} idle connections", "", row("", "RSS MiB before", "KiB more per connection"), row(*["---"] * 3)]
    lines += [row(peer, f"{r['rss_mib']:.0f}", f"{r['kib_per_connection']:.1f}") for peer, r in results.items()]
    return "\n".join(lines) + "\n"


def start_table(results):
    lines = ["## Start to the first accepted connection", "", row("", "ms", "worst ms"), row(*["---"] * 3)]
    lines += [row(peer, f"{statistics.median(times):.0f}", f"{max(times):.0f}") for peer, times in results.items()]
    return "\n".join(lines) + "\n"
