package dev.holdfast.operator.events;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events. One that cannot be written is logged: it never holds up anything else. */
public final class EventWriter {

  private static final Logger log = LoggerFactory.getLogger(EventWriter.class);

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** The API server refuses longer ones. */
  private static final int MAX_NOTE = 1024;

  private static final String CONTROLLER = "holdfast.dev/operator";

  private final KubernetesClient client;
  private final String instance;
  private final InstantSource clock;

  /**
   * @param instance which operator it is, such as its pod's name
   */
  public EventWriter(KubernetesClient client, String instance, InstantSource clock) {
    this.client = client;
    this.instance = instance;
    this.clock = clock;
  }

  public void write(HasMetadata regarding, Notice notice) {
    log.info(
        "{} {}/{}: {}: {}",
        regarding.getKind(),
        regarding.getMetadata().getNamespace(),
        regarding.getMetadata().getName(),
        notice.reason(),
        notice.note());
    try {
      client.resource(event(regarding, notice)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        log.warn("cannot write the Event {}: {}", notice.reason(), e.getMessage());
      }
    }
  }

  Event event(HasMetadata regarding, Notice notice) {
    var metadata = regarding.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withName(name(regarding, notice))
        .endMetadata()
        .withEventTime(new MicroTime(MICROSECONDS.format(clock.instant())))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withType(notice.type().name())
        .withReason(notice.reason())
        .withAction(notice.action())
        .withNote(notice.note().substring(0, Math.min(MAX_NOTE, notice.note().length())))
        .withNewRegarding()
        .withApiVersion(regarding.getApiVersion())
        .withKind(regarding.getKind())
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .endRegarding()
        .build();
  }

  /** The same for the same occasion, so that the API server takes it only once. */
  private static String name(HasMetadata regarding, Notice notice) {
    var occasion =
        String.join("/", regarding.getMetadata().getUid(), notice.reason(), notice.occasion());
    var hash = UUID.nameUUIDFromBytes(occasion.getBytes(StandardCharsets.UTF_8));
    return regarding.getMetadata().getName() + "." + hash;
  }
}
