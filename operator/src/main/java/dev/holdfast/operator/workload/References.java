package dev.holdfast.operator.workload;

import dev.holdfast.api.v1alpha1.BalancerGroup;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.HeaderFrom;
import dev.holdfast.api.v1alpha1.Hook;
import dev.holdfast.api.v1alpha1.HttpCheck;
import dev.holdfast.api.v1alpha1.HttpsCheck;
import dev.holdfast.api.v1alpha1.SecretKeyRef;
import dev.holdfast.api.v1alpha1.StickyBalancerSpec;
import dev.holdfast.operator.workload.Reference.Kind;
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
  public static List<Reference> of(Workload workload) {
    var all = new ArrayList<>(workload.references());
    var spec = workload.spec();
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

  static List<Reference> ofChecksAndHooks(FailoverProxySpec spec) {
    return Stream.concat(
            IntStream.range(0, spec.checks().size())
                .boxed()
                .flatMap(i -> {
                  var check = spec.checks().get(i);
                  return of("spec.checks[%d]".formatted(i), check.http(), check.https());
                }),
            IntStream.range(0, spec.hooks().size())
                .boxed()
                .flatMap(i -> of("spec.hooks[%d]".formatted(i), spec.hooks().get(i))))
        .toList();
  }

  static List<Reference> ofGroups(StickyBalancerSpec spec) {
    return IntStream.range(0, spec.groups().size())
        .boxed()
        .flatMap(i -> of("spec.groups[%d]".formatted(i), spec.groups().get(i)))
        .toList();
  }

  private static Stream<Reference> of(String field, BalancerGroup group) {
    return IntStream.range(0, group.checks().size())
        .boxed()
        .flatMap(i -> {
          var check = group.checks().get(i);
          return of("%s.checks[%d]".formatted(field, i), check.http(), check.https());
        });
  }

  private static Stream<Reference> of(
      String field, @Nullable HttpCheck http, @Nullable HttpsCheck https) {
    if (http != null) {
      return request(field + ".http", http.headersFrom(), http.bodySecretRef());
    }
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
