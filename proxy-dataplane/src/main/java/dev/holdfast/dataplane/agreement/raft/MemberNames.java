package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/** Members as the library names them: in the form of {@link MemberId#toString}. */
final class MemberNames {
  private static final int HEX = 16;

  private MemberNames() {}

  static RaftPeerId id(MemberId member) {
    return RaftPeerId.valueOf(member.toString());
  }

  /**
   * @throws IllegalArgumentException when it is no member's name
   */
  static MemberId parse(String name) {
    var end = name.lastIndexOf('~');
    if (end < 1) {
      throw new IllegalArgumentException("expected PEER~DISK, found " + name);
    }
    return new MemberId(
        name.substring(0, end), Long.parseUnsignedLong(name, end + 1, name.length(), HEX));
  }

  static List<RaftPeer> peers(Collection<MemberId> members) {
    return members.stream()
        .sorted()
        .map(member -> RaftPeer.newBuilder().setId(id(member)).build())
        .toList();
  }

  static Set<MemberId> members(Collection<RaftPeer> peers) {
    return peers.stream()
        .map(peer -> parse(peer.getId().toString()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
