package dev.holdfast.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.status.Obstacle;
import dev.holdfast.operator.workload.Reference;
import dev.holdfast.operator.workload.Reference.Kind;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MissingReferencesTest {

  private static final Reference SCRIPTS =
      new Reference(Kind.ConfigMap, "pg-scripts", null, "spec.scripts.configMapName");
  private static final Reference URL =
      new Reference(Kind.Secret, "hooks", "url", "spec.hooks[0].http.urlSecretRef");

  @Test
  @DisplayName("what is there is no obstacle")
  void present() {
    assertThat(MissingReferences.obstacle(SCRIPTS, Set.of())).isEmpty();
    assertThat(MissingReferences.obstacle(URL, Set.of("url", "other"))).isEmpty();
  }

  @Test
  @DisplayName("an object that is not there is named, and so is the field that names it")
  void objectMissing() {
    assertThat(MissingReferences.obstacle(SCRIPTS, null))
        .contains(
            new Obstacle(
                Obstacle.Kind.ScriptsMissing,
                "spec.scripts.configMapName names ConfigMap pg-scripts, which does not exist:"
                    + " create it"));
    assertThat(MissingReferences.obstacle(URL, null))
        .map(Obstacle::kind)
        .contains(Obstacle.Kind.ReferenceMissing);
  }

  @Test
  @DisplayName("a key that is not there is named")
  void keyMissing() {
    assertThat(MissingReferences.obstacle(URL, Set.of("other")))
        .contains(
            new Obstacle(
                Obstacle.Kind.ReferenceMissing,
                "spec.hooks[0].http.urlSecretRef names key url of Secret hooks, which has no such"
                    + " key: add it"));
  }
}
