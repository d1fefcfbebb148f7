package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class ForeignObjectsE2E {
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: postgres}
      spec:
        selector: {app: somebody-elses}
        ports: [{port: 80}]
      """;

  @Test
  @DisplayName("somebody else's Service of the same name is left alone, and the proxy says so")
  void service(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0");
    namespace.kubectl().apply(SERVICE);
    var service = namespace.client().services().inNamespace(namespace.name()).withName("postgres");
    var before = service.get().getMetadata();

    namespace.kubectl().apply(ProxyManifest.of("postgres", "pg-0").toString());
    within(60)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(namespace.status("postgres").conditions())
                .filteredOn(condition -> condition.getType().equals("Ready"))
                .singleElement()
                .satisfies(ready -> {
                  assertThat(ready.getStatus()).isEqualTo("False");
                  assertThat(ready.getMessage()).contains("Service", "postgres");
                }));
    within(60)
        .untilAsserted(() ->
            assertThat(namespace.events("postgres", e -> e.getReason().equals("AdoptionRefused")))
                .singleElement()
                .satisfies(e -> assertThat(e.getMessage()).contains("Service", "postgres")));
    assertThat(service.get().getMetadata()).isEqualTo(before);

    service.delete();
    namespace.awaitReady("postgres");
    namespace.kubectl().run("delete", "fop", "postgres", "--timeout=30s");
  }
}
