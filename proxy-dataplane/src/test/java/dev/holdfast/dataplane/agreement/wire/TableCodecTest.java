package dev.holdfast.dataplane.agreement.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.stick.Images;
import dev.holdfast.dataplane.agreement.stick.LedgerImage;
import dev.holdfast.dataplane.agreement.stick.RandomTableCommands;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Ask;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Claim;
import dev.holdfast.dataplane.agreement.stick.TableCommand.RenewLease;
import dev.holdfast.dataplane.agreement.stick.TableLedger;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.Keys;
import dev.holdfast.dataplane.sticky.StickCommand.Change;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TableCodecTest {
  private static final int ROUNDS = 3_000;

  private final TableCommandCodec commands = new TableCommandCodec();
  private final LedgerImageCodec images = new LedgerImageCodec();

  @Test
  @DisplayName("a command for a table is read as it was written")
  void commands() throws IOException {
    var history = new RandomTableCommands(new Random(1));
    var ledger = new TableLedger(1);
    var kinds = new HashSet<Class<?>>();
    for (long index = 1; index <= ROUNDS; index++) {
      var command = history.next(ledger.head());
      assertThat(commands.decode(commands.encode(command))).isEqualTo(command);
      kinds.add(command.getClass());
      ledger.apply(index, command);
    }
    assertThat(kinds).containsExactlyInAnyOrder(TableCommand.class.getPermittedSubclasses());
  }

  @Test
  @DisplayName("a ledger that was written and read goes on as the one that it was made of")
  void images() throws IOException {
    var history = new RandomTableCommands(new Random(2));
    var ledger = new TableLedger(1);
    var read = new TableLedger(images.decode(images.encode(ledger.image())), 2);
    for (long index = 1; index <= ROUNDS; index++) {
      var command = history.next(ledger.head());
      assertThat(read.apply(index, command)).isEqualTo(ledger.apply(index, command));
      if (index % 100 == 0) {
        var image = images.decode(images.encode(read.image()));
        assertSame(image, ledger.image());
        read = new TableLedger(image, index);
      }
    }
  }

  private static void assertSame(LedgerImage image, LedgerImage expected) {
    assertThat(image.index()).isEqualTo(expected.index());
    assertThat(image.head()).isEqualTo(expected.head());
    assertThat(image.lanes()).isEqualTo(expected.lanes());
    assertThat(image.fences()).isEqualTo(expected.fences());
    assertThat(List.copyOf(image.fences().keys().keySet()))
        .isEqualTo(List.copyOf(expected.fences().keys().keySet()));
    assertThat(image.machine().turns()).isEqualTo(expected.machine().turns());
    assertThat(Images.slots(image)).isEqualTo(Images.slots(expected));
  }

  @Test
  @DisplayName("the form of a command that is in somebody's log does not change")
  void formStays() {
    var process = new Incarnation(new MemberId("a", 2), 3);
    var named = "00000001" + "61" + "0000000000000002" + "0000000000000003";
    assertThat(HexFormat.of().formatHex(commands.encode(new Claim(List.of(Keys.key(258))))))
        .isEqualTo("0105" + "00000001" + "0005" + "040a000102");
    assertThat(HexFormat.of().formatHex(commands.encode(new RenewLease(process, null, 4, 5))))
        .isEqualTo("0102" + named + "00" + "0000000000000004" + "0000000000000005");
    assertThat(commands.encode(new Ask(process, 1, new Change(2, GroupState.Draining))))
        .endsWith("Draining".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  @Test
  @DisplayName("damaged bytes are refused, or are another thing; nothing else happens")
  void damaged() {
    var random = new Random(3);
    var history = new RandomTableCommands(random);
    var ledger = new TableLedger(1);
    for (long index = 1; index <= ROUNDS; index++) {
      var command = history.next(ledger.head());
      ledger.apply(index, command);
      decode(damage(commands.encode(command), random), commands);
      decode(damage(images.encode(ledger.image()), random), images);
    }
  }

  private static <T> void decode(byte[] bytes, Codec<T> codec) {
    try {
      assertThat(codec.decode(bytes)).isNotNull();
    } catch (UnreadableException e) {
      assertThat(e).hasMessageContaining("cannot read a table");
    }
  }

  /** A bit is turned, a number is made huge, or the end is missing. */
  private static byte[] damage(byte[] bytes, Random random) {
    var at = random.nextInt(bytes.length);
    return switch (random.nextInt(3)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> {
        bytes[at] = Byte.MAX_VALUE;
        yield bytes;
      }
      default -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
    };
  }

  @Test
  @DisplayName("bytes that are too short or too long are refused")
  void length() {
    var ledger = new TableLedger(1);
    ledger.apply(1, new Claim(List.of(Keys.key(1))));
    var bytes = images.encode(ledger.image());
    for (int length = 0; length < bytes.length; length++) {
      refused(Arrays.copyOf(bytes, length), "cannot read a table ledger", images);
    }
    refused(Arrays.copyOf(bytes, bytes.length + 1), "found 1 bytes more", images);
    var command = commands.encode(new Claim(List.of(Keys.key(1), Keys.key(2))));
    for (int length = 0; length < command.length; length++) {
      refused(Arrays.copyOf(command, length), "cannot read a table command", commands);
    }
  }

  @Test
  @DisplayName("an older reader refuses what a newer one wrote")
  void newer() {
    var kind = commands.encode(new Claim(List.of()));
    kind[1] = 99;
    refused(kind, "found an unknown kind, 99", commands);
    var form = images.encode(new TableLedger(1).image());
    form[Integer.BYTES] = 2;
    refused(form, "expected form 1, found form 2", images);
  }

  private static void refused(byte[] bytes, String why, Codec<?> codec) {
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(why);
  }
}
