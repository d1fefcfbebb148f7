package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.peer.PeerNetwork.Subject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.jspecify.annotations.Nullable;

/**
 * The library's calls between members, over the peers' own network. A call is for one member, not
 * for whoever has its name by now: another disk's is refused.
 */
final class PeerRpc implements RaftServerRpc {
  /** A snapshot is written to a disk before the answer. */
  private static final int SNAPSHOT_PATIENCE = 10;

  private static final byte VOTE = 1;
  private static final byte APPEND = 2;
  private static final byte SNAPSHOT = 3;
  private static final byte ELECT = 4;

  private final RaftServer server;
  private final PeerRpcType.Wiring wiring;

  PeerRpc(RaftServer server, PeerRpcType.Wiring wiring) {
    this.server = server;
    this.wiring = wiring;
  }

  @Override
  public void start() {
    wiring.network().answer(Subject.Log, this::answer);
  }

  @Override
  public void close() {
    wiring
        .network()
        .answer(
            Subject.Log,
            (from, question) ->
                CompletableFuture.failedFuture(new LogUnavailable("this member's log is closed")));
  }

  @Override
  public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
    return RequestVoteReplyProto.parseFrom(
        ask(VOTE, request.getServerRequest(), request, wiring.within()));
  }

  @Override
  public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request)
      throws IOException {
    return AppendEntriesReplyProto.parseFrom(
        ask(APPEND, request.getServerRequest(), request, wiring.within()));
  }

  @Override
  public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request)
      throws IOException {
    var within = wiring.within().multipliedBy(SNAPSHOT_PATIENCE);
    return InstallSnapshotReplyProto.parseFrom(
        ask(SNAPSHOT, request.getServerRequest(), request, within));
  }

  @Override
  public StartLeaderElectionReplyProto startLeaderElection(StartLeaderElectionRequestProto request)
      throws IOException {
    return StartLeaderElectionReplyProto.parseFrom(
        ask(ELECT, request.getServerRequest(), request, wiring.within()));
  }

  private byte[] ask(byte kind, RaftRpcRequestProto header, MessageLite request, Duration within)
      throws IOException {
    var to = MemberNames.parse(header.getReplyId().toStringUtf8());
    var question =
        ByteBuffer.allocate(1 + request.getSerializedSize())
            .put(kind)
            .put(request.toByteString().asReadOnlyByteBuffer())
            .array();
    try {
      return wiring
          .network()
          .ask(to.peer(), Subject.Log, question, within)
          .toCompletableFuture()
          .get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("no answer from " + to, e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no answer from %s within %s".formatted(to, within), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("ended while waiting for " + to);
    }
  }

  private CompletionStage<byte[]> answer(String from, byte[] question) {
    try {
      return CompletableFuture.supplyAsync(() -> reply(from, question), wiring.calls())
          .thenCompose(reply -> reply)
          .thenApply(MessageLite::toByteArray);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new LogUnavailable("too many calls are being answered", e));
    }
  }

  private CompletionStage<? extends MessageLite> reply(String from, byte[] question) {
    try {
      return call(from, question);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<? extends MessageLite> call(String from, byte[] question)
      throws IOException {
    if (question.length == 0) {
      throw new IOException("expected a call, found nothing");
    }
    var body = ByteString.copyFrom(question, 1, question.length - 1);
    return switch (question[0]) {
      case VOTE -> {
        var request = RequestVoteRequestProto.parseFrom(body);
        check(from, request.getServerRequest());
        yield CompletableFuture.completedFuture(server.requestVote(request));
      }
      case APPEND -> {
        var request = AppendEntriesRequestProto.parseFrom(body);
        check(from, request.getServerRequest());
        yield server.appendEntriesAsync(request);
      }
      case SNAPSHOT -> {
        var request = InstallSnapshotRequestProto.parseFrom(body);
        check(from, request.getServerRequest());
        yield CompletableFuture.completedFuture(server.installSnapshot(request));
      }
      case ELECT -> {
        var request = StartLeaderElectionRequestProto.parseFrom(body);
        check(from, request.getServerRequest());
        yield CompletableFuture.completedFuture(server.startLeaderElection(request));
      }
      default -> throw new IOException("found an unknown call, " + question[0]);
    };
  }

  private void check(String from, RaftRpcRequestProto header) throws IOException {
    var to = RaftPeerId.valueOf(header.getReplyId());
    if (!to.equals(server.getId())) {
      throw new IOException(
          "expected a call for %s, found one for %s".formatted(server.getId(), to));
    }
    var asker = MemberNames.parse(header.getRequestorId().toStringUtf8());
    if (!asker.peer().equals(from)) {
      throw new IOException("expected a call by %s, found one by %s".formatted(from, asker));
    }
  }

  @Override
  public void addRaftPeers(Collection<RaftPeer> peers) {}

  @Override
  public void handleException(RaftPeerId peer, Exception e, boolean reconnect) {}

  @Override
  public @Nullable InetSocketAddress getInetSocketAddress() {
    return null;
  }

  @Override
  public RpcType getRpcType() {
    return new PeerRpcType();
  }
}
