package dev.holdfast.dataplane.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  private final PrometheusText text = new PrometheusText();

  @Test
  @DisplayName("Families come by name with one HELP and TYPE each, samples by labels")
  void sorted() {
    text.gauge("b_bytes", "B.", Map.of("z", "2", "a", "1"), 1.5);
    text.counter("a_total", "A.", Map.of("k", "y"), 2);
    text.gauge("b_bytes", "B.", Map.of("z", "1", "a", "1"), 3);
    text.counter("a_total", "A.", Map.of("k", "x"), 1);

    assertThat(text)
        .hasToString(
            """
            # HELP a_total A.
            # TYPE a_total counter
            a_total{k="x"} 1
            a_total{k="y"} 2
            # HELP b_bytes B.
            # TYPE b_bytes gauge
            b_bytes{a="1",z="1"} 3
            b_bytes{a="1",z="2"} 1.5
            """);
  }

  @Test
  @DisplayName("Backslashes, quotes and line ends are escaped as the format wants")
  void escaped() {
    text.gauge("a", "one\\two\nthree\"", Map.of("k", "x\\y\"z\n"), 0);

    assertThat(text)
        .hasToString(
            """
            # HELP a one\\\\two\\nthree"
            # TYPE a gauge
            a{k="x\\\\y\\"z\\n"} 0
            """);
  }

  @Test
  @DisplayName("What was written is read back by a strict parser")
  void readBack() {
    text.gauge("a", "with \\ and\nmore", Map.of("k", "v,}\"\\\n", "l", ""), -2.25);
    text.gauge("b", "", Map.of(), Double.NaN);
    text.gauge("c", "", Map.of(), Double.POSITIVE_INFINITY);
    text.counter("d_total", "", Map.of(), 1e300);

    var samples = PrometheusReader.read(text.toString());
    assertThat(samples)
        .containsEntry(new PrometheusReader.Series("a", Map.of("k", "v,}\"\\\n", "l", "")), -2.25)
        .containsEntry(new PrometheusReader.Series("b", Map.of()), Double.NaN)
        .containsEntry(new PrometheusReader.Series("c", Map.of()), Double.POSITIVE_INFINITY)
        .containsEntry(new PrometheusReader.Series("d_total", Map.of()), 1e300);
  }

  @Test
  @DisplayName("Whole numbers have no fraction, as far as a double holds them")
  void wholeNumbers() {
    text.counter("a_total", "", Map.of(), 9007199254740992d);

    assertThat(text.toString()).endsWith("a_total 9007199254740992\n");
  }

  @Test
  @DisplayName("A sample given twice, a family of two types and a wrong name are errors")
  void wrong() {
    text.counter("a_total", "", Map.of("k", "v"), 1);

    assertThatThrownBy(() -> text.counter("a_total", "", Map.of("k", "v"), 2))
        .hasMessageContaining("a_total{k=\"v\"} is given twice");
    assertThatThrownBy(() -> text.gauge("a_total", "", Map.of(), 2))
        .hasMessageContaining("counter and as gauge");
    assertThatThrownBy(() -> text.gauge("a-b", "", Map.of(), 2)).hasMessageContaining("a-b");
    assertThatThrownBy(() -> text.gauge("b", "", Map.of("__k", ""), 2)).hasMessageContaining("__k");
  }

  @Test
  @DisplayName("The process shows its version, memory and descriptors")
  void process() {
    new ProcessMetrics("1.2.3").collect(text);

    var samples = PrometheusReader.read(text.toString());
    assertThat(samples)
        .hasEntrySatisfying(
            new PrometheusReader.Series("process_open_fds", Map.of()),
            count -> assertThat(count).isPositive())
        .hasEntrySatisfying(
            new PrometheusReader.Series("jvm_memory_used_bytes", Map.of("area", "heap")),
            bytes -> assertThat(bytes).isPositive())
        .containsEntry(
            new PrometheusReader.Series(
                "holdfast_build_info",
                Map.of("version", "1.2.3", "java", Runtime.version().toString())),
            1.0);
  }
}
