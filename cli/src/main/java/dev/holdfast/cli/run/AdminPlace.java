package dev.holdfast.cli.run;

import dev.holdfast.api.v1alpha1.Admin;
import dev.holdfast.api.v1alpha1.SecretKeyRef;
import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.SpecBinder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the admin interface listens and who may use it: as the command line says, else as {@code
 * spec.admin} of the manifests does.
 *
 * @param address null for no interface
 */
record AdminPlace(@Nullable InetSocketAddress address, @Nullable Path tokenFile) {

  static final String DEFAULT = "127.0.0.1:2340";

  /**
   * @throws CommandFailed when the manifests contradict each other
   */
  static AdminPlace of(RunSettings settings, List<Manifest> manifests) {
    var said = said(manifests);
    var wanted =
        settings.admin().address() != null
            ? settings.admin().address()
            : said.map(AdminPlace::listen).orElseGet(() -> ListenAddress.parse(DEFAULT));
    var tokens =
        settings.admin().tokenFile() != null
            ? settings.admin().tokenFile()
            : said.map(Admin::tokenSecretRef)
                .map(reference -> file(settings.references(), reference))
                .orElse(null);
    return new AdminPlace(wanted.resolved(), tokens);
  }

  private static Optional<Admin> said(List<Manifest> manifests) {
    var said =
        manifests.stream().map(AdminPlace::wantedBy).filter(Objects::nonNull).distinct().toList();
    if (said.size() > 1) {
      throw new CommandFailed(
          "spec.admin: this process has one admin interface, and the manifests want %d different"
                  .formatted(said.size())
              + " ones; make them alike, or leave it out and give --admin and --token-file");
    }
    return said.stream().findFirst();
  }

  private static @Nullable Admin wantedBy(Manifest manifest) {
    return switch (manifest.kind()) {
      case "FailoverProxy" -> SpecBinder.failoverProxy(manifest).admin();
      case "StickyBalancer" -> SpecBinder.stickyBalancer(manifest).admin();
      default -> null;
    };
  }

  private static ListenAddress listen(Admin admin) {
    return new ListenAddress(InetSocketAddress.createUnresolved(admin.address(), admin.port()));
  }

  private static Path file(@Nullable Path references, SecretKeyRef reference) {
    if (references == null) {
      throw new CommandFailed(
          "spec.admin.tokenSecretRef: give --refs DIR, in which secrets/%s/%s holds the tokens"
              .formatted(reference.name(), reference.key()));
    }
    return references.resolve("secrets").resolve(reference.name()).resolve(reference.key());
  }
}
