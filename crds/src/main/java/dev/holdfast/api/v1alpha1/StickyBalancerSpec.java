package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link StickyBalancer} shall do. Schema defaults have been applied before this is bound.
 */
@ValidationRule(
    value = "self.groups.all(group, self.groups.exists_one(other, other.name == group.name))",
    fieldPath = ".groups",
    message = "groups must have different names")
@ValidationRule(
    value =
        "self.groups.all(group, size(group.ports) == 0"
            + " || (size(group.ports) == size(self.listen.ports)"
            + " && group.ports.all(mapping, mapping.listen in self.listen.ports)))",
    fieldPath = ".groups",
    message = "groups with ports must map every one of listen.ports, and no other")
@ValidationRule(
    value = "self.replication.consistency == 'Local' || self.replicas in [1, 3, 5, 7]",
    fieldPath = ".replicas",
    message = "replicas must be 1, 3, 5 or 7 unless replication.consistency is Local")
@ValidationRule(
    value = "size(self.peers) in [0, 3, 5, 7]",
    fieldPath = ".peers",
    message = "peers must be all 3, 5 or 7 data planes, this one included")
@ValidationRule(
    value =
        "!has(self.template.terminationGracePeriodSeconds) || duration(self.shutdown.drainTimeout)"
            + ".getSeconds() < self.template.terminationGracePeriodSeconds",
    fieldPath = ".template.terminationGracePeriodSeconds",
    message = "template.terminationGracePeriodSeconds must be above shutdown.drainTimeout")
@ValidationRule(
    value = "!self.template.hostNetwork || self.listen.ports.all(port, port >= 1024)",
    fieldPath = ".listen.ports",
    message = "listen.ports must be 1024 or above when template.hostNetwork is true")
@ValidationRule(
    value = "!has(self.admin) || !(self.admin.port in self.listen.ports)",
    fieldPath = ".admin.port",
    message = "admin.port must not be one of listen.ports")
@ValidationRule(
    value = "!has(self.service.port)",
    fieldPath = ".service.port",
    message = "service.port must not be set: the Service has the ports of listen.ports")
@ValidationRule(
    value = "self.service.nodePort == 0 || size(self.listen.ports) == 1",
    fieldPath = ".service.nodePort",
    message = "service.nodePort must not be set when there are several listen.ports")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          groups:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [id]
            items: {description: 'One group: a server for each listen port.'}
          peers:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: {description: One data plane.}
          stickiness: {default: {}}
          whileNoGroup: {default: {}}
          health: {default: {}}
          replication: {default: {}}
          connections: {default: {}}
          service:
            default: {}
            properties:
              port: {description: Not to be set. The Service has the ports of listen.ports.}
              externalTrafficPolicy:
                description: >-
                  Local: only nodes with a pod hand clients on, and clients' addresses are kept, by
                  which they are known. Cluster: any node does, and clients are known by the node's
                  address. Needs type NodePort or LoadBalancer. Absent: Local.
              nodePort:
                description: >-
                  Port on every node; needs type NodePort or LoadBalancer, and one listen port. 0:
                  Kubernetes chooses.
          template: {default: {}}
          shutdown: {default: {}}
        """)
public record StickyBalancerSpec(
    @JsonPropertyDescription("Where clients connect.") @Required ListenPorts listen,
    @JsonPropertyDescription("The groups that clients' keys are shared out to.")
        @Required
        @Size(min = 1, max = 64)
        List<BalancerGroup> groups,
    @JsonPropertyDescription("What makes two clients the same, and for how long.")
        StickinessSpec stickiness,
    @JsonPropertyDescription(
            "How a new key gets its group. LeastKeys: the one with the fewest keys for its weight."
                + " Hash: highest random weight, the same key to the same group wherever it can be."
                + " RoundRobin: in turn, as often as its weight says.")
        @Default("LeastKeys")
        BalanceMethod balance,
    @JsonPropertyDescription("What clients meet while no group may take them.")
        WhileNoGroup whileNoGroup,
    @JsonPropertyDescription("How a group's health is made of what checks say.") Health health,
    @JsonPropertyDescription(
            "Scripts of checks, mounted executable at /etc/holdfast/scripts. Cluster only.")
        @Nullable ConfigMapRef scripts,
    @JsonPropertyDescription("What happens to client connections.") BalancerConnections connections,
    @JsonPropertyDescription(
            "Data-plane pods. 1, 3, 5 or 7, unless each has a table of its own. Cluster only.")
        @Default("3")
        @Min(1)
        @Max(64)
        @SpecReplicas
        int replicas,
    @JsonPropertyDescription("How the replicas keep their table of keys.") Replication replication,
    @JsonPropertyDescription("The Service that clients connect to. Cluster only.")
        ServiceTemplate service,
    @JsonPropertyDescription("Laid over the data-plane pods. Cluster only.") PodOverlay template,
    @JsonPropertyDescription("How a data plane ends.") Shutdown shutdown,
    @JsonPropertyDescription(
            "The admin interface. A change of its port, or of what it refers to, restarts the pods;"
                + " `holdfast run` reads it when it starts, and its own flags win over it.")
        @Nullable Admin admin,
    @JsonPropertyDescription(
            "All data planes of this resource that have one table, this one included, for `holdfast"
                + " run` on several machines: 3, 5 or 7. Outside a cluster only.")
        @Default("[]")
        @Size(max = 7)
        List<Peer> peers,
    @JsonPropertyDescription(
            "Whether the operator leaves everything as it is. The annotation holdfast.dev/paused"
                + " does the same. Traffic goes on.")
        @Default("false")
        boolean paused)
    implements DataPlaneSpec {

  public enum BalanceMethod {
    LeastKeys,
    Hash,
    RoundRobin
  }

  public record WhileNoGroup(
      @JsonPropertyDescription(
              "Close: clients are accepted and closed. Refuse: while no group serves anybody the"
                  + " ports are closed, and while groups serve only keys that they have, others"
                  + " are closed. Hold: clients wait and are then connected.")
          @Default("Close")
          Policy policy,
      @JsonPropertyDescription("How long a client waits at most; used by Hold.")
          @Default("5s")
          @DurationText
          String holdFor,
      @JsonPropertyDescription(
              "How many clients may wait at a time, for a group, for their first bytes or for their"
                  + " key to be written down; further ones are closed.")
          @Default("1000")
          @Min(0)
          @Max(1000000)
          int maxHeld) {

    public enum Policy {
      Close,
      Refuse,
      Hold
    }
  }

  public record Health(
      @JsonPropertyDescription(
              "What a group counts as until all its checks have a verdict. Unknown: it serves the"
                  + " keys it has and takes no new one. Healthy: it takes new keys at once.")
          @Default("Unknown")
          Initial initial,
      @JsonPropertyDescription(
              "Majority: a check has failed when a majority of the replicas that have a verdict"
                  + " say so.")
          @Default("Majority")
          Votes votes) {

    public enum Initial {
      Unknown,
      Healthy
    }

    public enum Votes {
      Majority
    }
  }
}
