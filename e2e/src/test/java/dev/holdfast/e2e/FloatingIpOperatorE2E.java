package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated(OnCluster.OPERATOR_GOES)
@ExtendWith(OnCluster.class)
class FloatingIpOperatorE2E {
  private static final Kubectl SYSTEM = new Kubectl(Helm.NAMESPACE);
  private static final String SCRAPER = "a-token-of-a-scraper-0123456789";

  @Test
  @DisplayName("whoever has the token reads the figures of a group from the operator, nobody else")
  void metrics(Installation installation, TestNamespace namespace) throws Exception {
    var web = IpGroup.web(namespace);
    IpGroup.secret(namespace, Cloud.TOKEN);
    SYSTEM.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: scraper}
        stringData: {token: %s}
        """
            .formatted(SCRAPER));
    try (var cloud = IpGroup.cloud(namespace, 100)) {
      web.apply("");
      web.awaitSpread();
      installation.helm().upgrade("metrics.tokenSecret.name=scraper");
      try (var operator = OperatorFigures.open(namespace.client())) {
        var labels = "resource=\"%s/web\"".formatted(namespace.name());
        // the group is the next leader's once the one before has let go
        within(180)
            .ignoreExceptions()
            .untilAsserted(() ->
                assertThat(operator.read(SCRAPER).body().lines())
                    .contains(
                        "holdfast_floating_ip_ready{%s} 1.0".formatted(labels),
                        "holdfast_floating_ip_ips{%s,state=\"in_place\"} 4.0".formatted(labels),
                        "holdfast_floating_ip_moves_total{%s,result=\"failed\"} 0.0"
                            .formatted(labels),
                        "holdfast_floating_ip_server_health{health=\"healthy\",%s,server=\"lb-1\"} 1.0"
                            .formatted(labels))
                    .noneMatch(line -> line.contains(Cloud.TOKEN)));
        assertThat(operator.read("x" + SCRAPER).statusCode()).isEqualTo(401);
      } finally {
        installation.helm().rollback();
      }
    } finally {
      SYSTEM.run("delete", "secret", "scraper");
    }
  }

  @Test
  @DisplayName("an operator that is killed in the middle of moves leaves none undone")
  void killed(TestNamespace namespace) {
    var web = IpGroup.web(namespace);
    IpGroup.secret(namespace, Cloud.TOKEN);
    try (var cloud = IpGroup.cloud(namespace, 3000)) {
      web.apply("");
      web.awaitSpread();

      IpGroup.unhealthy(namespace, "lb-1");
      within(120)
          .ignoreExceptions()
          .until(() ->
              web.status().floatingIps().stream().anyMatch(ip -> ip.state().equals("Moving")));
      SYSTEM.run("delete", "pod", "-l", Helm.OPERATOR_PODS, "--force", "--grace-period=0");
      web.awaitAllAt("lb-2");
      SYSTEM.run("rollout", "status", "deployment/" + Helm.OPERATOR, "--timeout=60s");
    }
  }
}
