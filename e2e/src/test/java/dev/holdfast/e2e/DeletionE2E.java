package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class DeletionE2E {

  @Test
  @DisplayName("a deleted proxy takes all its objects with it and nothing else")
  void leavesNothing(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0");
    var before = objects(namespace);
    namespace.applyAndAwaitReady(ProxyManifest.of("postgres", "pg-0").toString(), "postgres");
    assertThat(objects(namespace))
        .contains(
            "service/postgres",
            "service/postgres-fop-pods",
            "statefulset.apps/postgres-fop",
            "configmap/postgres-fop",
            "secret/postgres-fop",
            "serviceaccount/postgres-fop",
            "poddisruptionbudget.policy/postgres-fop",
            "networkpolicy.networking.k8s.io/postgres-fop",
            "pod/postgres-fop-0");

    namespace.kubectl().run("delete", "fop", "postgres", "--timeout=30s");
    within(60).untilAsserted(() -> assertThat(objects(namespace)).isEqualTo(before));
  }

  private static String objects(TestNamespace namespace) {
    return namespace
        .kubectl()
        .run(
            "get",
            "failoverproxies,pods,services,statefulsets,controllerrevisions,configmaps,secrets,"
                + "serviceaccounts,poddisruptionbudgets,networkpolicies,endpointslices,leases,"
                + "persistentvolumeclaims,roles,rolebindings",
            "-o",
            "name");
  }
}
