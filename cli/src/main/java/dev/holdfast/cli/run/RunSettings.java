package dev.holdfast.cli.run;

import dev.holdfast.dataplane.relay.transport.Transport;
import dev.holdfast.dataplane.runtime.replica.PodPeers;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How {@code holdfast run} runs.
 *
 * @param validated the API server has checked the manifests, rules included
 * @param stateDir where primaries and tables are written down, to go on from after a restart, and
 *     where the logs of resources are that agree
 * @param references holds {@code secrets/NAME/KEY} and {@code configmaps/NAME/KEY}
 * @param version of this program
 */
public record RunSettings(
    ManifestSource source,
    boolean validated,
    Relaying relaying,
    AdminAccess admin,
    Identity identity,
    @Nullable Path stateDir,
    @Nullable Path references,
    String version) {

  /**
   * @param eventLoops threads that move bytes; 0 means one per processor
   * @param transport how bytes are moved
   * @param accessLog whether each connection is logged at its end
   */
  public record Relaying(int eventLoops, Transport.Choice transport, boolean accessLog) {

    public static Relaying standard(boolean accessLog) {
      return new Relaying(0, Transport.Choice.Auto, accessLog);
    }
  }

  /**
   * @param address null: where the manifests want it
   * @param probePort where a kubelet asks, without credentials
   * @param tokenFile who may use it; null: as the manifests say
   */
  public record AdminAccess(
      @Nullable ListenAddress address, OptionalInt probePort, @Nullable Path tokenFile) {

    /** Without a port for probes. */
    public static AdminAccess at(@Nullable ListenAddress address, @Nullable Path tokenFile) {
      return new AdminAccess(address, OptionalInt.empty(), tokenFile);
    }
  }

  /**
   * @param instance what status and metrics call this process
   * @param tlsDir holds {@code ca.crt}, {@code tls.crt} and {@code tls.key} of this process
   * @param pods where a pod finds the others; null outside a cluster
   */
  public record Identity(String instance, @Nullable Path tlsDir, @Nullable PodPeers pods) {

    public static Identity ofThisMachine() {
      return new Identity(HostName.local(), null, null);
    }
  }

  /** For one manifest on this machine, and no more than an admin interface on loopback. */
  public static RunSettings local(
      ManifestSource source, Relaying relaying, ListenAddress admin, String version) {
    return new RunSettings(
        source,
        true,
        relaying,
        AdminAccess.at(admin, null),
        Identity.ofThisMachine(),
        null,
        null,
        version);
  }
}
