package dev.holdfast.dataplane.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LiveStatusBoardTest {
  private final LiveStatusBoard<DataPlaneStatus> board = new LiveStatusBoard<>();
  private final List<DataPlaneStatus> heard = Collections.synchronizedList(new ArrayList<>());

  @Test
  @DisplayName("Statuses are listed by kind, namespace and name, the newest of each resource")
  void sorted() {
    board.publish(Statuses.of("b", "x", 1, 0));
    board.publish(Statuses.of("a", "y", 1, 0));
    board.publish(Statuses.of("a", "x", 1, 0));
    board.publish(Statuses.of("a", "x", 2, 0));

    assertThat(board.all())
        .containsExactly(
            Statuses.of("a", "x", 2, 0), Statuses.of("a", "y", 1, 0), Statuses.of("b", "x", 1, 0));
  }

  @Test
  @DisplayName("A subscriber hears the present statuses first, then every change")
  void presentFirst() {
    board.publish(Statuses.of("a", "x", 1, 0));
    board.subscribe(heard::add);
    board.publish(Statuses.of("a", "x", 2, 0));

    assertThat(heard).containsExactly(Statuses.of("a", "x", 1, 0), Statuses.of("a", "x", 2, 0));
  }

  @Test
  @DisplayName("A change of counters alone is kept but not told")
  void countersAlone() {
    board.publish(Statuses.of("a", "x", 1, 0));
    board.subscribe(heard::add);
    board.publish(Statuses.of("a", "x", 1, 7));

    assertThat(heard).hasSize(1);
    assertThat(board.all()).containsExactly(Statuses.of("a", "x", 1, 7));
  }

  @Test
  @DisplayName("Counters are told when they shall be, unless they are as they were told last")
  void countersTold() {
    board.publish(Statuses.of("a", "x", 1, 0));
    board.subscribe(heard::add);
    board.publish(Statuses.of("a", "x", 1, 7));
    board.publishCounters(Statuses.of("a", "x", 1, 7));
    board.publishCounters(Statuses.of("a", "x", 1, 7));

    assertThat(heard).containsExactly(Statuses.of("a", "x", 1, 0), Statuses.of("a", "x", 1, 7));
  }

  @Test
  @DisplayName("A removed resource is gone, and is told anew when it comes back unchanged")
  void removed() {
    board.publish(Statuses.of("a", "x", 1, 0));
    board.subscribe(heard::add);
    board.remove("FailoverProxy", "a", "x");
    assertThat(board.all()).isEmpty();

    board.publish(Statuses.of("a", "x", 1, 0));
    assertThat(heard).hasSize(2);
  }

  @Test
  @DisplayName("A closed subscription hears nothing more, and closing twice does nothing")
  void closed() {
    var subscription = board.subscribe(heard::add);
    subscription.close();
    subscription.close();
    board.publish(Statuses.of("a", "x", 1, 0));

    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("A listener that throws is left out; the others and the publisher go on")
  void failingListener() {
    var calls = new ArrayList<DataPlaneStatus>();
    board.subscribe(status -> {
      calls.add(status);
      throw new IllegalStateException("on purpose");
    });
    board.subscribe(heard::add);
    board.publish(Statuses.of("a", "x", 1, 0));
    board.publish(Statuses.of("a", "x", 2, 0));

    assertThat(calls).hasSize(1);
    assertThat(heard).hasSize(2);
  }

  @Test
  @DisplayName("With many publishers each listener hears each resource's statuses in order")
  void ordered() throws Exception {
    board.subscribe(heard::add);
    try (var threads = Executors.newFixedThreadPool(4)) {
      var publishers =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(n ->
                  threads.submit(() -> {
                    for (int epoch = 1; epoch <= 200; epoch++) {
                      board.publish(Statuses.of("a", "x" + n, epoch, 0));
                    }
                  }))
              .toList();
      for (var publisher : publishers) {
        publisher.get();
      }
    }
    for (int n = 0; n < 4; n++) {
      var name = "x" + n;
      assertThat(heard)
          .filteredOn(status -> status.name().equals(name))
          .extracting(status -> status.primary().epoch())
          .hasSize(200)
          .isSorted();
    }
  }
}
