package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP request and the answer that is expected. */
@ValidationRule(
    value = "self.headers.all(name, name.matches('^[-!#$%&*+.^_|~0-9A-Za-z]{1,128}$'))",
    fieldPath = ".headers",
    message = "headers: a name may hold letters, digits and -!#$%&*+.^_|~ and 128 characters")
@ValidationRule(
    value = "self.body == '' || !has(self.bodySecretRef)",
    fieldPath = ".bodySecretRef",
    message = "at most one of body and bodySecretRef may be set")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          headers:
            additionalProperties: {description: Value of one header.}
          headersFrom:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: {description: One header.}
          expectStatus:
            x-kubernetes-list-type: set
            items: {description: 'A status code such as 200, or a range such as 200-299.'}
        """)
public record HttpCheck(
    @JsonPropertyDescription("TCP port of the request. 0: the backend's own.")
        @Default("0")
        @Min(0)
        @Max(65535)
        int port,
    @JsonPropertyDescription("Path and query of the request.")
        @Default("/")
        @Pattern("^/[!-~]*$")
        @Size(min = 1, max = 2048)
        String path,
    @JsonPropertyDescription("Value of the Host header. Empty: host and port of the backend.")
        @Default("''")
        @Pattern("^[-A-Za-z0-9_.:\\[\\]]*$")
        @Size(max = 260)
        String host,
    @JsonPropertyDescription("Request method.") @Default("GET") HttpMethod method,
    @JsonPropertyDescription("Further request headers, name to value. Secret ones: headersFrom.")
        @Default("{}")
        @Size(max = 32)
        Map<String, @Pattern("^[\\t -~]*$") @Size(max = 4096) String> headers,
    @JsonPropertyDescription("Request headers whose values are kept in Secrets.")
        @Default("[]")
        @Size(max = 16)
        List<HeaderFrom> headersFrom,
    @JsonPropertyDescription("Request body. A secret one: bodySecretRef.")
        @Default("''")
        @Size(max = 16384)
        String body,
    @JsonPropertyDescription("Where a secret request body is kept; instead of body.")
        @Nullable SecretKeyRef bodySecretRef,
    @JsonPropertyDescription("Status codes that count as healthy: single ones or ranges.")
        @Default("[\"200-299\"]")
        @Size(min = 1, max = 16)
        List<@Pattern("^[1-5][0-9]{2}(-[1-5][0-9]{2})?$") @Size(min = 3, max = 7) String>
            expectStatus,
    @JsonPropertyDescription(
            "Follows up to 10 redirects, each at the address that is checked; only the answer that"
                + " leads no further counts, or one that expectStatus has. Other hosts are not"
                + " sent headers and body. False: a redirect is an answer like any other.")
        @Default("false")
        boolean followRedirects) {}
