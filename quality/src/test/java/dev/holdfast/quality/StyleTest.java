package dev.holdfast.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.puppycrawl.tools.checkstyle.Checker;
import com.puppycrawl.tools.checkstyle.ConfigurationLoader;
import com.puppycrawl.tools.checkstyle.PropertiesExpander;
import com.puppycrawl.tools.checkstyle.api.AuditEvent;
import com.puppycrawl.tools.checkstyle.api.AuditListener;
import com.puppycrawl.tools.checkstyle.api.CheckstyleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StyleTest {

  @Test
  @DisplayName("no file, method or name breaks the house rules of checkstyle.xml")
  void houseRules() throws CheckstyleException {
    var config =
        ConfigurationLoader.loadConfiguration(
            StyleTest.class.getResource("/checkstyle.xml").toString(),
            new PropertiesExpander(new Properties()));
    var findings = new Findings();
    var checker = new Checker();
    checker.setModuleClassLoader(Checker.class.getClassLoader());
    checker.configure(config);
    checker.addListener(findings);
    checker.process(Sources.all().stream().map(Path::toFile).toList());
    checker.destroy();
    assertThat(findings.found).isEmpty();
  }

  @Test
  @DisplayName("half of the main files have at most 100 lines")
  void medianFile() throws IOException {
    var lines = new ArrayList<Long>();
    for (Path file : Sources.main()) {
      try (var content = Files.lines(file)) {
        lines.add(content.count());
      }
    }
    lines.sort(null);
    assertThat(lines.get(lines.size() / 2)).isLessThanOrEqualTo(100);
  }

  private static final class Findings implements AuditListener {
    final List<String> found = new ArrayList<>();

    @Override
    public void addError(AuditEvent event) {
      found.add(event.getFileName() + ":" + event.getLine() + ": " + event.getMessage());
    }

    @Override
    public void addException(AuditEvent event, Throwable cause) {
      found.add(event.getFileName() + ": " + cause);
    }

    @Override
    public void auditStarted(AuditEvent event) {}

    @Override
    public void auditFinished(AuditEvent event) {}

    @Override
    public void fileStarted(AuditEvent event) {}

    @Override
    public void fileFinished(AuditEvent event) {}
  }
}
