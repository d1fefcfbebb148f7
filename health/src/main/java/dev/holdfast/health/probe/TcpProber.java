package dev.holdfast.health.probe;

/** Connects to a backend and closes again. */
final class TcpProber {
  private final Network network;

  TcpProber(Network network) {
    this.network = network;
  }

  Probe to(String host, int port) {
    var address = new Address(host, port);
    return timeout ->
        network.talk(
            address, timeout, (pipeline, result) -> result.complete(new ProbeResult.Success()));
  }
}
