package dev.holdfast.cli.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** A FailoverProxy in the making. */
public final class ProxyDraft {
  private final ObjectNode tree = JsonNodeFactory.instance.objectNode();
  private final ObjectNode spec;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param prefix of the resource's name; the port follows, so that several do not clash
   * @throws IllegalArgumentException when the address to listen on is a name without an address
   */
  public ProxyDraft(String prefix, Endpoint listen) {
    tree.put("apiVersion", "holdfast.dev/v1alpha1").put("kind", "FailoverProxy");
    tree.putObject("metadata").put("name", prefix + "-" + listen.port());
    spec = tree.putObject("spec");
    var node = spec.putObject("listen").put("port", listen.port());
    if (!listen.host().isEmpty() && !listen.host().equals("::")) {
      node.put("address", address(listen.host()));
    }
  }

  /** In order of preference. */
  public ProxyDraft backends(List<Endpoint> endpoints) {
    var names = BackendNames.of(endpoints);
    var list = spec.putArray("backends");
    for (int i = 0; i < endpoints.size(); i++) {
      list.addObject()
          .put("name", names.get(i))
          .put("host", endpoints.get(i).host())
          .put("port", endpoints.get(i).port());
    }
    return this;
  }

  /** The map at this path below spec, such as {@code selection.retryBackoff}. */
  public ObjectNode at(String path) {
    var node = spec;
    for (var field : path.split("\\.")) {
      node = node.withObjectProperty(field);
    }
    return node;
  }

  /** A new last entry of a list below spec. */
  public ObjectNode entryOf(String list, String name) {
    return spec.withArrayProperty(list).addObject().put("name", name);
  }

  public ProxyDraft note(String note) {
    notes.add(note);
    return this;
  }

  public Conversion finished() {
    return new Conversion(tree, notes);
  }

  private String address(String host) {
    if (host.contains(":") || host.matches("[0-9.]+")) {
      return host;
    }
    try {
      var address = InetAddress.getByName(host).getHostAddress();
      note("Listens on %s, which is the address of %s now.".formatted(address, host));
      return address;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "expected an address to listen on, found '%s', which has none".formatted(host), e);
    }
  }
}
