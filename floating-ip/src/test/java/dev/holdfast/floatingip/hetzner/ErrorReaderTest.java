package dev.holdfast.floatingip.hetzner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorReaderTest {
  private static final Instant RESET = Instant.parse("2026-01-01T01:00:00Z");

  @ParameterizedTest(name = "{0} {1} is {2}")
  @DisplayName("an error is told by its code, and by its status when there is no code")
  @CsvSource({
    "400, json_error, Refused, false, false",
    "401, unauthorized, Unauthorized, false, true",
    "401, '', Unauthorized, false, true",
    "403, forbidden, Forbidden, false, true",
    "403, token_readonly, ReadOnlyToken, false, true",
    "403, resource_limit_exceeded, Refused, false, false",
    "403, '', Forbidden, false, true",
    "404, not_found, NotFound, false, false",
    "404, '', NotFound, false, false",
    "409, conflict, Conflict, false, false",
    "409, uniqueness_error, Refused, false, false",
    "410, deprecated_api_endpoint, Refused, false, false",
    "422, invalid_input, Refused, false, false",
    "422, service_error, Refused, false, false",
    "422, floating_ip_assigned, AlreadyAssigned, false, false",
    "422, must_be_unassigned, Refused, false, false",
    "423, locked, Locked, false, false",
    "423, protected, Refused, false, false",
    "423, '', Locked, false, false",
    "429, rate_limit_exceeded, RateLimited, false, false",
    "429, '', RateLimited, false, false",
    "500, server_error, ServerError, true, false",
    "500, unknown_error, ServerError, true, false",
    "502, bad_gateway, ServerError, true, false",
    "502, '', ServerError, true, false",
    "503, unavailable, ServerError, true, false",
    "503, maintenance, ServerError, true, false",
    "504, timeout, ServerError, true, false",
    "504, '', ServerError, true, false",
    "302, '', Malformed, true, false",
  })
  void table(int status, String code, String reason, boolean mayHaveHappened, boolean concernsToken)
      throws Exception {
    var failure = read(status, code);

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.mayHaveHappened()).isEqualTo(mayHaveHappened);
    assertThat(failure.concernsToken()).isEqualTo(concernsToken);
    assertThat(failure.message()).contains(String.valueOf(status)).contains("correlation id c-1");
  }

  @Test
  @DisplayName("a rate limit names the moment when the budget is whole again")
  void reset() throws Exception {
    assertThat(read(429, "rate_limit_exceeded"))
        .isInstanceOfSatisfying(
            ApiFailure.RateLimited.class,
            limited -> assertThat(limited.resetAt()).isEqualTo(RESET));
  }

  @Test
  @DisplayName("what a server says becomes one line of bounded length")
  void clean() throws Exception {
    var body =
        new ObjectMapper()
            .createObjectNode()
            .set(
                "error",
                new ObjectMapper()
                    .createObjectNode()
                    .put("code", "locked")
                    .put("message", "line one\r\nline two\u001b[31m" + "x".repeat(10_000)));

    var message = ErrorReader.read(423, body, "", null).message();

    assertThat(message).hasSizeLessThan(400).doesNotContain("\n").doesNotContain("\u001b");
  }

  private static ApiFailure read(int status, String code) throws Exception {
    var body =
        code.isEmpty()
            ? null
            : new ObjectMapper()
                .readTree("{\"error\":{\"code\":\"%s\",\"message\":\"m\"}}".formatted(code));
    return ErrorReader.read(status, body, "c-1", RESET);
  }
}
