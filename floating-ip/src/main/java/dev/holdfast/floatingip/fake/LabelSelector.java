package dev.holdfast.floatingip.fake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The API's language of labels: terms, all of which must hold. */
final class LabelSelector {
  private static final String NAME = "[A-Za-z0-9](?:[-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?";
  private static final String KEY = "(?:[-.A-Za-z0-9]{1,253}/)?" + NAME;
  private static final Pattern VALUE = Pattern.compile("(?:" + NAME + ")?");
  private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*(" + KEY + ")");
  private static final Pattern EQUALITY =
      Pattern.compile("(" + KEY + ")\\s*(==|=|!=)\\s*((?:" + NAME + ")?)");
  private static final Pattern MEMBERSHIP =
      Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");

  private LabelSelector() {}

  /**
   * @throws IllegalArgumentException when it is not one
   */
  static Predicate<Map<String, String>> parse(String selector) {
    Predicate<Map<String, String>> all = _ -> true;
    if (selector.isBlank()) {
      return all;
    }
    for (var term : terms(selector)) {
      all = all.and(term(term.strip()));
    }
    return all;
  }

  /** Split at the commas outside of parentheses. */
  private static List<String> terms(String selector) {
    var terms = new ArrayList<String>();
    var depth = 0;
    var start = 0;
    for (int i = 0; i < selector.length(); i++) {
      switch (selector.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case ',' -> {
          if (depth == 0) {
            terms.add(selector.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    terms.add(selector.substring(start));
    return terms;
  }

  private static Predicate<Map<String, String>> term(String term) {
    var presence = PRESENCE.matcher(term);
    if (presence.matches()) {
      var key = presence.group(2);
      var wanted = presence.group(1).isEmpty();
      return labels -> labels.containsKey(key) == wanted;
    }
    var equality = EQUALITY.matcher(term);
    if (equality.matches()) {
      var key = equality.group(1);
      var value = equality.group(3);
      var wanted = !equality.group(2).equals("!=");
      return labels -> value.equals(labels.get(key)) == wanted;
    }
    var membership = MEMBERSHIP.matcher(term);
    if (membership.matches()) {
      var key = membership.group(1);
      var values = values(membership.group(3));
      var wanted = membership.group(2).equals("in");
      return labels -> (labels.containsKey(key) && values.contains(labels.get(key))) == wanted;
    }
    throw new IllegalArgumentException("expected a label selector, found '" + term + "'");
  }

  private static Set<String> values(String list) {
    var values = Arrays.stream(list.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    if (!values.stream().allMatch(value -> VALUE.matcher(value).matches())) {
      throw new IllegalArgumentException("expected label values, found '" + list + "'");
    }
    return values;
  }

  /**
   * @throws IllegalArgumentException when one of them cannot be a label
   */
  static void requireLabels(Map<String, String> labels) {
    var key = Pattern.compile(KEY);
    labels.forEach((name, value) -> {
      if (!key.matcher(name).matches() || !VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException("not a label: " + name + "=" + value);
      }
    });
  }
}
