import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog.Applier;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.peer.PeerAddress;
import dev.holdfast.dataplane.agreement.peer.PeerLimits;
import dev.holdfast.dataplane.agreement.peer.PeerOptions;
import dev.holdfast.dataplane.agreement.peer.TlsPeerNetwork;
import dev.holdfast.dataplane.agreement.raft.LogOptions;
import dev.holdfast.dataplane.agreement.raft.RaftLog;
import dev.holdfast.dataplane.agreement.wire.CommandCodec;
import dev.holdfast.dataplane.agreement.wire.LedgerCodec;
import dev.holdfast.dataplane.config.ResourceKey;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * One member: NAME DIRECTORY NAME=PORT... On its input it is told {@code leader}, {@code rss} and
 * {@code load CALLERS SECONDS}; each is answered with one line.
 */
final class LogBenchmark {
  private static final UUID GROUP = new UUID(1, 2);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final MemberId self;
  private final RaftLog<Command, Ledger> log;

  private LogBenchmark(String name, Path directory, Map<String, Integer> ports) throws Exception {
    self = new MemberId(name, 1);
    var peers = new HashMap<String, PeerAddress>();
    var members = new HashSet<MemberId>();
    ports.forEach((peer, port) -> {
      peers.put(peer, new PeerAddress("127.0.0.1", port));
      members.add(new MemberId(peer, 1));
    });
    var options =
        new PeerOptions(
            name,
            new ResourceKey("FailoverProxy", "default", "pg"),
            "",
            new InetSocketAddress("127.0.0.1", ports.get(name)),
            directory.resolve("tls"),
            PeerLimits.standard());
    var network = TlsPeerNetwork.start(options, new Random());
    network.configure(peers);
    log =
        RaftLog.open(
            LogOptions.of(GROUP, self, members, directory.resolve("log")),
            new CommandCodec(),
            new LedgerCodec(),
            network,
            why -> System.out.println("stopped: " + why));
    log.onApply(new Ledgers());
  }

  public static void main(String[] arguments) throws Exception {
    // what is told goes to the standard output, which is for answers, and would be measured, too
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    var ports = new HashMap<String, Integer>();
    for (var peer : List.of(arguments).subList(2, arguments.length)) {
      var parts = peer.split("=");
      ports.put(parts[0], Integer.valueOf(parts[1]));
    }
    var member = new LogBenchmark(arguments[0], Path.of(arguments[1]), ports);
    var in = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = in.readLine()) != null; ) {
      System.out.println(member.answer(line.split(" ")));
    }
    System.exit(0);
  }

  private String answer(String[] question) throws Exception {
    return switch (question[0]) {
      case "leader" -> log.leader().map(MemberId::peer).orElse("nobody");
      case "rss" -> rss();
      case "load" -> load(Integer.parseInt(question[1]), Integer.parseInt(question[2]));
      default -> throw new IllegalArgumentException(question[0]);
    };
  }

  private static String rss() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .map(line -> line.replaceAll("\\D", ""))
        .findFirst()
        .orElseThrow();
  }

  /** Each caller proposes again as soon as its last one is committed. */
  private String load(int callers, int seconds) throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    var tasks = new ArrayList<Callable<long[]>>();
    for (var caller = 0; caller < callers; caller++) {
      var incarnation = new Incarnation(self, caller);
      tasks.add(() -> propose(incarnation, end));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(tasks);
      var all = new ArrayList<long[]>();
      for (var result : results) {
        all.add(result.get());
      }
      var nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return String.format(
          Locale.ROOT,
          "%d %.3f %.3f",
          nanos.length / seconds,
          nanos[nanos.length / 2] / 1e6,
          nanos[(int) (nanos.length * 0.99)] / 1e6);
    }
  }

  private long[] propose(Incarnation incarnation, long end) throws Exception {
    var took = new long[1024];
    var count = 0;
    for (var begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
      try {
        log.propose(new Command.RenewLease(incarnation, count, 0))
            .toCompletableFuture()
            .get(LONG.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException _) {
        continue;
      }
      if (count == took.length) {
        took = Arrays.copyOf(took, 2 * count);
      }
      took[count++] = System.nanoTime() - begin;
    }
    return Arrays.copyOf(took, count);
  }

  private static final class Ledgers implements Applier<Command, Ledger> {
    private Ledger ledger = Ledger.empty();

    @Override
    public void apply(long index, Command command) {
      ledger = ledger.apply(index, command);
    }

    @Override
    public Ledger snapshot() {
      return ledger;
    }

    @Override
    public void install(long index, Ledger snapshot) {
      ledger = snapshot;
    }

    @Override
    public void leads(boolean leading) {}

    @Override
    public void membersChanged(Set<MemberId> members) {}
  }
}
