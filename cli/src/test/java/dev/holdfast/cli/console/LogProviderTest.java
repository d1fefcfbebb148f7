package dev.holdfast.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogProviderTest {

  @Test
  @DisplayName("Before a command says what is logged, warnings are, and nothing less")
  void warnings() {
    var provider = new LogProvider();
    provider.initialize();
    var log = provider.getLoggerFactory().getLogger("dev.holdfast.any");
    assertThat(log.isWarnEnabled()).isTrue();
    assertThat(log.isInfoEnabled()).isFalse();
    assertThat(provider.getMDCAdapter()).isNotNull();
    assertThat(provider.getMarkerFactory().getMarker("any")).isNotNull();
  }
}
