package dev.holdfast.dataplane.agreement.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;

/**
 * What a log's files hold, each entry against its checksum.
 *
 * @param first the index of its first entry; 0 for an empty log
 * @param last the index of its last entry; -1 for an empty log
 * @param term the newest one in it
 * @param members the entries about the members, by their index
 */
record Segments(long first, long last, long term, Map<Long, LogEntryProto> members) {
  private static final Pattern NAME = Pattern.compile("log_(inprogress_)?(\\d+)(?:-(\\d+))?");

  private record Segment(Path file, long begin, long end) {
    boolean open() {
      return end == Long.MAX_VALUE;
    }
  }

  static Segments read(Path directory) throws IOException {
    var first = 0L;
    var next = -1L;
    var term = new long[1];
    var members = new HashMap<Long, LogEntryProto>();
    for (var segment : list(directory)) {
      if (next < 0) {
        first = segment.begin;
        next = first;
      }
      if (segment.begin != next) {
        throw new LogDamaged(
            segment.file, "expected it to begin with entry %d, found a gap".formatted(next));
      }
      var found =
          count(
              segment,
              entry -> {
                term[0] = Math.max(term[0], entry.getTerm());
                if (entry.hasConfigurationEntry()) {
                  members.put(entry.getIndex(), entry);
                }
              });
      if (!segment.open() && found != segment.end - segment.begin + 1) {
        throw new LogDamaged(
            segment.file, "expected entries up to %d, found %d".formatted(segment.end, found));
      }
      next += found;
    }
    return new Segments(first, Math.max(next, 0) - 1, term[0], members);
  }

  private static int count(Segment segment, Consumer<LogEntryProto> each) throws IOException {
    var path = LogSegmentPath.matchLogSegment(segment.file);
    if (path == null) {
      return 0;
    }
    try {
      return LogSegment.readSegmentFile(
          segment.file.toFile(),
          path.getStartEnd(),
          Settings.ENTRY,
          CorruptionPolicy.EXCEPTION,
          null,
          each);
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      throw new LogDamaged(
          segment.file, "expected whole entries, found otherwise (%s)".formatted(e.getMessage()));
    }
  }

  private static List<Segment> list(Path directory) throws IOException {
    var segments = new ArrayList<Segment>();
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        var name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          var end = name.group(3) == null ? Long.MAX_VALUE : Long.parseLong(name.group(3));
          segments.add(new Segment(file, Long.parseLong(name.group(2)), end));
        }
      }
    }
    segments.sort(Comparator.comparingLong(Segment::begin));
    return segments;
  }
}
