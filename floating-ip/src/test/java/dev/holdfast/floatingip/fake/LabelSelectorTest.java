package dev.holdfast.floatingip.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("environment", "dev", "role", "lb", "example.com/tier", "1", "empty", "");

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("every form of selector selects as the API documents it")
  @CsvSource(
      delimiter = ';',
      value = {
        "''; true",
        "environment=dev; true",
        "environment==dev; true",
        "environment=prod; false",
        "environment!=prod; true",
        "environment!=dev; false",
        "missing!=dev; true",
        "environment; true",
        "!environment; false",
        "!missing; true",
        "missing; false",
        "empty=; true",
        "environment in (dev,prod); true",
        "environment in (prod); false",
        "environment notin (prod, test); true",
        "missing notin (prod); true",
        "missing in (prod); false",
        "environment=dev,role=lb; true",
        "environment=dev,role=db; false",
        "environment in (dev,prod),!missing,example.com/tier=1; true",
      })
  void selects(String selector, boolean expected) {
    assertThat(LabelSelector.parse(selector).test(LABELS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("what is no selector is refused")
  @ValueSource(strings = {"=dev", "a=b=c", "a in b", "a in (b", "-a=b", "a=b,", "a > 1", "a=-b"})
  void refuses(String selector) {
    assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(selector));
  }
}
