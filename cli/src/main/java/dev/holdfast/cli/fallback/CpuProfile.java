package dev.holdfast.cli.fallback;

import dev.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** A recording of where the processor's time goes, by the JDK's Flight Recorder. */
final class CpuProfile implements AutoCloseable {
  private final Recording recording;
  private final Path file;

  private CpuProfile(Recording recording, Path file) {
    this.recording = recording;
    this.file = file;
  }

  /**
   * @param file is made at once, so that a wrong path shows at the start and not at the end
   */
  static CpuProfile start(Path file) {
    try {
      Files.newOutputStream(file).close();
      var recording = new Recording(Configuration.getConfiguration("profile"));
      recording.start();
      return new CpuProfile(recording, file);
    } catch (IOException | ParseException e) {
      throw new CommandFailed("the profile %s cannot be recorded: %s".formatted(file, e), e);
    }
  }

  void save() throws IOException {
    recording.dump(file);
  }

  @Override
  public void close() {
    recording.close();
  }
}
