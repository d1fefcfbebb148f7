package dev.holdfast.cli.run;

import dev.holdfast.dataplane.relay.Transport;
import dev.holdfast.dataplane.runtime.PodPeers;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How {@code holdfast run} runs.
 *
 * @param eventLoops threads that move bytes; 0 means one per processor
 * @param validated the API server has checked the manifests, rules included
 * @param admin null: where the manifests want it
 * @param tlsDir holds {@code ca.crt}, {@code tls.crt} and {@code tls.key} of this process
 * @param tokenFile who may use the admin interface; null: as the manifests say
 * @param accessLog whether each connection is logged at its end
 * @param stateDir where primaries are written down, to go on from after a restart, and where the
 *     logs of resources are that agree
 * @param references holds {@code secrets/NAME/KEY} and {@code configmaps/NAME/KEY}
 * @param instance what status and metrics call this process
 * @param pods where a pod finds the others; null outside a cluster
 * @param transport how bytes are moved
 * @param version of this program
 */
public record RunSettings(
    ManifestSource source,
    boolean validated,
    int eventLoops,
    @Nullable ListenAddress admin,
    OptionalInt probePort,
    @Nullable Path tlsDir,
    @Nullable Path tokenFile,
    boolean accessLog,
    @Nullable Path stateDir,
    @Nullable Path references,
    String instance,
    @Nullable PodPeers pods,
    Transport.Choice transport,
    String version) {

  /** On this machine; an admin interface as the manifests say. */
  public static RunSettings of(ManifestSource source, String version) {
    return new RunSettings(
        source,
        false,
        0,
        null,
        OptionalInt.empty(),
        null,
        null,
        false,
        null,
        null,
        HostName.local(),
        null,
        Transport.Choice.Auto,
        version);
  }

  /** For one manifest on this machine, and no more than an admin interface on loopback. */
  public static RunSettings local(
      ManifestSource source,
      int eventLoops,
      ListenAddress admin,
      boolean accessLog,
      String version) {
    return new RunSettings(
        source,
        true,
        eventLoops,
        admin,
        OptionalInt.empty(),
        null,
        null,
        accessLog,
        null,
        null,
        HostName.local(),
        null,
        Transport.Choice.Auto,
        version);
  }

  public RunSettings withAdmin(@Nullable ListenAddress address, @Nullable Path tokens) {
    return new RunSettings(
        source,
        validated,
        eventLoops,
        address,
        probePort,
        tlsDir,
        tokens,
        accessLog,
        stateDir,
        references,
        instance,
        pods,
        transport,
        version);
  }

  public RunSettings withAccessLog(boolean logged) {
    return new RunSettings(
        source,
        validated,
        eventLoops,
        admin,
        probePort,
        tlsDir,
        tokenFile,
        logged,
        stateDir,
        references,
        instance,
        pods,
        transport,
        version);
  }

  /**
   * @param certificate the directory of files that show it
   */
  public RunSettings withIdentity(String name, @Nullable Path certificate) {
    return new RunSettings(
        source,
        validated,
        eventLoops,
        admin,
        probePort,
        certificate,
        tokenFile,
        accessLog,
        stateDir,
        references,
        name,
        pods,
        transport,
        version);
  }

  public RunSettings withStateDir(@Nullable Path directory) {
    return new RunSettings(
        source,
        validated,
        eventLoops,
        admin,
        probePort,
        tlsDir,
        tokenFile,
        accessLog,
        directory,
        references,
        instance,
        pods,
        transport,
        version);
  }
}
