package dev.holdfast.operator.floatingipgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.floatingipgroup.Claims.Owner;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final String API = "https://api.hetzner.cloud/v1";
  private static final Owner OLD = new Owner("2026-01-01T00:00:00Z", "edge", "web", "c");
  private static final Owner NEW = new Owner("2026-01-02T00:00:00Z", "edge", "other", "b");

  private final Claims claims = new Claims();

  @Test
  @DisplayName("of two groups that select the same floating IP the older moves it, and both know")
  void older() {
    claims.claim(NEW, API, Set.of(2L, 3L));
    claims.claim(OLD, API, Set.of(1L, 2L));

    assertThat(claims.of(OLD)).isEqualTo(new Sharing(Set.of(), Map.of(), Map.of(2L, NEW)));
    assertThat(claims.of(NEW)).isEqualTo(new Sharing(Set.of(1L, 2L), Map.of(2L, OLD), Map.of()));
  }

  @Test
  @DisplayName("of groups of the same second the first by namespace and name counts as the older")
  void sameSecond() {
    var first = new Owner(OLD.createdAt(), "edge", "api", "z");
    claims.claim(OLD, API, Set.of(1L));
    claims.claim(first, API, Set.of(1L));

    assertThat(claims.of(OLD).yielded()).containsExactly(Map.entry(1L, first));
    assertThat(claims.of(first).yielded()).isEmpty();
  }

  @Test
  @DisplayName("a group that has read nothing yet knows what older ones move")
  void unread() {
    claims.claim(OLD, API, Set.of(1L));
    claims.claim(NEW, API, Set.of());

    assertThat(claims.of(NEW)).isEqualTo(new Sharing(Set.of(1L), Map.of(), Map.of()));
  }

  @Test
  @DisplayName("an id of another API is another floating IP")
  void otherApi() {
    claims.claim(OLD, API, Set.of(1L));
    claims.claim(NEW, "https://hetzner.example/v1", Set.of(1L));

    assertThat(claims.of(NEW)).isEqualTo(Sharing.NONE);
  }

  @Test
  @DisplayName("when the older group is gone the younger moves the floating IP")
  void released() {
    claims.claim(OLD, API, Set.of(1L));
    claims.claim(NEW, API, Set.of(1L));
    claims.release(OLD);

    assertThat(claims.of(NEW)).isEqualTo(Sharing.NONE);
  }

  @Test
  @DisplayName("of three groups the oldest moves, and the other two yield to it")
  void three() {
    var third = new Owner("2026-01-03T00:00:00Z", "edge", "third", "a");
    claims.claim(OLD, API, Set.of(1L));
    claims.claim(NEW, API, Set.of(1L));
    claims.claim(third, API, Set.of(1L));

    assertThat(claims.of(NEW).yielded()).containsExactly(Map.entry(1L, OLD));
    assertThat(claims.of(third).yielded()).containsExactly(Map.entry(1L, OLD));
    assertThat(claims.of(OLD).kept()).containsExactly(Map.entry(1L, NEW));
  }
}
