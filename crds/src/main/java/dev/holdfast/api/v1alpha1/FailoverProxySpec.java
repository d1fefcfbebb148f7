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
 * What a {@link FailoverProxy} shall do. Schema defaults have been applied before this is bound.
 */
@ValidationRule(
    value = "(size(self.backends) > 0) != has(self.discovery)",
    message = "exactly one of backends and discovery must be set")
@ValidationRule(
    value =
        "self.agreement.mode == 'None' || self.selection.mode == 'FirstHealthy'"
            + " || self.replicas in [1, 3, 5, 7]",
    fieldPath = ".replicas",
    message = "replicas must be 1, 3, 5 or 7 unless agreement.mode is None")
@ValidationRule(
    value = "self.agreement.mode != 'Raft' || self.replicas >= 3 || size(self.peers) > 0",
    fieldPath = ".replicas",
    message = "replicas must be 3, 5 or 7 when agreement.mode is Raft")
@ValidationRule(
    value = "size(self.peers) in [0, 3, 5, 7]",
    fieldPath = ".peers",
    message = "peers must be all 3, 5 or 7 data planes, this one included")
@ValidationRule(
    value = "self.agreement.mode != 'Raft' || self.selection.mode != 'FirstHealthy'",
    fieldPath = ".agreement.mode",
    message =
        "agreement.mode must not be Raft when selection.mode is FirstHealthy, which needs no"
            + " agreement")
@ValidationRule(
    value =
        "self.agreement.mode == 'None' || self.selection.mode == 'FirstHealthy'"
            + " || (self.agreement.mode == 'Auto' && self.replicas < 3 && size(self.peers) == 0)"
            + " || self.connections.onPrimaryChange.policy == 'Sever'",
    fieldPath = ".connections.onPrimaryChange.policy",
    message =
        "connections.onPrimaryChange.policy must be Sever when agreement.mode is Raft, or Auto with"
            + " 3 or more replicas")
@ValidationRule(
    value =
        "!has(self.template.terminationGracePeriodSeconds) || duration(self.shutdown.drainTimeout)"
            + ".getSeconds() < self.template.terminationGracePeriodSeconds",
    fieldPath = ".template.terminationGracePeriodSeconds",
    message = "template.terminationGracePeriodSeconds must be above shutdown.drainTimeout")
@ValidationRule(
    value = "!self.template.hostNetwork || self.listen.port >= 1024",
    fieldPath = ".listen.port",
    message = "listen.port must be 1024 or above when template.hostNetwork is true")
@ValidationRule(
    value = "!has(self.admin) || self.admin.port != self.listen.port",
    fieldPath = ".admin.port",
    message = "admin.port must not be listen.port")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          backends:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: {description: 'One candidate for primary; its place in the list is its preference.'}
          checks:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: {description: One health check. Exactly one kind of probe is set.}
          hooks:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: {description: One hook. Exactly one of exec and http is set.}
          peers:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: {description: One data plane.}
          selection: {default: {}}
          connections: {default: {}}
          agreement: {default: {}}
          storage: {default: {}}
          service: {default: {}}
          template: {default: {}}
          shutdown: {default: {}}
        """)
public record FailoverProxySpec(
    @JsonPropertyDescription("Where clients connect.") @Required Listen listen,
    @JsonPropertyDescription(
            "Candidates for primary in order of preference. Either backends or discovery is set.")
        @Default("[]")
        @Size(max = 64)
        List<Backend> backends,
    @JsonPropertyDescription(
            "Where backends come from when they are not listed. Exactly one source is set.")
        @Nullable Discovery discovery,
    @JsonPropertyDescription("How the primary is chosen and kept.") Selection selection,
    @JsonPropertyDescription(
            "Health checks; a backend is healthy when all say so. Empty: a client's failed connect"
                + " is the only signal.")
        @Default("[]")
        @Size(max = 16)
        List<Check> checks,
    @JsonPropertyDescription(
            "Run one after another when a primary has been chosen and before any client is"
                + " admitted.")
        @Default("[]")
        @Size(max = 16)
        List<Hook> hooks,
    @JsonPropertyDescription(
            "Scripts of checks and hooks, mounted executable at /etc/holdfast/scripts. A change of"
                + " the ConfigMap reaches running pods within a minute or two. While it does not"
                + " exist nothing is applied. Cluster only.")
        @Nullable ConfigMapRef scripts,
    @JsonPropertyDescription("What happens to client connections.") Connections connections,
    @JsonPropertyDescription(
            "Data-plane pods. 1, 3, 5 or 7, unless they need not agree on the primary. Cluster"
                + " only.")
        @Default("1")
        @Min(1)
        @Max(64)
        @SpecReplicas
        int replicas,
    @JsonPropertyDescription(
            "Whether replicas agree on the primary before one of them admits a client.")
        Agreement agreement,
    @JsonPropertyDescription(
            "Where pods keep what must outlive their process: the primary they had, and its epoch."
                + " Immutable. Cluster only.")
        Storage storage,
    @JsonPropertyDescription("The Service that clients connect to. Cluster only.")
        ServiceTemplate service,
    @JsonPropertyDescription("Laid over the data-plane pods. Cluster only.") PodOverlay template,
    @JsonPropertyDescription("How a data plane ends.") Shutdown shutdown,
    @JsonPropertyDescription(
            "The admin interface. A change of its port, or of what it refers to, restarts the pods;"
                + " `holdfast run` reads it when it starts, and its own flags win over it.")
        @Nullable Admin admin,
    @JsonPropertyDescription(
            "All data planes of this resource that agree, this one included, for `holdfast run` on"
                + " several machines: 3, 5 or 7. Outside a cluster only.")
        @Default("[]")
        @Size(max = 7)
        List<Peer> peers,
    @JsonPropertyDescription(
            "Whether the operator leaves everything as it is. The annotation holdfast.dev/paused"
                + " does the same. Traffic goes on.")
        @Default("false")
        boolean paused)
    implements DataPlaneSpec {}
