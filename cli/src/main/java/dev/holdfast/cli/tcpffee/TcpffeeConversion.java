package dev.holdfast.cli.tcpffee;

import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.Conversion;
import java.nio.file.Path;

/** Says as a StickyBalancer what tcpffee's configuration and environment say. */
public final class TcpffeeConversion {
  private TcpffeeConversion() {}

  /**
   * @throws BadConfiguration when tcpffee would not take the configuration
   */
  public static Conversion of(Path file, TcpffeeEnvironment environment) {
    return of(TcpffeeConfigReader.read(file, environment));
  }

  static Conversion of(TcpffeeConfig config) {
    var draft = new BalancerDraft("tcpffee");
    config.notes().forEach(draft::note);
    draft.listen(config.bindAddress(), config.ports());
    config.groups().forEach(draft::group);
    draft.stickiness(config.expiration(), config.slice());
    draft.healthyAtFirst();
    draft.admin(config.stats());
    draft.peers(config.peers());
    return draft.finished();
  }
}
