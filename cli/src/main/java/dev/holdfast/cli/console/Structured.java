package dev.holdfast.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.regex.Pattern;

/** Output for programs. */
public final class Structured {
  private Structured() {}

  public static String json(Object value) throws JsonProcessingException {
    return text(new JsonMapper().writerWithDefaultPrettyPrinter(), value);
  }

  public static String yaml(Object value) throws JsonProcessingException {
    var mapper =
        YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new QuotedNumbers()).build())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();
    return text(mapper.writer(), value);
  }

  private static String text(ObjectWriter writer, Object value) throws JsonProcessingException {
    return writer.writeValueAsString(value).stripTrailing();
  }

  /** Texts that a reader could take for numbers, such as 1, 0x1f or 1e3, are quoted, too. */
  private static final class QuotedNumbers extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1;
    private static final Pattern NUMBER =
        Pattern.compile("[-+]?\\.?[0-9][0-9_]*(\\.[0-9_]*)?([eExXoObB][-+0-9a-fA-F_]*)?");

    @Override
    public boolean needToQuoteValue(String value) {
      return super.needToQuoteValue(value) || NUMBER.matcher(value).matches();
    }
  }
}
