package dev.holdfast.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.Balancers;
import dev.holdfast.operator.Proxies;
import dev.holdfast.operator.workload.ProxyWorkload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdoptionTest {

  @Test
  @DisplayName("a name that is free is taken")
  void absent() {
    assertThat(Adoption.of(null, Proxies.minimal())).isEqualTo(Adoption.Absent);
  }

  @Test
  @DisplayName("what the resource controls is its own")
  void ours() {
    assertThat(
            Adoption.of(
                Configuration.desired(new ProxyWorkload(Proxies.minimal())), Proxies.minimal()))
        .isEqualTo(Adoption.Ours);
  }

  @Test
  @DisplayName("what an earlier resource of the same name controls is left to the collector")
  void predecessor() {
    var existing = Configuration.desired(new ProxyWorkload(Proxies.minimal()));
    existing.getMetadata().getOwnerReferences().getFirst().setUid("earlier");
    assertThat(Adoption.of(existing, Proxies.minimal())).isEqualTo(Adoption.OfPredecessor);
  }

  @Test
  @DisplayName("what was left over with our labels and without an owner is adopted")
  void orphan() {
    var existing = Configuration.desired(new ProxyWorkload(Proxies.minimal()));
    existing.getMetadata().setOwnerReferences(List.of());
    assertThat(Adoption.of(existing, Proxies.minimal())).isEqualTo(Adoption.Orphan);
  }

  @Test
  @DisplayName("what was left over of another kind of that name is not adopted")
  void orphanOfAnotherKind() {
    var existing = ClientService.desired(new ProxyWorkload(Proxies.minimal()));
    existing.getMetadata().setOwnerReferences(List.of());
    var namesake = Balancers.minimal();
    namesake.getMetadata().setName("postgres");
    assertThat(Adoption.of(existing, namesake)).isEqualTo(Adoption.Foreign);
  }

  @Test
  @DisplayName("what a user made is never touched")
  void users() {
    assertThat(Adoption.of(plain(), Proxies.minimal())).isEqualTo(Adoption.Foreign);
  }

  @Test
  @DisplayName("what another kind of that name controls is never touched")
  void othersWithThatName() {
    var existing = plain();
    existing
        .getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion("apps/v1")
                    .withKind("Deployment")
                    .withName("postgres")
                    .withUid("another")
                    .withController(true)
                    .build()));
    assertThat(Adoption.of(existing, Proxies.minimal())).isEqualTo(Adoption.Foreign);
  }

  private static ConfigMap plain() {
    return new ConfigMapBuilder().withNewMetadata().withName("postgres-fop").endMetadata().build();
  }
}
