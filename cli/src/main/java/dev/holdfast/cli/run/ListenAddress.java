package dev.holdfast.cli.run;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to listen, as typed: {@code ADDRESS:PORT}, {@code [IPV6]:PORT}, or {@code none}.
 *
 * @param socket null for {@code none}; unresolved
 */
public record ListenAddress(@Nullable InetSocketAddress socket) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+)):(\\d{1,5})");

  /**
   * @throws IllegalArgumentException says what was expected
   */
  public static ListenAddress parse(String text) {
    if (text.equals("none")) {
      return new ListenAddress(null);
    }
    var parts = FORM.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(3)) > 65535) {
      throw new IllegalArgumentException(
          "expected ADDRESS:PORT, [IPV6]:PORT or none, found '" + text + "'");
    }
    var host = parts.group(1) != null ? parts.group(1) : parts.group(2);
    return new ListenAddress(
        InetSocketAddress.createUnresolved(host, Integer.parseInt(parts.group(3))));
  }

  /** With the host's address, if it has one; null for {@code none}. */
  public @Nullable InetSocketAddress resolved() {
    return socket == null ? null : new InetSocketAddress(socket.getHostString(), socket.getPort());
  }

  /** For picocli. */
  public static final class Converter implements ITypeConverter<ListenAddress> {

    @Override
    public ListenAddress convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
