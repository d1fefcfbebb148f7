package dev.holdfast.dataplane.agreement.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.ledger.Command.EndHooks;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.failover.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static final int ROUNDS = 2_000;

  private final CommandCodec commands = new CommandCodec();
  private final LedgerCodec ledgers = new LedgerCodec();

  @Test
  @DisplayName("a command is read as it was written")
  void commands() throws IOException {
    var samples = new Samples(new Random(1));
    for (var round = 0; round < ROUNDS; round++) {
      var command = samples.command();
      assertThat(commands.decode(commands.encode(command))).isEqualTo(command);
    }
  }

  @Test
  @DisplayName("a ledger is read as it was written")
  void ledgers() throws IOException {
    var samples = new Samples(new Random(2));
    assertThat(ledgers.decode(ledgers.encode(Ledger.empty()))).isEqualTo(Ledger.empty());
    for (var round = 0; round < ROUNDS; round++) {
      var ledger = samples.ledger();
      assertThat(ledgers.decode(ledgers.encode(ledger))).isEqualTo(ledger);
    }
  }

  @Test
  @DisplayName("the form of a command that is in somebody's log does not change")
  void formStays() {
    assertThat(HexFormat.of().formatHex(commands.encode(new EndHooks(0x102, true))))
        .isEqualTo("0107" + "0000000000000102" + "01");
    assertThat(commands.encode(new LeavePrimary(1, Reason.CheckFailed)))
        .endsWith("CheckFailed".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  @Test
  @DisplayName("damaged bytes are refused, or are another command; nothing else happens")
  void damaged() {
    var random = new Random(3);
    var samples = new Samples(random);
    for (var round = 0; round < ROUNDS; round++) {
      decode(damage(commands.encode(samples.command()), random), commands);
      decode(damage(ledgers.encode(samples.ledger()), random), ledgers);
    }
  }

  private static <T> void decode(byte[] bytes, Codec<T> codec) {
    try {
      assertThat(codec.decode(bytes)).isNotNull();
    } catch (UnreadableException e) {
      assertThat(e).hasMessageContaining("cannot read a");
    }
  }

  private static byte[] damage(byte[] bytes, Random random) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  @Test
  @DisplayName("bytes that are too short or too long are refused")
  void length() {
    var samples = new Samples(new Random(4));
    for (var round = 0; round < 100; round++) {
      var bytes = commands.encode(samples.command());
      for (var length = 0; length < bytes.length; length++) {
        refused(Arrays.copyOf(bytes, length), "cannot read a command");
      }
      refused(Arrays.copyOf(bytes, bytes.length + 1), "expected its end, found 1 bytes more");
    }
  }

  @Test
  @DisplayName("an older reader refuses what a newer one wrote")
  void newer() {
    var kind = commands.encode(new EndHooks(1, false));
    kind[1] = 99;
    refused(kind, "found an unknown kind, 99; it is damaged, or written by a newer holdfast");
    var form = commands.encode(new EndHooks(1, false));
    form[0] = 2;
    refused(form, "expected form 1, found form 2");
    var reason = commands.encode(new LeavePrimary(1, Reason.Failback));
    reason[reason.length - 1] = 'K';
    refused(reason, "found an unknown reason, FailbacK");
  }

  private void refused(byte[] bytes, String why) {
    assertThatThrownBy(() -> commands.decode(bytes))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(why);
  }
}
