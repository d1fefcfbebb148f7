package dev.holdfast.dataplane.runtime.resource;

import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How each port that is wanted stands. Confined to the decision loop. */
public final class ListenerStates {
  private final Map<Listen, ListenerState> known = new HashMap<>();

  public void changed(Listen listen, ListenerState state) {
    if (state instanceof ListenerState.Closed) {
      known.remove(listen);
    } else {
      known.put(listen, state);
    }
  }

  public List<Listener> of(List<Listen> wanted) {
    return wanted.stream().map(this::of).toList();
  }

  private Listener of(Listen listen) {
    return switch (known.getOrDefault(listen, new ListenerState.Closed())) {
      case ListenerState.Open(var address, var port) ->
          new Listener(address, port, Listener.State.Open, null);
      case ListenerState.Closed() ->
          new Listener(listen.address(), listen.port(), Listener.State.Closed, null);
      case ListenerState.Failed(var message) ->
          new Listener(listen.address(), listen.port(), Listener.State.Failed, message);
    };
  }
}
