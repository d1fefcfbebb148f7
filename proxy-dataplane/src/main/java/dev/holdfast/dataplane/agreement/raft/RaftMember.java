package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** One member as the library runs it. */
final class RaftMember {
  private static final Duration START = Duration.ofSeconds(30);

  private final RaftServer server;
  private final RaftServer.Division division;
  private final RaftGroupId group;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  private RaftMember(RaftServer server, RaftGroupId group) throws IOException {
    this.server = server;
    this.group = group;
    division = server.getDivision(group);
  }

  /**
   * @throws IOException also when the library neither starts nor fails within half a minute
   */
  static RaftMember start(LogOptions options, PeerRpcType.Wiring wiring, StateMachine replica)
      throws IOException {
    var group = RaftGroupId.valueOf(options.group());
    var start =
        new FutureTask<>(() -> {
          var server =
              RaftServer.newBuilder()
                  .setServerId(MemberNames.id(options.self()))
                  .setGroup(RaftGroup.valueOf(group, MemberNames.peers(options.initial())))
                  .setProperties(Settings.of(options))
                  .setParameters(wiring.parameters())
                  .setStateMachine(replica)
                  .setOption(RaftStorage.StartupOption.RECOVER)
                  .build();
          try {
            server.start();
            return new RaftMember(server, group);
          } catch (IOException | RuntimeException | Error e) {
            server.close();
            throw e;
          }
        });
    Thread.ofPlatform().name("holdfast-log-start").daemon().start(start);
    try {
      return start.get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          "%s: the log does not start (%s)".formatted(options.directory(), e.getCause()),
          e.getCause());
    } catch (TimeoutException e) {
      start.cancel(true);
      throw new IOException(
          "%s: the log did not start within %s".formatted(options.directory(), START), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("ended while the log started", e);
    }
  }

  boolean leads() {
    return division.getInfo().isLeaderReady();
  }

  Optional<MemberId> leader() {
    return Optional.ofNullable(division.getInfo().getLeaderId())
        .map(RaftPeerId::toString)
        .map(MemberNames::parse);
  }

  Set<MemberId> members() {
    return MemberNames.members(division.getRaftConf().getCurrentPeers());
  }

  /** Done with the entry's index once it is committed and applied. May block. */
  CompletableFuture<Long> submit(Batch batch) {
    var request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(server.getId())
            .setGroupId(group)
            .setCallId(calls.incrementAndGet())
            .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(batch.bytes())))
            .setType(RaftClientRequest.writeRequestType())
            .build();
    try {
      return server.submitClientRequestAsync(request).thenCompose(RaftMember::index);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Changes the members from those to these, with majorities of both. May block. */
  CompletableFuture<Void> change(Set<MemberId> from, Set<MemberId> to) {
    var arguments =
        SetConfigurationRequest.Arguments.newBuilder()
            .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
            .setServersInCurrentConf(MemberNames.peers(from))
            .setServersInNewConf(MemberNames.peers(to))
            .build();
    var request =
        new SetConfigurationRequest(
            client, server.getId(), group, calls.incrementAndGet(), arguments);
    try {
      return server
          .setConfigurationAsync(request)
          .thenCompose(RaftMember::index)
          .thenAccept(_ -> {});
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletableFuture<Long> index(RaftClientReply reply) {
    return reply.isSuccess()
        ? CompletableFuture.completedFuture(reply.getLogIndex())
        : CompletableFuture.failedFuture(reply.getException());
  }

  /**
   * @return whether it has ended within that time
   */
  boolean close(Duration within) {
    var close =
        new FutureTask<>(() -> {
          server.close();
          return true;
        });
    Thread.ofPlatform().name("holdfast-log-close").daemon().start(close);
    try {
      return close.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
