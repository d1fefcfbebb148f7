package dev.holdfast.cli.tcpffee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.tcpffee.Peers.Peer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final Set<String> MACHINE = Set.of("02:00:00:00:00:0a", "02:00:00:00:00:ff");

  private static Peers peers(String... hardware) {
    return new Peers(List.of(hardware).stream().map(mac -> new Peer("host", mac)).toList(), 2342);
  }

  @Test
  @DisplayName("S14 A peer is the one that has an interface of this machine, however it is written")
  void owner() {
    assertThat(peers("02:00:00:00:00:01", "02-00-00-00-00-0A", "").owner(MACHINE))
        .contains("peer-1");
  }

  @Test
  @DisplayName("S14 None, two and a lone one are nobody in particular")
  void nobody() {
    assertThat(peers("02:00:00:00:00:01", "", "").owner(MACHINE)).isEmpty();
    assertThat(peers("02:00:00:00:00:0a", "02:00:00:00:00:ff", "").owner(MACHINE)).isEmpty();
    assertThat(peers("02:00:00:00:00:0a").owner(MACHINE)).isEmpty();
  }

  @Test
  @DisplayName("S14 The machine's own addresses are read as they are compared")
  void ofMachine() {
    assertThat(HardwareAddresses.ofMachine()).allMatch(Peers::isHardwareAddress);
  }
}
