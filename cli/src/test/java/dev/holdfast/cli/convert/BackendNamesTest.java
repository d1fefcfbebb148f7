package dev.holdfast.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendNamesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "pg-0.db:1 pg-1.db:1, pg-0 pg-1",
    "web.a:1 web.b:1, web-a web-b",
    "10.0.0.5:1 10.0.0.6:1, 10-0-0-5 10-0-0-6",
    "127.0.0.1:1 127.0.0.1:2, 127-0-0-1-1 127-0-0-1-2",
    "[fd00::5]:1 Db_1:1, fd00-5 db-1",
    "a:1 a:1, backend-0 backend-1",
    "_:1 b:1, 1 b-1",
  })
  @DisplayName("Backends are named after their hosts, as shortly as they differ")
  void names(String endpoints, String names) {
    assertThat(BackendNames.of(Stream.of(endpoints.split(" ")).map(Endpoint::ofServer).toList()))
        .isEqualTo(List.of(names.split(" ")));
  }
}
