package dev.holdfast.floatingip.fake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in, with what it meets.
 *
 * @param seen what reads show: the present, or what a fault makes of it
 * @param fault that the route itself must heed; null for none
 */
record Occasion(
    ApiRequest request,
    Project project,
    Inventory seen,
    @Nullable Fault fault,
    RandomGenerator random) {

  /** As the fault says, pages may come in any order. */
  <T> List<T> ordered(List<T> items) {
    if (!(fault instanceof Fault.ReorderedPages)) {
      return items;
    }
    var shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, Random.from(random));
    return shuffled;
  }

  /** Segment of the path, from 0. */
  String segment(int index) {
    return List.of(request.path().substring(1).split("/")).get(index);
  }

  /** An id in the path. */
  long id(int index) {
    return number(segment(index));
  }

  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiError.invalid("id", "must be a number");
    }
  }
}
