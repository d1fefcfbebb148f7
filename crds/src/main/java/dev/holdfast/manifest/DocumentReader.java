package dev.holdfast.manifest;

import dev.holdfast.manifest.Document.Fault;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Splits a text into documents. JSON is read as the YAML that it is. */
final class DocumentReader {
  private static final int MAX_DEPTH = 100;

  /** Of lists and maps; what they amount to is limited by {@link NodeConverter}. */
  private static final int MAX_ALIASES = 10_000;

  /** Stands for "not quoted and no tag": its meaning is up to {@link PlainScalar}. */
  static final Tag PLAIN = new Tag("tag:holdfast.dev,2026:plain");

  /**
   * @param faults what keeps the rest of the text from being read
   */
  record Documents(List<Document> documents, List<Fault> faults) {}

  private DocumentReader() {}

  static Documents read(String text) {
    var options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    var documents = new ArrayList<Document>();
    try {
      var parser = new ParserImpl(new StreamReader(withoutTabsInJson(text)), options);
      var composer = new Composer(parser, new Untyped(), options);
      while (composer.checkNode()) {
        documents.add(new NodeConverter().document(composer.getNode()));
      }
      return new Documents(documents, List.of());
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      var line = mark == null ? 0 : mark.getLine() + 1;
      return new Documents(documents, List.of(new Fault(line, "", "is not YAML: " + problem(e))));
    } catch (YAMLException | NodeConverter.TooLargeException e) {
      return new Documents(documents, List.of(new Fault(0, "", "is not YAML: " + e.getMessage())));
    }
  }

  private static String problem(MarkedYAMLException e) {
    return e.getContext() == null ? e.getProblem() : e.getContext() + ", " + e.getProblem();
  }

  /** Tabs may indent JSON but not YAML; inside of strings JSON writes them as {@code \t}. */
  private static String withoutTabsInJson(String text) {
    var content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return content.stripLeading().startsWith("{") ? content.replace('\t', ' ') : content;
  }

  private static final class Untyped extends Resolver {

    @Override
    protected void addImplicitResolvers() {}

    @Override
    public Tag resolve(NodeId kind, String value, boolean implicit) {
      return kind == NodeId.scalar && implicit ? PLAIN : super.resolve(kind, value, false);
    }
  }
}
