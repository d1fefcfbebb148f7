import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Clients that nobody knows: each connects from a loopback address that no other has, waits for one
 * byte, and goes. Usage: {@code java Callers.java FIRST SECONDS (atonce N | persecond N) PORT...}
 * with the number of the first address. Prints clients that were answered, clients that were not,
 * seconds, and the median, 99th percentile and maximum of the time from connect to byte, in
 * milliseconds.
 */
class Callers {
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /** Addresses are 127.X.Y.Z with Z from 1 to 250. */
  private static final int IN_A_ROW = 250;

  private static final class Call {
    final SocketChannel channel;
    final long dueAt;

    Call(SocketChannel channel, long dueAt) {
      this.channel = channel;
      this.dueAt = dueAt;
    }
  }

  private final Selector selector = Selector.open();
  private final ByteBuffer read = ByteBuffer.allocate(64);
  private final int[] ports;
  private final long first;
  private final ArrayDeque<Call> open = new ArrayDeque<>();
  private long[] took = new long[1 << 20];
  private int answered;
  private long failed;
  private long started;
  private int under;

  private Callers(long first, int[] ports) throws IOException {
    this.first = first;
    this.ports = ports;
  }

  public static void main(String[] args) throws IOException {
    var ports = Stream.of(args).skip(4).mapToInt(Integer::parseInt).toArray();
    var callers = new Callers(Long.parseLong(args[0]), ports);
    var nanos = Long.parseLong(args[1]) * 1_000_000_000L;
    var number = Integer.parseInt(args[3]);
    var begin = System.nanoTime();
    if (args[2].equals("atonce")) {
      callers.atOnce(number, begin + nanos);
    } else {
      callers.perSecond(number, begin, nanos);
    }
    callers.print((System.nanoTime() - begin) / 1e9);
  }

  private void atOnce(int number, long end) throws IOException {
    while (System.nanoTime() < end) {
      while (under < number) {
        call(System.nanoTime());
      }
      look(1);
    }
    drain();
  }

  /** Counts from when a client was to come: one that comes late because of us has waited. */
  private void perSecond(int number, long begin, long nanos) throws IOException {
    for (long now = begin; now < begin + nanos; now = System.nanoTime()) {
      for (; started < (now - begin) / 1e9 * number; started++) {
        callAs(started, begin + (long) (started * (1e9 / number)));
      }
      look(1);
    }
    drain();
  }

  private void drain() throws IOException {
    for (long end = System.nanoTime() + PATIENCE_NANOS; under > 0 && System.nanoTime() < end; ) {
      look(10);
    }
    failed += under;
  }

  private void call(long dueAt) throws IOException {
    callAs(started++, dueAt);
  }

  private void callAs(long number, long dueAt) throws IOException {
    var channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.bind(new InetSocketAddress(address(first + number), 0));
    var call = new Call(channel, dueAt);
    var to = new InetSocketAddress("127.0.0.1", ports[(int) (number % ports.length)]);
    var connected = channel.connect(to);
    channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, call);
    open.add(call);
    under++;
  }

  private static String address(long number) {
    var row = number / IN_A_ROW;
    return "127.%d.%d.%d".formatted(2 + row / 256, row % 256, 1 + number % IN_A_ROW);
  }

  private void look(long millis) throws IOException {
    selector.select(this::go, millis);
    while (!open.isEmpty()
        && (!open.peek().channel.isOpen()
            || System.nanoTime() - open.peek().dueAt > PATIENCE_NANOS)) {
      var call = open.poll();
      if (call.channel.isOpen()) {
        end(call, false);
      }
    }
  }

  private void go(SelectionKey key) {
    var call = (Call) key.attachment();
    try {
      if (key.isConnectable()) {
        call.channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
      } else if (key.isReadable()) {
        end(call, call.channel.read(read.clear()) > 0);
      }
    } catch (IOException e) {
      end(call, false);
    }
  }

  private void end(Call call, boolean good) {
    under--;
    if (good) {
      if (answered == took.length) {
        took = Arrays.copyOf(took, 2 * answered);
      }
      took[answered++] = System.nanoTime() - call.dueAt;
    } else {
      failed++;
    }
    try {
      call.channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void print(double seconds) {
    var sorted = Arrays.copyOf(took, answered);
    Arrays.sort(sorted);
    System.out.printf(
        "%d %d %.2f %.2f %.2f %.2f%n",
        answered, failed, seconds, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
  }
}
