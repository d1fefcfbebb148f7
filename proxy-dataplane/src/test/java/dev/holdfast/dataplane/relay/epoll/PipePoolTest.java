package dev.holdfast.dataplane.relay.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PipePoolTest {
  private final SpliceLoader loader = new SpliceLoader();

  @BeforeEach
  void onLinux() {
    assumeTrue(Epoll.isAvailable());
  }

  @Test
  @DisplayName("pipes are few; who gets none is told so, and a returned one is given again")
  void bounded() throws Exception {
    loader.load();
    var before = descriptors();
    try (var pool = new PipePool(loader)) {
      var taken = new ArrayList<Pipe>();
      for (var pipe = pool.take(); pipe != null; pipe = pool.take()) {
        taken.add(pipe);
        assertThat(taken).hasSizeLessThan(1_000);
      }
      var last = taken.removeLast();
      pool.takeBack(last);
      assertThat(pool.take()).isSameAs(last);
      pool.takeBack(last);
      taken.forEach(pool::takeBack);
      assertThat(descriptors() - before).isLessThan(taken.size());
    }
    assertThat(descriptors()).isEqualTo(before);
  }

  @Test
  @DisplayName("until splice(2) is bound there is no pipe, and nobody waits for it")
  void notLoadedYet() {
    try (var pool = new PipePool(loader)) {
      assertThat(pool.take()).isNull();
      await().until(loader::isLoaded);
      pool.takeBack(Objects.requireNonNull(pool.take()));
    }
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
