package dev.holdfast.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Runs here and not as a Maven plugin, because the formatter must run on the JDK whose syntax it
 * reads.
 */
class FormatTest {

  @Test
  @DisplayName("every Java file is as google-java-format writes it")
  void formatted() throws Exception {
    var apply = System.getProperty("format.apply") != null;
    var files = Sources.all().stream().map(Object::toString);
    var options = apply ? Stream.of("--replace") : Stream.of("--dry-run");
    var out = new StringWriter();
    var err = new StringWriter();

    var formatter = new Main(new PrintWriter(out, true), new PrintWriter(err, true), System.in);
    var exit = formatter.format(Stream.concat(options, files).toArray(String[]::new));

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(out.toString().strip())
        .as(
            "files to format: mvn test -pl quality -am -Dtest=FormatTest -Dformat.apply "
                + "-Dsurefire.failIfNoSpecifiedTests=false")
        .isEmpty();
  }
}
