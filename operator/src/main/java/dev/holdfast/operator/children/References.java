package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.Check;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.HeaderFrom;
import dev.holdfast.api.v1alpha1.Hook;
import dev.holdfast.api.v1alpha1.SecretKeyRef;
import dev.holdfast.operator.children.Reference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which Secrets and ConfigMaps a resource names, in the order of its fields. */
public final class References {

  private References() {}

  /** All that must be there before a pod can start. */
  public static List<Reference> of(FailoverProxySpec spec) {
    var all = new ArrayList<>(ofChecksAndHooks(spec));
    var scripts = spec.scripts();
    if (scripts != null) {
      var field = "spec.scripts.configMapName";
      all.add(new Reference(Kind.ConfigMap, scripts.configMapName(), null, field));
    }
    if (spec.admin() != null) {
      secret("spec.admin.tokenSecretRef", spec.admin().tokenSecretRef()).forEach(all::add);
    }
    return List.copyOf(all);
  }

  /** Those that the data plane reads by name and key. */
  static List<Reference> ofChecksAndHooks(FailoverProxySpec spec) {
    return Stream.concat(
            IntStream.range(0, spec.checks().size())
                .boxed()
                .flatMap(i -> of("spec.checks[%d]".formatted(i), spec.checks().get(i))),
            IntStream.range(0, spec.hooks().size())
                .boxed()
                .flatMap(i -> of("spec.hooks[%d]".formatted(i), spec.hooks().get(i))))
        .toList();
  }

  private static Stream<Reference> of(String field, Check check) {
    if (check.http() != null) {
      return request(field + ".http", check.http().headersFrom(), check.http().bodySecretRef());
    }
    var https = check.https();
    if (https == null) {
      return Stream.of();
    }
    var bundle = https.caBundle();
    return Stream.concat(
        request(field + ".https", https.headersFrom(), https.bodySecretRef()),
        bundle == null
            ? Stream.of()
            : Stream.of(
                new Reference(
                    Kind.ConfigMap,
                    bundle.configMapName(),
                    bundle.key(),
                    field + ".https.caBundle")));
  }

  private static Stream<Reference> of(String field, Hook hook) {
    var http = hook.http();
    return http == null
        ? Stream.of()
        : Stream.concat(
            secret(field + ".http.urlSecretRef", http.urlSecretRef()),
            request(field + ".http", http.headersFrom(), http.bodySecretRef()));
  }

  private static Stream<Reference> request(
      String field, List<HeaderFrom> headers, @Nullable SecretKeyRef body) {
    var ofHeaders =
        IntStream.range(0, headers.size())
            .boxed()
            .flatMap(i ->
                secret("%s.headersFrom[%d]".formatted(field, i), headers.get(i).secretKeyRef()));
    return Stream.concat(ofHeaders, secret(field + ".bodySecretRef", body));
  }

  private static Stream<Reference> secret(String field, @Nullable SecretKeyRef reference) {
    return Stream.ofNullable(reference)
        .map(Objects::requireNonNull)
        .map(named -> new Reference(Kind.Secret, named.name(), named.key(), field));
  }
}
