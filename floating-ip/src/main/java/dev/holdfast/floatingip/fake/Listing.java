package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param field of the answer that holds the items
 * @param sorts comparators by the name of what may be sorted by
 * @param render an item for the answer
 */
record Listing<T>(String field, Map<String, Comparator<T>> sorts, Function<T, ObjectNode> render) {
  private static final int DEFAULT_PER_PAGE = 25;
  private static final int MAX_PER_PAGE = 50;

  ApiReply page(ApiRequest request, List<T> items, boolean clampPerPage) {
    var page = number(request, "page", 1);
    var perPage = number(request, "per_page", DEFAULT_PER_PAGE);
    if (perPage > MAX_PER_PAGE && !clampPerPage) {
      throw ApiError.invalid("per_page", "must be at most " + MAX_PER_PAGE);
    }
    perPage = Math.min(perPage, MAX_PER_PAGE);
    var sorted = sorted(request, items);
    var last = Math.max(1, Math.ceilDiv(sorted.size(), perPage));
    var previous = page > 1 ? Integer.valueOf(Math.min(page - 1, last)) : null;
    var next = page < last ? Integer.valueOf(page + 1) : null;

    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray(field);
    sorted.stream().skip((long) (page - 1) * perPage).limit(perPage).map(render).forEach(list::add);
    body.putObject("meta")
        .putObject("pagination")
        .put("page", page)
        .put("per_page", perPage)
        .put("previous_page", previous)
        .put("next_page", next)
        .put("last_page", last)
        .put("total_entries", sorted.size());
    return new ApiReply(200, body)
        .with(Map.of("Link", links(request, perPage, previous, next, last)));
  }

  private List<T> sorted(ApiRequest request, List<T> items) {
    var orders = new ArrayList<Comparator<T>>();
    for (var sort : request.all("sort")) {
      var parts = sort.split(":", 2);
      var order = sorts.get(parts[0]);
      var direction = parts.length < 2 ? "asc" : parts[1];
      if (order == null || !(direction.equals("asc") || direction.equals("desc"))) {
        throw ApiError.invalid("sort", "cannot sort by '" + sort + "'");
      }
      orders.add(direction.equals("asc") ? order : order.reversed());
    }
    return orders.stream()
        .reduce(Comparator::thenComparing)
        .map(order -> items.stream().sorted(order).toList())
        .orElse(items);
  }

  private static int number(ApiRequest request, String parameter, int otherwise) {
    var text = request.first(parameter);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      var number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw ApiError.invalid(parameter, "must be a number");
    }
    throw ApiError.invalid(parameter, "must be at least 1");
  }

  private static String links(
      ApiRequest request,
      int perPage,
      @Nullable Integer previous,
      @Nullable Integer next,
      int last) {
    var pages = new LinkedHashMap<String, Integer>();
    if (previous != null) {
      pages.put("prev", previous);
    }
    if (next != null) {
      pages.put("next", next);
    }
    pages.put("last", last);
    return pages.entrySet().stream()
        .map(link ->
            "<%s%s?%s>; rel=\"%s\""
                .formatted(
                    request.base(),
                    request.path(),
                    query(request, link.getValue(), perPage),
                    link.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String query(ApiRequest request, int page, int perPage) {
    var others =
        request.query().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("page") && !entry.getKey().equals("per_page"))
            .flatMap(entry ->
                entry.getValue().stream()
                    .map(value -> "&" + encoded(entry.getKey()) + "=" + encoded(value)))
            .collect(Collectors.joining());
    return "page=" + page + "&per_page=" + perPage + others;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
