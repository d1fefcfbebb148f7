package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTargetTest {
  private static final HttpTarget HERE = new HttpTarget(false, "app.example", 8080, "/a/b?c=d");

  @ParameterizedTest(name = "{0}")
  @DisplayName("A redirect leads where browsers would go")
  @CsvSource({
    "/x,                           false, app.example,      8080, /x",
    "/x?y=z#part,                  false, app.example,      8080, /x?y=z",
    "x/y,                          false, app.example,      8080, /a/x/y",
    "../x,                         false, app.example,      8080, /x",
    "../../../x,                   false, app.example,      8080, /x",
    "?e=f,                         false, app.example,      8080, /a/b?e=f",
    "//other.example/x,            false, other.example,      80, /x",
    "https://app.example/x,        true,  app.example,       443, /x",
    "HTTPS://app.example:8443,     true,  app.example:8443, 8443, /",
    "http://app.example?x=y,       false, app.example,        80, /?x=y",
    "http://me:pw@a_b.example:/x,  false, a_b.example:,       80, /x",
    "'http://[2001:db8::1]:81/x',  false, '[2001:db8::1]:81', 81, /x",
    "'/a b/\u00fc|',                false, app.example,      8080, /a%20b/%FC%7C",
  })
  void followed(String location, boolean tls, String host, int port, String path) {
    assertThat(HERE.to(location)).isEqualTo(new HttpTarget(tls, host, port, path));
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("What leads nowhere over HTTP is refused")
  @CsvSource({
    "ftp://app.example/x,      expected a URL of http or https",
    "mailto:me@example.com,    expected a URL of http or https",
    "http:/x,                  expected a URL with a host",
    "http:///x,                expected a URL",
    "http://app.example:0/x,   expected a port from 1 to 65535",
    "http://app.example:65536, expected a port from 1 to 65535",
    "http://:80/x,             expected a URL with a host",
    "/%zz,                     expected a URL",
  })
  void refused(String location, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HERE.to(location))
        .withMessageStartingWith(message);
  }
}
