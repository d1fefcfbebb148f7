package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated(OnCluster.OPERATOR_GOES)
@ExtendWith(OnCluster.class)
class ChartE2E {

  @Test
  @DisplayName("helm test sends bytes through a proxy of its own")
  void helmTest(Installation installation) {
    assertThat(installation.helm().test()).contains("Phase:          Succeeded");
  }

  @Test
  @DisplayName("L14 helm upgrade, rollback, uninstall and install keep traffic and CRDs")
  void lifeOfARelease(Installation installation, TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);
    var helm = installation.helm();

    var before = Instant.now();
    helm.upgrade("log.level=debug");
    helm.rollback();
    OperatorAbsenceE2E.assertOperatorWorks(namespace);
    traffic.assertNothingLost(before);

    helm.uninstall();
    try {
      assertThat(namespace.kubectl().run("get", "fop", "postgres")).contains("pg-0");
    } finally {
      helm.install();
    }
    new Box(namespace).kill("pg-0");
    namespace.awaitPrimary("postgres", "pg-1", 60);
    traffic.awaitAnswer("pg-1", before, 60);
  }
}
