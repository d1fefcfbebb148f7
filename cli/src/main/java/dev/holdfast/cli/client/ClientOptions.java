package dev.holdfast.cli.client;

import dev.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the admin interface is, and who asks. */
public final class ClientOptions {
  private static final long MAX_TOKEN_FILE = 1 << 16;

  @Option(
      names = "--address",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:2340",
      description = "Of the admin interface. Default: ${DEFAULT-VALUE}.")
  private URI address = URI.create("http://127.0.0.1:2340");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Holds a token, or lines 'read TOKEN' and 'admin TOKEN' as holdfast run's; those of"
              + " servers, 'report-unhealthy TOKEN', are passed over.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--tls-dir",
      paramLabel = "DIR",
      description =
          "Holds ca.crt, whose certificates are believed, and tls.crt and tls.key, if this end has"
              + " a certificate.")
  private @Nullable Path tlsDir;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      description =
          "The DNS name that the certificate of the admin interface must hold, where it is not the"
              + " one in --address: behind a forwarded port.")
  private @Nullable String serverName;

  /**
   * @throws CommandFailed when the options cannot be used
   */
  public AdminClient client() {
    if (address.getHost() == null || address.getScheme() == null) {
      throw new CommandFailed(
          "--address: expected a URL such as http://127.0.0.1:2340, found '" + address + "'");
    }
    var secure = address.getScheme().equalsIgnoreCase("https");
    if (!secure && (tlsDir != null || serverName != null)) {
      throw new CommandFailed(
          "%s: expected an https --address, found %s"
              .formatted(tlsDir != null ? "--tls-dir" : "--server-name", address));
    }
    var token = tokenFile == null ? null : ClientToken.of(read(tokenFile));
    if (token != null && !secure && !isLoopback()) {
      throw new CommandFailed(
          "--token-file: %s is not encrypted, anybody on the way could read the token; use https"
              .formatted(address));
    }
    var http = HttpClient.newBuilder();
    return new AdminClient(
        address,
        token,
        tlsDir == null && serverName == null
            ? http
            : http.sslContext(ClientTls.of(tlsDir, serverName)));
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(address.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // the request will say so
    }
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > MAX_TOKEN_FILE) {
        throw new CommandFailed(
            "--token-file: expected at most %d bytes in %s".formatted(MAX_TOKEN_FILE, file));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailed("--token-file: cannot read " + file + " (" + e + ")", e);
    }
  }
}
