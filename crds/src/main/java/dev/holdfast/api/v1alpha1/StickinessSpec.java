package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What makes two clients the same, and for how long. */
@ValidationRule(
    value = "has(self.firstBytes) == (self.key.type == 'ClientIPAndFirstBytes')",
    fieldPath = ".firstBytes",
    message =
        "stickiness.firstBytes must be set when stickiness.key.type is ClientIPAndFirstBytes, and"
            + " only then")
@ValidationRule(
    value = "duration(self.expireAfter) >= duration('1s')",
    fieldPath = ".expireAfter",
    message = "stickiness.expireAfter must be at least 1s")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          key: {default: {}}
        """)
public record StickinessSpec(
    @JsonPropertyDescription("What a client is known by.") Key key,
    @JsonPropertyDescription("Which of a client's first bytes belong to its key.")
        @Nullable FirstBytes firstBytes,
    @JsonPropertyDescription("Bits of an IPv4 address that count; 0: none.")
        @Default("32")
        @Min(0)
        @Max(32)
        int ipv4Prefix,
    @JsonPropertyDescription("Bits of an IPv6 address that count; 0: none.")
        @Default("128")
        @Min(0)
        @Max(128)
        int ipv6Prefix,
    @JsonPropertyDescription(
            "A key without activity for so long is forgotten, to the second; an open connection is"
                + " activity. At least 1s.")
        @Default("30m")
        @DurationText
        String expireAfter,
    @JsonPropertyDescription(
            "Keys that are remembered at most. When they are as many, the one that is idle for"
                + " longest goes first; those with open connections stay.")
        @Default("1000000")
        @Min(1)
        @Max(10000000)
        int maxEntries) {

  public record Key(
      @JsonPropertyDescription(
              "ClientIP: its address, or the one that a PROXY header names."
                  + " ClientIPAndFirstBytes: also what it says first.")
          @Default("ClientIP")
          Type type) {

    public enum Type {
      ClientIP,
      ClientIPAndFirstBytes
    }
  }

  @ValidationRule(
      value = "self.end > self.start",
      fieldPath = ".end",
      message = "stickiness.firstBytes.end must be above stickiness.firstBytes.start")
  @ValidationRule(
      value = "duration(self.maxWait) >= duration('1ms')",
      fieldPath = ".maxWait",
      message = "stickiness.firstBytes.maxWait must be at least 1ms")
  public record FirstBytes(
      @JsonPropertyDescription("The first byte that counts, from 0.")
          @Default("0")
          @Min(0)
          @Max(1023)
          int start,
      @JsonPropertyDescription("The byte before which the part that counts ends; above start.")
          @Required
          @Min(1)
          @Max(1024)
          int end,
      @JsonPropertyDescription(
              "How long to wait for them. A client that waits for the server's first word waits so"
                  + " long. At least 1ms.")
          @Default("2s")
          @DurationText
          String maxWait,
      @JsonPropertyDescription(
              "What becomes of a client that says less in that time, or ends before. UseIP: it is"
                  + " known by its address alone. Reject: it is closed.")
          @Default("UseIP")
          OnShort onShort) {

    public enum OnShort {
      UseIP,
      Reject
    }
  }
}
