package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where backends come from when they are not listed. Exactly one source is set. */
@ValidationRule(
    value =
        "[has(self.service), has(self.dns), has(self.srv), has(self.file), has(self.zookeeper)]"
            + ".filter(set, set).size() == 1",
    message = "discovery: exactly one of service, dns, srv, file and zookeeper must be set")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          debounce: {default: {}}
        """)
public record Discovery(
    @JsonPropertyDescription("The ready endpoints of a Service in the resource's namespace.")
        @Nullable ServiceSource service,
    @JsonPropertyDescription("All addresses of some DNS names.") @Nullable DnsSource dns,
    @JsonPropertyDescription("The targets of a DNS SRV record.") @Nullable SrvSource srv,
    @JsonPropertyDescription("A text file with one host:port a line.") @Nullable FileSource file,
    @JsonPropertyDescription("The children of a ZooKeeper node.")
        @Nullable ZooKeeperSource zookeeper,
    @JsonPropertyDescription(
            "How discovered backends are ranked. Name: by name. Address: by address and port."
                + " Sources that rank by themselves (srv, file) keep their order.")
        @Default("Name")
        Order order,
    @JsonPropertyDescription("Gathers changes that follow each other closely.") Debounce debounce,
    @JsonPropertyDescription(
            "What an empty result does. KeepLast: the last backends stay, until maxStaleness."
                + " Apply: there is no backend.")
        @Default("KeepLast")
        OnEmpty onEmpty,
    @JsonPropertyDescription(
            "How long the last backends stay while the source is empty or does not answer.")
        @Default("1h")
        @DurationText
        String maxStaleness) {

  public enum Order {
    Name,
    Address
  }

  public enum OnEmpty {
    KeepLast,
    Apply
  }

  @ValidationRule(
      value = "duration(self.quiet) <= duration(self.max)",
      fieldPath = ".max",
      message = "debounce.max must not be below debounce.quiet")
  public record Debounce(
      @JsonPropertyDescription("A change is applied when none has followed for so long.")
          @Default("2s")
          @DurationText
          String quiet,
      @JsonPropertyDescription("A change waits no longer than this.") @Default("10s") @DurationText
          String max) {}

  public record ServiceSource(
      @JsonPropertyDescription("Name of the Service.") @Required @DnsLabel String name,
      @JsonPropertyDescription("Port of the Service.") @Required @PortNumber int port) {}

  @ValidationRule(
      value = "duration(self.refresh) >= duration('1s')",
      fieldPath = ".refresh",
      message = "dns.refresh must be at least 1s")
  @SchemaCustomizer(
      value = SchemaPatch.class,
      input =
          """
          properties:
            names:
              x-kubernetes-list-type: set
              items: {description: A DNS name.}
          """)
  public record DnsSource(
      @JsonPropertyDescription("DNS names whose A and AAAA records are backends.")
          @Required
          @Size(min = 1, max = 16)
          List<@Pattern("^[A-Za-z0-9_]([-A-Za-z0-9_.]*)$") @Size(min = 1, max = 253) String> names,
      @JsonPropertyDescription("TCP port of the backends.") @Required @PortNumber int port,
      @JsonPropertyDescription("Time from one query to the next; a longer TTL is respected.")
          @Default("5s")
          @DurationText
          String refresh) {}

  @ValidationRule(
      value = "duration(self.refresh) >= duration('1s')",
      fieldPath = ".refresh",
      message = "srv.refresh must be at least 1s")
  public record SrvSource(
      @JsonPropertyDescription("DNS name of the SRV record, such as _pg._tcp.db.example.")
          @Required
          @HostName
          String name,
      @JsonPropertyDescription("Time from one query to the next; a longer TTL is respected.")
          @Default("5s")
          @DurationText
          String refresh) {}

  @ValidationRule(
      value = "has(self.path) != has(self.configMapRef)",
      message = "file: exactly one of path and configMapRef must be set")
  @ValidationRule(
      value = "duration(self.refresh) >= duration('1s')",
      fieldPath = ".refresh",
      message = "file.refresh must be at least 1s")
  public record FileSource(
      @JsonPropertyDescription("Absolute path of the file.")
          @Pattern("^/.+$")
          @Size(min = 2, max = 4096)
          @Nullable String path,
      @JsonPropertyDescription("A ConfigMap's key that holds the file; instead of path.")
          @Nullable ConfigMapKeyRef configMapRef,
      @JsonPropertyDescription("How often the file is looked at besides being watched.")
          @Default("5s")
          @DurationText
          String refresh) {}

  @ValidationRule(
      value = "self.format != 'HostNames' || has(self.port)",
      fieldPath = ".port",
      message = "zookeeper.port must be set when zookeeper.format is HostNames")
  public record ZooKeeperSource(
      @JsonPropertyDescription("ZooKeeper servers: host:port, separated by commas.")
          @Required
          @Pattern("^[-A-Za-z0-9_.:\\[\\]]+(,[-A-Za-z0-9_.:\\[\\]]+)*$")
          @Size(min = 1, max = 2048)
          String servers,
      @JsonPropertyDescription("Node whose children are the backends.")
          @Required
          @Pattern("^/([^/]+(/[^/]+)*)?$")
          @Size(min = 1, max = 1024)
          String path,
      @JsonPropertyDescription(
              "Json: a child's data is an object with address and port. HostNames: a child's name"
                  + " is the host.")
          @Default("Json")
          Format format,
      @JsonPropertyDescription("TCP port of the backends; used by HostNames.") @PortNumber
          @Nullable Integer port) {

    public enum Format {
      Json,
      HostNames
    }
  }
}
