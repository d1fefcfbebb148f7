package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP request of a hook. */
@ValidationRule(
    value = "has(self.url) != has(self.urlSecretRef)",
    message = "http: exactly one of url and urlSecretRef must be set")
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
public record HttpHook(
    @JsonPropertyDescription("Where the request goes. A secret address: urlSecretRef.")
        @Pattern("^https?://[!-~]+$")
        @Size(min = 8, max = 2048)
        @Nullable String url,
    @JsonPropertyDescription("Where a secret address is kept; instead of url.")
        @Nullable SecretKeyRef urlSecretRef,
    @JsonPropertyDescription("Request method.") @Default("POST") HttpMethod method,
    @JsonPropertyDescription("Further request headers, name to value. Secret ones: headersFrom.")
        @Default("{}")
        @Size(max = 32)
        Map<String, @Pattern("^[\\t -~]*$") @Size(max = 4096) String> headers,
    @JsonPropertyDescription("Request headers whose values are kept in Secrets.")
        @Default("[]")
        @Size(max = 16)
        List<HeaderFrom> headersFrom,
    @JsonPropertyDescription(
            "Request body. A secret one: bodySecretRef. With neither, POST, PUT and PATCH send a"
                + " JSON object: resource, epoch, trigger, backend, endpoint and oldBackend.")
        @Default("''")
        @Size(max = 16384)
        String body,
    @JsonPropertyDescription("Where a secret request body is kept; instead of body.")
        @Nullable SecretKeyRef bodySecretRef,
    @JsonPropertyDescription("Status codes that count as success: single ones or ranges.")
        @Default("[\"200-299\"]")
        @Size(min = 1, max = 16)
        List<@Pattern("^[1-5][0-9]{2}(-[1-5][0-9]{2})?$") @Size(min = 3, max = 7) String>
            expectStatus) {}
