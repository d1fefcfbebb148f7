package dev.holdfast.api.dataplane;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.holdfast.api.GatewayDuration;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * A data plane's status as JSON: instants as RFC 3339 text, durations as Gateway API strings, and
 * what is null left out. Fields that are not known are skipped, so that an operator can read the
 * status of a newer data plane.
 */
public final class StatusJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(times())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
          .build();

  private StatusJson() {}

  /** Shared and safe for use by many threads; do not configure it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  private static SimpleModule times() {
    return new SimpleModule("times")
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addDeserializer(Instant.class, new InstantReader())
        .addSerializer(Duration.class, new DurationWriter())
        .addDeserializer(Duration.class, new DurationReader());
  }

  private static final class InstantReader extends FromStringDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String text, DeserializationContext context) {
      return Instant.parse(text);
    }
  }

  private static final class DurationWriter extends StdSerializer<Duration> {
    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(GatewayDuration.format(value));
    }
  }

  private static final class DurationReader extends FromStringDeserializer<Duration> {
    DurationReader() {
      super(Duration.class);
    }

    @Override
    protected Duration _deserialize(String text, DeserializationContext context) {
      return GatewayDuration.parse(text);
    }
  }
}
