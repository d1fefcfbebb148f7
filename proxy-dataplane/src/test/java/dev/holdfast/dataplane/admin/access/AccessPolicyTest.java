package dev.holdfast.dataplane.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.admin.access.AccessPolicy.Verdict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyTest {
  private static final Tokens TOKENS =
      Tokens.parse("read reader-0123456789ab\nadmin admin-0123456789abc\n");
  private static final List<String> OWN = List.of("db.shop.fop.holdfast");

  @ParameterizedTest(name = "loopback {0}, token {1}, certificate {2}: {3}, {4}")
  @DisplayName(
      "What a caller may read and write follows from where the server is bound and who asks")
  @CsvSource({
    "true,  -,                      -,                              Granted,      Unauthorized",
    "true,  reader-0123456789ab,    -,                              Granted,      Forbidden",
    "true,  admin-0123456789abc,    -,                              Granted,      Granted",
    "true,  wrong-0123456789abc,    -,                              Unauthorized, Unauthorized",
    "true,  -,                      operator.db.shop.fop.holdfast,  Granted,      Granted",
    "false, -,                      -,                              Unauthorized, Unauthorized",
    "false, reader-0123456789ab,    -,                              Granted,      Forbidden",
    "false, admin-0123456789abc,    -,                              Granted,      Granted",
    "false, wrong-0123456789abc,    -,                              Unauthorized, Unauthorized",
    "false, -,                      operator.db.shop.fop.holdfast,  Granted,      Granted",
    "false, -,                      OPERATOR.DB.shop.fop.holdfast,  Granted,      Granted",
    "false, -,                      operator.web.shop.fop.holdfast, Granted,      Forbidden",
    "false, -,                      db.shop.fop.holdfast,           Granted,      Forbidden",
    "false, reader-0123456789ab,    operator.db.shop.fop.holdfast,  Granted,      Granted",
    "false, admin-0123456789abc,    db.shop.fop.holdfast,           Granted,      Granted",
    "false, wrong-0123456789abc,    operator.db.shop.fop.holdfast,  Unauthorized, Unauthorized",
  })
  void matrix(boolean loopback, String token, String certificate, String read, String write) {
    var credentials =
        new Credentials(
            token.equals("-") ? null : token,
            certificate.equals("-") ? null : List.of(certificate));

    assertThat(verdict(loopback, credentials, Scope.READ)).isEqualTo(read);
    assertThat(verdict(loopback, credentials, Scope.ADMIN)).isEqualTo(write);
  }

  private static String verdict(boolean loopback, Credentials credentials, Scope needed) {
    return AccessPolicy.decide(loopback, TOKENS, OWN, credentials, needed)
        .getClass()
        .getSimpleName();
  }

  @Test
  @DisplayName("A caller's name for the log is the token's line, never the token")
  void namesNoSecret() {
    var credentials = new Credentials("admin-0123456789abc", null);
    var verdict = AccessPolicy.decide(false, TOKENS, OWN, credentials, Scope.ADMIN);

    assertThat(verdict).isEqualTo(new Verdict.Granted(new Caller("token of line 2", Scope.ADMIN)));
    assertThat(credentials.toString()).doesNotContain("0123456789");
  }
}
