package dev.holdfast.dataplane.sticky.table;

import java.util.List;

/**
 * A part of the table. Who goes from page to page sees each entry once that is there all the time.
 *
 * @param next where the next page begins; {@link #LAST} when there is none
 */
public record TablePage(List<StickEntry> entries, int next) {
  public static final int LAST = -1;

  public TablePage {
    entries = List.copyOf(entries);
  }
}
