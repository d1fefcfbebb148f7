package dev.holdfast.e2e;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the {@link Installation} of this run and {@link TestNamespace}s of its own. After a
 * failure what is in them is written to target/failures, before they go.
 */
final class OnCluster implements BeforeAllCallback, ParameterResolver, AfterEachCallback {
  /** Why a class runs while no other one does. */
  static final String OPERATOR_GOES = "the operator, which others count on, is stopped in between";

  static final String API_SERVER_GOES = "the API server is stopped in between";

  private static final Namespace STORE = Namespace.create(OnCluster.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    installation(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return List.of(Installation.class, TestNamespace.class)
        .contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var installation = installation(context);
    if (parameter.getParameter().getType() == Installation.class) {
      return installation;
    }
    var namespace = installation.newNamespace();
    context.getStore(STORE).put(parameter.getIndex(), namespace);
    return namespace;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var test = context.getRequiredTestMethod();
    var store = context.getStore(STORE);
    if (context.getExecutionException().isPresent()) {
      var name = test.getDeclaringClass().getSimpleName() + "-" + test.getName();
      var diagnostics = new Diagnostics(Installation.output().resolve("failures").resolve(name));
      diagnostics.dump(Helm.NAMESPACE);
      for (int i = 0; i < test.getParameterCount(); i++) {
        if (store.get(i) instanceof TestNamespace namespace) {
          diagnostics.dump(namespace.name());
        }
      }
    }
    for (int i = 0; i < test.getParameterCount(); i++) {
      if (store.get(i) instanceof TestNamespace namespace) {
        namespace.delete();
      }
    }
  }

  private static Installation installation(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .computeIfAbsent(Attempt.class, key -> Attempt.make(), Attempt.class)
        .installation();
  }

  /** One for all classes: what failed once is not tried again for each of them. */
  private record Attempt(@Nullable Installation made, @Nullable Throwable failure)
      implements AutoCloseable {

    static Attempt make() {
      try {
        return new Attempt(Installation.create(), null);
      } catch (Exception | AssertionError e) {
        return new Attempt(null, e);
      }
    }

    Installation installation() {
      if (made == null) {
        throw new IllegalStateException("Holdfast could not be installed", failure);
      }
      return made;
    }

    @Override
    public void close() {
      if (made != null) {
        made.close();
      }
    }
  }
}
