package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.server.ServerFactory;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/** Names {@link PeerRpc} to the library, which makes one of these by its class's name. */
public final class PeerRpcType implements RpcType {

  /**
   * What the library hands through to {@link PeerRpc}.
   *
   * @param calls where peers' calls are answered; they may block for as long as a disk does
   * @param within how long a call between members may take
   */
  record Wiring(PeerNetwork network, Executor calls, Followers followers, Duration within) {
    private static final String KEY = Wiring.class.getName();

    Parameters parameters() {
      var parameters = new Parameters();
      parameters.put(KEY, this, Wiring.class);
      return parameters;
    }
  }

  @Override
  public String name() {
    return PeerRpcType.class.getName();
  }

  @Override
  public ServerFactory newFactory(Parameters parameters) {
    var wiring = parameters.getNonNull(Wiring.KEY, Wiring.class);
    return new ServerFactory() {
      @Override
      public RaftServerRpc newRaftServerRpc(RaftServer server) {
        return new PeerRpc(server, wiring);
      }

      @Override
      public LogAppender newLogAppender(
          RaftServer.Division server, LeaderState leader, FollowerInfo follower) {
        return wiring
            .followers()
            .add(leader, LogAppender.newLogAppenderDefault(server, leader, follower));
      }

      @Override
      public RpcType getRpcType() {
        return PeerRpcType.this;
      }
    };
  }
}
