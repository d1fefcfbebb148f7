package dev.holdfast.floatingip.fake;

import java.util.Map;
import java.util.function.Predicate;

/** What a request's query selects. */
final class Selectors {

  private Selectors() {}

  static Predicate<Map<String, String>> labels(ApiRequest request) {
    try {
      return LabelSelector.parse(request.first("label_selector"));
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("label_selector", String.valueOf(e.getMessage()));
    }
  }

  static boolean named(ApiRequest request, String name) {
    var wanted = request.first("name");
    return wanted.isEmpty() || wanted.equals(name);
  }
}
