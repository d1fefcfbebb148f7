package dev.holdfast.operator.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.operator.certificates.CertificateSet;
import dev.holdfast.operator.certificates.TestTls;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DataPlaneWatchTest {

  private static final ResourceID RESOURCE = new ResourceID("postgres", "db");
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private final AtomicInteger changes = new AtomicInteger();
  private final PodClients clients = new PodClients("fop");
  private final List<FakeDataPlane> pods = new ArrayList<>();
  private DataPlaneWatch<DataPlaneStatus> watch = watch(Duration.ofMinutes(1));

  private CertificateSet certificates;
  private HttpClient client;

  @BeforeEach
  void connect() throws GeneralSecurityException {
    certificates = TestTls.issue("db", "postgres");
    client = clients.of(RESOURCE, certificates);
  }

  @AfterEach
  void close() {
    watch.close();
    clients.close();
    pods.forEach(FakeDataPlane::close);
  }

  @Test
  @DisplayName("what a pod says is seen, and its resource is told of")
  void hears() throws Exception {
    follow(
        certificates,
        (connection, out) -> {
          out.status(Words.json(Words.serving("p-0", "pg-0", 1)));
          out.status(Words.json(Words.failedOver("p-0")));
          out.hang();
        });
    await().untilAsserted(() -> assertThat(view().status()).isEqualTo(Words.failedOver("p-0")));
    assertThat(view().isLive()).isTrue();
    assertThat(changes.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  @DisplayName("a stream that ends is opened again")
  void reconnects() throws Exception {
    follow(
        certificates,
        (connection, out) -> {
          out.status(Words.json(Words.serving("p-0", "pg-0", connection)));
          if (connection == 3) {
            out.hang();
          }
        });
    await().until(() -> view().isLive() && view().status().primary().epoch() == 3);
  }

  @Test
  @DisplayName("a pod that falls silent is lost, and what it said last is kept")
  void silence() throws Exception {
    watch = watch(SILENCE);
    var again = new CountDownLatch(1);
    follow(
        certificates,
        (connection, out) -> {
          if (connection == 1) {
            out.status(Words.json(Words.serving("p-0", "pg-0", 1)));
          } else {
            again.countDown();
          }
          out.hang();
        });
    assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();
    await().until(() -> view().link() instanceof PodView.Link.Lost);
    assertThat(view().status().primary().name()).isEqualTo("pg-0");
  }

  @Test
  @DisplayName("heartbeats keep a stream that has nothing to say")
  void heartbeats() throws Exception {
    watch = watch(SILENCE);
    var beats = new CountDownLatch(30);
    follow(
        certificates,
        (connection, out) -> {
          out.status(Words.json(Words.serving("p-0", "pg-0", 1)));
          while (!out.closed().await(100, TimeUnit.MILLISECONDS)) {
            out.raw(": alive\n\n");
            beats.countDown();
          }
        });
    assertThat(beats.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(pods.getFirst().connections).hasValue(1);
    assertThat(view().isLive()).isTrue();
  }

  @Test
  @DisplayName("garbage, half a status and an endless event end the stream, not the operator")
  void garbage() throws Exception {
    follow(
        certificates,
        (connection, out) -> {
          switch (connection) {
            case 1 -> out.status("{\"name\": 7");
            case 2 -> out.status("{\"name\":\"postgres\",\"namespace\":\"db\"}");
            case 3 -> out.raw("data: " + "x".repeat(1 << 21));
            default -> {
              out.status(Words.json(Words.serving("p-0", "pg-0", connection)));
              out.hang();
            }
          }
        });
    await().until(() -> view().isLive());
    assertThat(view().status().primary().epoch()).isEqualTo(4);
  }

  @Test
  @DisplayName("a pod of another resource is not believed, though the authority is the same")
  void wrongName() throws Exception {
    follow(
        TestTls.withPodOf(certificates, "db", "other"),
        (connection, out) -> out.status(Words.json(Words.serving("p-0", "pg-0", 1))));
    await().until(() -> view().link() instanceof PodView.Link.Lost);
    assertThat(((PodView.Link.Lost) view().link()).why())
        .contains("expected a certificate for postgres.db.fop.holdfast");
    assertThat(view().status()).isNull();
  }

  @Test
  @DisplayName("a pod with a certificate of another authority is not believed")
  void wrongAuthority() throws Exception {
    follow(
        TestTls.issue("db", "postgres"),
        (connection, out) -> out.status(Words.json(Words.serving("p-0", "pg-0", 1))));
    await().until(() -> view().link() instanceof PodView.Link.Lost);
    assertThat(view().status()).isNull();
  }

  @Test
  @DisplayName("new certificates open the stream anew and lose nothing that was known")
  void newCertificates() throws Exception {
    follow(
        certificates,
        (connection, out) -> {
          out.status(Words.json(Words.serving("p-0", "pg-0", connection)));
          out.hang();
        });
    await().until(() -> view().isLive());
    var renewed =
        new CertificateSet(
            certificates.authority(),
            certificates.trusted(),
            null,
            certificates.pod(),
            TestTls.withPodOf(certificates, "db", "x").pod());
    watch.follow(RESOURCE, clients.of(RESOURCE, renewed), List.of(pods.getFirst().address("p-0")));
    assertThat(view().status()).isNotNull();
    await().until(() -> view().status().primary().epoch() == 2);
  }

  @Test
  @DisplayName("a pod that is gone is forgotten, and so is a resource")
  void forgets() throws Exception {
    follow(certificates, (connection, out) -> out.hang());
    watch.follow(RESOURCE, client, List.of());
    assertThat(watch.views(RESOURCE)).isEmpty();
    watch.follow(RESOURCE, client, List.of(pods.getFirst().address("p-0")));
    watch.forget(RESOURCE);
    assertThat(watch.views(RESOURCE)).isEmpty();
  }

  private DataPlaneWatch<DataPlaneStatus> watch(Duration silence) {
    var timing = new DataPlaneWatch.Timing(silence, Duration.ofMillis(10), Duration.ofMillis(40));
    return new DataPlaneWatch<>(
        "FailoverProxy",
        DataPlaneStatus.class,
        InstantSource.system(),
        new Random(1),
        timing,
        id -> changes.incrementAndGet());
  }

  private void follow(CertificateSet shown, FakeDataPlane.Stream stream)
      throws IOException, GeneralSecurityException {
    pods.add(FakeDataPlane.start(shown, stream));
    watch.follow(RESOURCE, client, List.of(pods.getFirst().address("p-0")));
  }

  private PodView<DataPlaneStatus> view() {
    return watch.views(RESOURCE).getFirst();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }
}
