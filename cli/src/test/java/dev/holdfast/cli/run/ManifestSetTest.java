package dev.holdfast.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.manifest.Manifest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ManifestSetTest {

  @Test
  @DisplayName("Added, changed and removed resources are told, and nothing else")
  void changes() {
    var before = ManifestSet.of(List.of(file("kept", 1), file("changed", 1), file("removed", 1)));
    var after = ManifestSet.of(List.of(file("kept", 1), file("changed", 2), file("added", 1)));

    assertThat(after.changesSince(before))
        .containsExactly(
            "FailoverProxy default/added: added from pg.yaml",
            "FailoverProxy default/changed: changed in pg.yaml",
            "FailoverProxy default/removed: removed");
    assertThat(after.changesSince(after)).isEmpty();
  }

  @Test
  @DisplayName("A file that comes late does not undo what was pushed since")
  void lateFile() {
    var pushed = ManifestSet.of(List.of(generation("uid", 3)));

    assertThat(pushed.replacedBy(List.of(generation("uid", 2)))).isEqualTo(pushed);
    assertThat(pushed.replacedBy(List.of(generation("uid", 4))).manifests())
        .containsExactly(generation("uid", 4));
  }

  @Test
  @DisplayName("A resource that was made anew counts from the start")
  void anotherUid() {
    var pushed = ManifestSet.of(List.of(generation("uid", 3)));

    assertThat(pushed.newerThan(generation("uid", 2))).contains(generation("uid", 3));
    assertThat(pushed.newerThan(generation("uid", 3))).isEmpty();
    assertThat(pushed.newerThan(generation("other", 1))).isEmpty();
  }

  private static Manifest file(String name, int content) {
    return manifest(name, null, 0, content);
  }

  private static Manifest generation(String uid, int generation) {
    return manifest("pg", uid, generation, generation);
  }

  private static Manifest manifest(String name, String uid, int generation, int content) {
    var tree = JsonNodeFactory.instance.objectNode().put("content", content);
    return new Manifest("FailoverProxy", "default", name, uid, generation, "pg.yaml", tree);
  }
}
