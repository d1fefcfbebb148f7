package dev.holdfast.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProcessSignalsTest {

  @Test
  @DisplayName("Every signal that comes calls the action")
  void called() throws Exception {
    var came = new Semaphore(0);
    ProcessSignals.on("USR1", came::release);
    for (int n = 0; n < 2; n++) {
      kill();
      assertThat(came.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  @DisplayName("A signal that does not exist is an error that names it")
  void unknown() {
    assertThatThrownBy(() -> ProcessSignals.on("NONE", () -> {}))
        .hasMessage("cannot listen to SIGNONE");
  }

  private static void kill() throws Exception {
    var pid = Long.toString(ProcessHandle.current().pid());
    assertThat(new ProcessBuilder("kill", "-USR1", pid).start().waitFor()).isZero();
  }
}
