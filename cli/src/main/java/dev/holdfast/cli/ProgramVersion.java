package dev.holdfast.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
public final class ProgramVersion implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    try (var version = ProgramVersion.class.getResourceAsStream("version.txt")) {
      if (version == null) {
        throw new IOException("version.txt is not in the jar; build it with Maven");
      }
      return new String[] {
        "holdfast " + new String(version.readAllBytes(), StandardCharsets.UTF_8).strip(),
        "Java " + Runtime.version()
      };
    }
  }
}
