package dev.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.cli.console.CommandFailed;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SwitchoverTest {
  private static final DataPlaneStatus WEB = status("shop", "web");
  private static final DataPlaneStatus DB = status("shop", "db");
  private static final DataPlaneStatus OTHER_DB = status("blog", "db");

  @Test
  @DisplayName("The only resource need not be named")
  void only() {
    assertThat(Switchover.choose(List.of(DB), null)).isEqualTo(DB);
  }

  @Test
  @DisplayName("A name is enough where only one namespace has it")
  void named() {
    assertThat(Switchover.choose(List.of(DB, WEB), "web")).isEqualTo(WEB);
    assertThat(Switchover.choose(List.of(OTHER_DB, DB), "shop/db")).isEqualTo(DB);
  }

  @Test
  @DisplayName("Where it is not clear which one is meant, the choice is shown")
  void unclear() {
    assertThatThrownBy(() -> Switchover.choose(List.of(OTHER_DB, DB), "db"))
        .isInstanceOf(CommandFailed.class)
        .hasMessage("which FailoverProxy? Give one of [blog/db, shop/db] with --resource");
    assertThatThrownBy(() -> Switchover.choose(List.of(DB, WEB), "shop/x"))
        .hasMessage("expected one of [shop/db, shop/web], found no FailoverProxy shop/x");
    assertThatThrownBy(() -> Switchover.choose(List.of(), null))
        .hasMessageContaining("no FailoverProxy at all");
  }

  private static DataPlaneStatus status(String namespace, String name) {
    return new DataPlaneStatus(
        "FailoverProxy",
        namespace,
        name,
        "here",
        0,
        new Listener("::", 1, Listener.State.Closed, null),
        null,
        List.of(),
        null,
        new ConnectionCounts(0, 0, 0, 0, 0),
        null);
  }
}
