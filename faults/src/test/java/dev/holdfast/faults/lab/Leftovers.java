package dev.holdfast.faults.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What test runs left that were killed, and labs of this one that could not be made: namespaces,
 * the processes in them, and disks.
 */
final class Leftovers {
  private static final Pattern NAMESPACE = Pattern.compile("(" + Network.PREFIX + "(\\d+)-\\S+)");
  private static final Pattern DISK =
      Pattern.compile(" (\\S+/" + Network.PREFIX + "(\\d+)-\\S+/disk) ");

  private Leftovers() {}

  static void clear() throws IOException {
    // nobody ends while it writes to a frozen disk
    var disks = owned(DISK, Files.readAllLines(Path.of("/proc/self/mounts")).stream());
    disks.forEach(Leftovers::thaw);
    owned(NAMESPACE, Command.run("ip", "netns", "list").lines()).forEach(Leftovers::remove);
    disks.forEach(disk -> Command.run("umount", "--lazy", disk));
  }

  private static List<String> owned(Pattern pattern, Stream<String> lines) {
    return lines
        .map(pattern::matcher)
        .filter(Matcher::find)
        .filter(found -> hasNoOwner(Long.parseLong(found.group(2))))
        .map(found -> found.group(1))
        .toList();
  }

  private static boolean hasNoOwner(long pid) {
    return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
  }

  private static void thaw(String disk) {
    try {
      Command.run("fsfreeze", "--unfreeze", disk);
    } catch (IllegalStateException notFrozen) {
      // as most are
    }
  }

  private static void remove(String namespace) {
    Command.run("ip", "netns", "pids", namespace)
        .lines()
        .map(Long::parseLong)
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
    Command.run("ip", "netns", "del", namespace);
  }
}
