package dev.holdfast.faults.lab;

import dev.holdfast.faults.record.Observation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes each observation to stdout at once and whole, so that it outlives a kill. */
final class Notes {
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private Notes() {}

  static void write(Observation observation) {
    try {
      OUT.write((observation.text() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
