package dev.holdfast.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainScalarTest {

  @ParameterizedTest(name = "{0} is {1}")
  @DisplayName("An unquoted value means what it means to kubectl 1.34")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yes | true",
        "on | true",
        "y | true",
        "TRUE | true",
        "off | false",
        "n | false",
        "yEs | \"yEs\"",
        "~ | null",
        "null | null",
        "NULL | null",
        "010 | 8",
        "0o10 | 8",
        "0777 | 511",
        "-010 | -8",
        "09 | 9",
        "0o8 | \"0o8\"",
        "0_1 | 1",
        "0x1F | 31",
        "0X1F | 31",
        "-0x1F | -31",
        "0x_1 | 1",
        "0b11 | 3",
        "0B1 | 1",
        "-0b1 | -1",
        "1_000 | 1000",
        "1__0 | 10",
        "_1 | \"_1\"",
        "1,000 | \"1,000\"",
        "+5 | 5",
        "-0 | 0",
        "1.5 | 1.5",
        "1.0 | 1",
        "5. | 5",
        ".5 | 0.5",
        "-.5 | -0.5",
        "+.5 | 0.5",
        "0.0 | 0",
        "1e3 | 1000",
        "1E3 | 1000",
        "1e+3 | 1000",
        ".e3 | \".e3\"",
        "1e400 | \"1e400\"",
        "1:30 | \"1:30\"",
        "2020-01-01 | \"2020-01-01\"",
        "= | \"=\"",
        "- | \"-\"",
        "5s | \"5s\"",
        "9223372036854775807 | 9223372036854775807",
        "9223372036854775808 | 9.223372036854775807E18",
      })
  void resolves(String text, String json) throws JsonProcessingException {
    assertThat(PlainScalar.resolve(text)).hasToString(new ObjectMapper().readTree(json).toString());
  }
}
