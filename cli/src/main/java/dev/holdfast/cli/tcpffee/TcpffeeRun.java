package dev.holdfast.cli.tcpffee;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.cli.run.ManifestSource;
import dev.holdfast.cli.run.PidFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A configuration of tcpffee's that is run here. */
public record TcpffeeRun(Path file, TcpffeeEnvironment environment) {
  private static final Logger log = LoggerFactory.getLogger(TcpffeeRun.class);
  private static final Path PID_FILE = Path.of("/run/tcpffee.pid");

  /** As the file is now, and whenever it is read again. */
  public ManifestSource source() {
    return new ManifestSource.Converted(
        file.toString(), () -> TcpffeeConversion.of(file, environment));
  }

  /**
   * As the file is now.
   *
   * @throws CommandFailed when tcpffee would not take it
   */
  public Conversion converted() {
    try {
      return TcpffeeConversion.of(file, environment);
    } catch (BadConfiguration e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Which of the peers this process is, by this machine's network interfaces.
   *
   * @return empty when that does not tell, or there are no peers
   */
  public Optional<String> instance() {
    try {
      return TcpffeeConfigReader.read(file, environment)
          .peers()
          .owner(HardwareAddresses.ofMachine());
    } catch (BadConfiguration e) {
      return Optional.empty(); // whoever runs it says so
    }
  }

  /**
   * Writes this process's number where it is looked for.
   *
   * @return null when nobody named a file, and the usual one cannot be written
   * @throws CommandFailed when the one that was named cannot be written
   */
  public @Nullable PidFile pidFile() {
    var named = environment.pidFile();
    if (named.isPresent()) {
      return write(named.get());
    }
    try {
      return PidFile.write(PID_FILE);
    } catch (IOException e) {
      log.warn("there is no {}, because it cannot be written: {}", PID_FILE, e.toString());
      return null;
    }
  }

  /**
   * Writes this process's number to a file that was named.
   *
   * @throws CommandFailed when it cannot be written
   */
  public static PidFile write(Path named) {
    try {
      return PidFile.write(named);
    } catch (IOException e) {
      throw new CommandFailed("TCPFFEE_PID_PATH: the file cannot be written: " + e, e);
    }
  }
}
