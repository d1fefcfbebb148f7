package dev.holdfast.dataplane.admin;

import dev.holdfast.dataplane.admin.http.HttpLimits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the admin interface is reached.
 *
 * @param tlsDir holds {@code ca.crt}, {@code tls.crt} and {@code tls.key}; null for plain HTTP,
 *     which only a loopback address may have
 * @param tokenFile lines {@code read TOKEN}, {@code report-unhealthy TOKEN} and {@code admin
 *     TOKEN}; null for none
 * @param version of this program, for the metrics
 * @param fileRefresh how often TLS directory and token file are looked at
 */
public record AdminOptions(
    InetSocketAddress address,
    @Nullable Path tlsDir,
    @Nullable Path tokenFile,
    String version,
    HttpLimits limits,
    Duration fileRefresh) {

  public static AdminOptions of(
      InetSocketAddress address, @Nullable Path tlsDir, @Nullable Path tokenFile, String version) {
    return new AdminOptions(
        address, tlsDir, tokenFile, version, HttpLimits.defaults(), Duration.ofSeconds(2));
  }
}
