package dev.holdfast.health.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShortageTest {

  static Stream<Throwable> shortages() {
    return Stream.of(
        new FileSystemException("/etc/ca.pem", null, "Too many open files"),
        new IOException("Cannot run program \"setsid\": error=24, Too many open files"),
        new IOException(
            "Cannot run program \"setsid\": error=11, Resource temporarily unavailable"),
        new IOException("posix_spawn failed, error: 12 (Cannot allocate memory)"),
        new IllegalStateException(new IOException("Too many open files in system")),
        new OutOfMemoryError("unable to create native thread"));
  }

  @ParameterizedTest
  @MethodSource("shortages")
  @DisplayName("What this machine has run out of is told from its words, however deep they stand")
  void shortage(Throwable failure) {
    assertThat(Shortage.causes(failure)).isTrue();
  }

  @Test
  @DisplayName("What is not there, or not allowed, is no shortage")
  void other() {
    assertThat(Shortage.causes(new NoSuchFileException("/etc/ca.pem"))).isFalse();
    assertThat(Shortage.causes(new IOException((String) null))).isFalse();
    assertThat(Shortage.causes(null)).isFalse();
  }
}
