package dev.holdfast.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Output for programs. */
public final class Structured {
  private Structured() {}

  public static String json(Object value) throws JsonProcessingException {
    return text(new JsonMapper().writerWithDefaultPrettyPrinter(), value);
  }

  public static String yaml(Object value) throws JsonProcessingException {
    var mapper =
        YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();
    return text(mapper.writer(), value);
  }

  private static String text(ObjectWriter writer, Object value) throws JsonProcessingException {
    return writer.writeValueAsString(value).stripTrailing();
  }
}
