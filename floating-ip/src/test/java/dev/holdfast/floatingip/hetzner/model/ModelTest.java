package dev.holdfast.floatingip.hetzner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {

  @ParameterizedTest(name = "label {0}")
  @DisplayName("L18 the label resource_index is a number, or there is no index")
  @CsvSource({"0, 0", "7, 7", "-1, ", "x, ", "'', ", "99999999999, ", "1.5, "})
  void index(String label, Integer index) {
    assertThat(ResourceIndex.of(Map.of("resource_index", label)))
        .isEqualTo(index == null ? OptionalInt.empty() : OptionalInt.of(index));
  }

  @Test
  @DisplayName("L18 without the label there is no index")
  void noIndex() {
    assertThat(ResourceIndex.of(Map.of("other", "1"))).isEmpty();
  }

  @ParameterizedTest(name = "{0} answers at {1}")
  @DisplayName("L17 a server's IPv6 target is its network's address plus one, a /128 as it is")
  @CsvSource({
    "2001:db8::/64, 2001:db8:0:0:0:0:0:1",
    "2001:db8:1:2::/64, 2001:db8:1:2:0:0:0:1",
    "2001:db8::ffff/112, 2001:db8:0:0:0:0:1:0",
    "2001:db8::7/128, 2001:db8:0:0:0:0:0:7",
    "2001:db8::7, 2001:db8:0:0:0:0:0:7",
  })
  void ipv6(String network, String address) {
    var server = new Server(1, "s", new Location(1, "fsn1", "eu-central"), null, network, Map.of());

    assertThat(server.ipv6Address()).isEqualTo(address);
  }

  @ParameterizedTest
  @DisplayName("what is not an IPv6 network is refused, and no name is looked up")
  @ValueSource(strings = {"", "host.example/64", "192.0.2.1/24", "2001:db8::/129", "::/x", ":"})
  void notNetworks(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ipv6Network.firstHost(text))
        .withMessageContaining("expected an IPv6 network");
  }

  @Test
  @DisplayName("a list that leads backwards or never ends is not followed")
  void paging() {
    assertThat(Paging.after(1, null)).isEqualTo(new Paging.Next.End());
    assertThat(Paging.after(1, 2)).isEqualTo(new Paging.Next.Page(2));
    assertThat(Paging.after(2, 2)).isInstanceOf(Paging.Next.Broken.class);
    assertThat(Paging.after(400, 401)).isInstanceOf(Paging.Next.Broken.class);
  }
}
