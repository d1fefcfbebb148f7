package dev.holdfast.cli.status;

import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says why a configuration was not taken. */
final class RefusedText {
  private RefusedText() {}

  /** None when all was taken. */
  static List<String> lines(@Nullable RefusedConfig refused) {
    var lines = new ArrayList<String>();
    if (refused != null) {
      lines.add("  refused      the newest configuration; the one before it is running:");
      refused.problems().forEach(problem -> lines.add("               " + problem));
    }
    return lines;
  }
}
