package dev.holdfast.dataplane.hooks;

import java.io.IOException;

/** A text that is given as it is, or kept elsewhere and read when it is needed. */
public sealed interface SecretText {

  record Plain(String text) implements SecretText {}

  /** One key of a Secret. */
  record Kept(String secret, String key) implements SecretText {}

  /** Reads kept texts. May block. */
  @FunctionalInterface
  interface Reader {
    /**
     * @throws IOException says what was expected and what was found, never the text
     */
    String read(Kept kept) throws IOException;
  }

  default String read(Reader reader) throws IOException {
    return switch (this) {
      case Plain(var text) -> text;
      case Kept kept -> reader.read(kept);
    };
  }
}
