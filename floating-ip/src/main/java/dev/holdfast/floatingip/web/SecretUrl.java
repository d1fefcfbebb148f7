package dev.holdfast.floatingip.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** An address that lets whoever knows it in. It is shown nowhere: not as text, not in an error. */
public record SecretUrl(URI uri) {

  /**
   * @param text the line end that editors leave is taken off
   * @throws IllegalArgumentException says what is wrong with it, and not what it is
   */
  public static SecretUrl of(String text) {
    var url = text.strip();
    if (url.isEmpty()) {
      throw new IllegalArgumentException("expected a URL, found nothing");
    }
    try {
      return new SecretUrl(new URI(url));
    } catch (URISyntaxException e) {
      // the cause holds the text
      throw new IllegalArgumentException("expected a URL, found a text that is none");
    }
  }

  /**
   * @throws IllegalArgumentException when it is not an absolute http or https URL with a host
   */
  public SecretUrl {
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "expected a URL that begins with http:// or https://, found another one");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("expected a URL with a host, found one without");
    }
    if (uri.getPort() > 65_535 || uri.getPort() == 0) {
      throw new IllegalArgumentException("expected a URL with a port up to 65535, found another");
    }
  }

  @Override
  public String toString() {
    return "SecretUrl[hidden]";
  }
}
