package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/** The socket options that the relay sets; one that is as wanted already costs no system call. */
class EpollTcpConfig extends DefaultChannelConfig {
  private final Socket socket;
  private boolean noDelay;
  private boolean keepAlive;

  /**
   * @param noDelay as the socket has it
   * @param keepAlive as the socket has it
   */
  EpollTcpConfig(
      io.netty.channel.Channel channel, Socket socket, boolean noDelay, boolean keepAlive) {
    super(channel);
    this.socket = socket;
    this.noDelay = noDelay;
    this.keepAlive = keepAlive;
  }

  boolean noDelay() {
    return noDelay;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  @Override
  @SuppressWarnings("unchecked") // an option's type is that of its value
  public <T> T getOption(ChannelOption<T> option) {
    if (option.equals(ChannelOption.TCP_NODELAY)) {
      return (T) Boolean.valueOf(noDelay);
    }
    if (option.equals(ChannelOption.SO_KEEPALIVE)) {
      return (T) Boolean.valueOf(keepAlive);
    }
    return super.getOption(option);
  }

  @Override
  public <T> boolean setOption(ChannelOption<T> option, T value) {
    try {
      if (option.equals(ChannelOption.TCP_NODELAY)) {
        setNoDelay((Boolean) value);
      } else if (option.equals(ChannelOption.SO_KEEPALIVE)) {
        setKeepAlive((Boolean) value);
      } else if (option.equals(ChannelOption.SO_LINGER)) {
        socket.setSoLinger((Integer) value);
      } else {
        return super.setOption(option, value);
      }
      return true;
    } catch (IOException e) {
      throw new ChannelException(e);
    }
  }

  private void setNoDelay(boolean wanted) throws IOException {
    if (wanted != noDelay) {
      socket.setTcpNoDelay(wanted);
      noDelay = wanted;
    }
  }

  private void setKeepAlive(boolean wanted) throws IOException {
    if (wanted != keepAlive) {
      socket.setKeepAlive(wanted);
      keepAlive = wanted;
    }
  }
}
