package dev.holdfast.health.reference;

import java.nio.charset.StandardCharsets;

/** Where the values of references are found. They are read at each use, so that they may change. */
@FunctionalInterface
public interface References {

  /**
   * May block on a file system; not for event loops.
   *
   * @throws MissingReference with what was expected and what was found
   */
  byte[] read(Reference reference) throws MissingReference;

  /**
   * A value of one line, such as a header's; the line end that editors leave is taken off.
   *
   * @throws MissingReference also when there are several lines or control characters
   */
  default String line(Reference reference) throws MissingReference {
    var text = new String(read(reference), StandardCharsets.UTF_8).stripTrailing();
    if (text.chars().anyMatch(character -> character < ' ' && character != '\t')) {
      throw new MissingReference(
          reference, "expected one line of text, found line ends or control characters in it");
    }
    return text;
  }

  /** For a process that was given none. */
  static References none() {
    return reference -> {
      throw new MissingReference(
          reference, "this process was not told where to find it: start it with --refs DIR");
    };
  }
}
