package dev.holdfast.operator.dataplane;

import dev.holdfast.operator.certificates.CertificateSet;
import dev.holdfast.operator.certificates.OperatorTls;
import dev.holdfast.operator.certificates.PeerNames;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** One HTTP client per resource, with that resource's certificates. */
public final class PodClients implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  private record Entry(CertificateSet certificates, HttpClient client) {}

  private final String shortName;
  private final Map<ResourceID, Entry> clients = new HashMap<>();
  private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param shortName of the resources' kind
   */
  public PodClients(String shortName) {
    this.shortName = shortName;
  }

  /** The same client as long as the certificates are the same. */
  public synchronized HttpClient of(ResourceID resource, CertificateSet certificates)
      throws GeneralSecurityException {
    var entry = clients.get(resource);
    if (entry != null && entry.certificates().equals(certificates)) {
      return entry.client();
    }
    forget(resource);
    var names = PeerNames.of(resource, shortName);
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(OperatorTls.context(certificates, names))
            .executor(threads)
            .build();
    clients.put(resource, new Entry(certificates, client));
    return client;
  }

  public synchronized void forget(ResourceID resource) {
    var entry = clients.remove(resource);
    if (entry != null) {
      entry.client().shutdownNow();
    }
  }

  @Override
  public synchronized void close() {
    List.copyOf(clients.keySet()).forEach(this::forget);
  }
}
