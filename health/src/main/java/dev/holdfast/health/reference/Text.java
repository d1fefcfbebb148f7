package dev.holdfast.health.reference;

import java.nio.charset.StandardCharsets;

/** A text that is written down, or that is kept elsewhere because it is secret. */
public sealed interface Text {

  record Literal(String text) implements Text {}

  record Kept(Reference at) implements Text {}

  /** As one line, for a header. */
  default String line(References references) throws MissingReference {
    return switch (this) {
      case Literal(var text) -> text;
      case Kept(var at) -> references.line(at);
    };
  }

  default byte[] bytes(References references) throws MissingReference {
    return switch (this) {
      case Literal(var text) -> text.getBytes(StandardCharsets.UTF_8);
      case Kept(var at) -> references.read(at);
    };
  }
}
