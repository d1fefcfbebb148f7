package dev.holdfast.cli.flipper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.cli.flipper.FlipperConfig.Group;
import dev.holdfast.cli.flipper.FlipperConfig.Secret;
import dev.holdfast.health.reference.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says as FloatingIpGroups what flipper's configuration says. */
public final class FlipperConversion {
  private static final Reference HEARTBEAT = Reference.secret("flipper-heartbeat", "url");
  private static final Reference MATTERMOST = Reference.secret("flipper-mattermost", "url");

  private final FlipperConfig config;
  private final List<String> notes;
  private final Map<Reference, String> secrets = new LinkedHashMap<>();

  private FlipperConversion(FlipperConfig config) {
    this.config = config;
    notes = new ArrayList<>(config.notes());
  }

  /**
   * @param environment whose FLIPPER_ variables count more than the file
   * @throws IllegalArgumentException when the flags are wrong
   * @throws BadConfiguration when flipper would not take the configuration
   */
  public static Conversion of(FlipperFlags flags, Map<String, String> environment) {
    return of(FlipperConfigReader.read(Path.of(flags.file()), environment));
  }

  static Conversion of(FlipperConfig config) {
    return new FlipperConversion(config).convert();
  }

  private Conversion convert() {
    var names = DnsLabels.of(config.groups().stream().map(Group::id).toList(), "group");
    var manifests = new ArrayList<ObjectNode>();
    for (int i = 0; i < names.size(); i++) {
      manifests.add(manifest(config.groups().get(i), names.get(i)));
    }
    if (config.heartbeat().isPresent() && names.size() > 1) {
      notes.add(
          "Each group sends the heartbeat by itself: give each a URL of its own, or one that"
              + " stands still is not missed.");
    }
    return new Conversion(manifests, notes, secrets);
  }

  private ObjectNode manifest(Group group, String name) {
    var draft = new GroupDraft(name);
    draft.provider(
        group.hetzner(),
        keep(Reference.secret(name + "-hetzner", "token"), group.hetzner().apiToken()));
    draft.polling(group.pollInterval(), group.pollTimeout());
    draft.planning(group.readOnly(), group.applyWithUnknownStatus(), group.applyTimeout());
    draft.checks(group.checks());
    config
        .heartbeat()
        .ifPresent(heartbeat ->
            draft.heartbeat(
                keep(HEARTBEAT, heartbeat.url()), heartbeat.interval(), heartbeat.timeout()));
    config
        .mattermost()
        .ifPresent(target ->
            draft.mattermost(keep(MATTERMOST, target.url()), target.username(), target.channel()));
    draft.notes().forEach(note -> notes.add(group.id() + ": " + note));
    return draft.tree();
  }

  private Reference keep(Reference place, Secret secret) {
    secrets.put(place, secret.value());
    return place;
  }
}
