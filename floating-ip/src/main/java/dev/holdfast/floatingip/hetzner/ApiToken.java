package dev.holdfast.floatingip.hetzner;

/**
 * The secret that stands for a project. It is shown nowhere: not as text, not in an exception.
 *
 * @param value visible ASCII
 */
public record ApiToken(String value) {

  public ApiToken {
    value = value.strip();
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "expected an API token, found "
              + (value.isEmpty() ? "nothing" : "characters that no token has"));
    }
  }

  @Override
  public String toString() {
    return "ApiToken[hidden]";
  }
}
