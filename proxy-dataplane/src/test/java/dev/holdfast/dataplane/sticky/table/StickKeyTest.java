package dev.holdfast.dataplane.sticky.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StickKeyTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.255, 32, 192.0.2.255",
    "192.0.2.255, 28, 192.0.2.240",
    "192.0.2.255, 24, 192.0.2.0",
    "192.0.2.255, 0, 0.0.0.0",
    "2001:db8:ffff::ff, 48, 2001:db8:ffff:0:0:0:0:0",
    "2001:db8:ffff::ff, 45, 2001:db8:fff8:0:0:0:0:0",
    "2001:db8:ffff::ff, 128, 2001:db8:ffff:0:0:0:0:ff"
  })
  @DisplayName("Only the prefix of an address counts")
  void prefix(String address, int prefix, String text) throws Exception {
    assertThat(StickKey.of(InetAddress.getByName(address), prefix)).hasToString(text);
  }

  @Test
  @DisplayName("A key with first bytes is another one than that without, and shows them")
  void firstBytes() throws Exception {
    var key = StickKey.of(InetAddress.getByName("192.0.2.1"), 32);
    assertThat(key.with(new byte[] {0, -1}))
        .hasToString("192.0.2.1/00ff")
        .isEqualTo(key.with(new byte[] {0, -1}))
        .hasSameHashCodeAs(key.with(new byte[] {0, -1}))
        .isNotEqualTo(key)
        .isNotEqualTo(key.with(new byte[] {0}));
    assertThat(key.with(new byte[] {0}).address()).isEqualTo(key.address());
    assertThat(key.with(new byte[5_000])).isEqualTo(key.with(new byte[1_024]));
  }

  @Test
  @DisplayName("A prefix that the address does not have is refused")
  void tooLong() throws Exception {
    var address = InetAddress.getByName("192.0.2.1");
    assertThatThrownBy(() -> StickKey.of(address, 33)).hasMessageContaining("at most 32 bits");
    assertThatThrownBy(() -> StickKey.of(address, -1)).hasMessageContaining("found -1");
  }
}
