package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Comparator;
import java.util.Map;

/** The places of the cloud. */
final class Locations {
  private static final Map<String, Comparator<FakeLocation>> SORTS =
      Map.of(
          "id", Comparator.comparingLong(FakeLocation::id),
          "name", Comparator.comparing(FakeLocation::name));

  private Locations() {}

  static FakeLocation byNameOrId(String text) {
    return FakeLocation.ALL.stream()
        .filter(at -> at.name().equals(text) || String.valueOf(at.id()).equals(text))
        .findFirst()
        .orElseThrow(() -> ApiError.invalid("home_location", "there is no '" + text + "'"));
  }

  static ApiReply list(Occasion occasion) {
    var request = occasion.request();
    var found =
        FakeLocation.ALL.stream().filter(at -> Selectors.named(request, at.name())).toList();
    return new Listing<>("locations", SORTS, ObjectJson::of)
        .page(request, found, occasion.project().settings().clampPerPage());
  }

  static ApiReply get(Occasion occasion) {
    var id = occasion.id(1);
    var body = JsonNodeFactory.instance.objectNode();
    FakeLocation.ALL.stream()
        .filter(at -> at.id() == id)
        .findFirst()
        .ifPresentOrElse(
            at -> body.set("location", ObjectJson.of(at)),
            () -> {
              throw ApiError.notFound("location", id);
            });
    return new ApiReply(200, body);
  }
}
