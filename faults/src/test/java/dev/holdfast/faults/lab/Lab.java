package dev.holdfast.faults.lab;

import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.Started;
import dev.holdfast.faults.record.Observation.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Replicas, backends and clients: processes on hosts that can be cut off from each other. */
final class Lab implements AutoCloseable {
  private static final Pattern PRIMARY =
      Pattern.compile("primary is (\\S+) \\(.*\\), epoch (\\d+), ");
  private static final Pattern LEADS =
      Pattern.compile("this replica (leads no longer|leads|takes no part)");

  private final LabSettings settings;
  private final Path directory;
  private final Records records = new Records();
  private final Network network;
  private final Map<String, Disk> disks = new LinkedHashMap<>();
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final List<Host> clients = new ArrayList<>();
  private final Map<String, Boolean> leads = new ConcurrentHashMap<>();

  /** Nothing runs yet. */
  Lab(LabSettings settings) throws IOException {
    Leftovers.clear();
    this.settings = settings;
    directory =
        Files.createTempDirectory(
            Files.createDirectories(settings.output()),
            Network.PREFIX + ProcessHandle.current().pid() + "-");
    var scene = settings.scene();
    network =
        new Network(
            Stream.of(members(), backends(), scene.guests()).flatMap(List::stream).toList());
    scene.guests().forEach(guest -> network.own(guest, StickClientProgram.NETWORK));
    var setting = new Setting(members(), backends(), network::address, directory);
    var manifest = Files.writeString(directory.resolve("pg.yaml"), scene.manifest(setting));
    var certificates =
        new Certificates(Files.createDirectory(directory.resolve("tls")), scene.kind());
    for (var member : members()) {
      addMember(member, manifest, certificates.write(member));
    }
    for (var backend : backends()) {
      hosts.put(
          backend, program(new Scene.Program(backend, BackendProgram.class, List.of(backend))));
    }
    scene.clients(setting).forEach(client -> clients.add(program(client)));
  }

  private void addMember(String member, Path manifest, Path tls) throws IOException {
    var own = Files.createDirectory(directory.resolve(member));
    var disk = new Disk(own);
    disks.put(member, disk);
    var command = on(member);
    command.addAll(settings.program());
    command.addAll(
        List.of("run", "--admin", "none", "--instance", member, "--tls-dir", tls.toString()));
    command.addAll(List.of("--state-dir", disk.path().toString(), manifest.toString()));
    var log = new LogFile(own.resolve("log.txt"));
    hosts.put(
        member,
        new Host(
            command,
            line -> {
              log.append(line);
              read(member, line);
            }));
  }

  /** With less right to the processor than whatever else a machine tests meanwhile. */
  private List<String> on(String host) {
    var command = new ArrayList<>(network.on(host));
    command.addAll(List.of("nice", "-n", "10"));
    return command;
  }

  private Host program(Scene.Program program) {
    var command = on(program.host());
    command.addAll(LabSettings.JAVA);
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(program.main().getName());
    command.addAll(program.args());
    return new Host(command, line -> records.add(Observation.parse(line)));
  }

  private void read(String member, String line) {
    var now = System.nanoTime();
    var primary = PRIMARY.matcher(line);
    if (primary.find()) {
      records.add(new Told(now, member, Long.parseLong(primary.group(2)), primary.group(1)));
    }
    var leading = LEADS.matcher(line);
    if (leading.find()) {
      leads.put(member, leading.group(1).equals("leads"));
    }
    if (line.contains("this replica takes no part")) {
      records.add(new Started(now, member));
    }
  }

  void start() throws IOException {
    for (var host : hosts.keySet()) {
      start(host);
    }
    for (var client : clients) {
      client.start();
    }
  }

  void start(String host) throws IOException {
    if (members().contains(host)) {
      leads.remove(host);
      records.add(new Started(System.nanoTime(), host));
    }
    hosts.get(host).start();
  }

  List<String> members() {
    return settings.members();
  }

  List<String> backends() {
    return settings.backends();
  }

  /** What a supervisor does with a host whose process has ended by itself. */
  void restartWhoGaveUp() throws IOException {
    for (var name : hosts.keySet()) {
      if (!hosts.get(name).isAlive()) {
        records.tell("start " + name);
        start(name);
      }
    }
  }

  Host host(String name) {
    return hosts.get(name);
  }

  Disk disk(String member) {
    return disks.get(member);
  }

  Network network() {
    return network;
  }

  Records records() {
    return records;
  }

  Path directory() {
    return directory;
  }

  /** As it said last. */
  boolean leads(String member) {
    return leads.getOrDefault(member, false) && hosts.get(member).isAlive();
  }

  /** When nobody comes any more: everything that was observed. */
  List<Observation> end() throws IOException {
    clients.forEach(Host::close);
    disks.values().forEach(Disk::speedUp);
    hosts.values().forEach(Host::close);
    settings.scene().notes(directory).forEach(records::add);
    records.write(directory);
    return records.observations();
  }

  @Override
  public void close() {
    clients.forEach(Host::close);
    disks.values().forEach(Disk::speedUp);
    hosts.values().forEach(Host::close);
    disks.values().forEach(Disk::close);
    network.close();
  }
}
