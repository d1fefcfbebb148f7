package dev.holdfast.operator.failoverproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.Proxies;
import dev.holdfast.operator.dataplane.SwitchOutcome;
import dev.holdfast.operator.dataplane.SwitchRequest;
import dev.holdfast.operator.events.Notice;
import dev.holdfast.operator.resource.Annotations;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ManualSwitchTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  @DisplayName("without the annotation nobody wants a switch")
  void none() {
    assertThat(SwitchAnnotations.of(Proxies.minimal())).isEmpty();
    assertThat(SwitchAnnotations.of(annotated(Map.of("holdfast.dev/switch-force", "true"))))
        .isEmpty();
  }

  @Test
  @DisplayName("the annotations say where to, and whether at any price")
  void wish() {
    assertThat(SwitchAnnotations.of(annotated(Map.of("holdfast.dev/switch-to", "pg-1"))))
        .contains(new SwitchRequest("pg-1", false));
    assertThat(
            SwitchAnnotations.of(
                annotated(
                    Map.of("holdfast.dev/switch-to", "pg-1", "holdfast.dev/switch-force", "true"))))
        .contains(new SwitchRequest("pg-1", true));
  }

  @Test
  @DisplayName("only the wish that was carried out is taken off, not a later one")
  void removal() {
    assertThat(
            Annotations.removal(
                    annotated(Map.of("holdfast.dev/switch-to", "pg-1", "other", "stays")),
                    SwitchAnnotations.ALL)
                .toString())
        .isEqualTo(
            """
            [{"op":"test","path":"/metadata/annotations/holdfast.dev~1switch-to","value":"pg-1"},\
            {"op":"remove","path":"/metadata/annotations/holdfast.dev~1switch-to"}]\
            """);
  }

  @Test
  @DisplayName("the Event says what was asked for and what came of it")
  void notice() {
    var refused =
        new SwitchOutcome(new SwitchRequest("pg-9", true), NOW, false, "expected one of [pg-0]");
    assertThat(ManualSwitch.notice(refused))
        .isEqualTo(
            new Notice(
                Notice.Type.Warning,
                "SwitchRefused",
                "KeptPrimary",
                "holdfast.dev/switch-to=pg-9, forced: expected one of [pg-0]",
                "2026-03-01T12:00:00Z"));
    var accepted =
        new SwitchOutcome(new SwitchRequest("pg-1", false), NOW, true, "pg-1 is the primary");
    assertThat(ManualSwitch.notice(accepted))
        .extracting(Notice::type, Notice::reason)
        .containsExactly(Notice.Type.Normal, "SwitchAccepted");
  }

  private static FailoverProxy annotated(Map<String, String> annotations) {
    var proxy = Proxies.minimal();
    proxy.getMetadata().setAnnotations(annotations);
    return proxy;
  }
}
