package dev.holdfast.floatingip.hetzner.model;

import org.jspecify.annotations.Nullable;

/** How lists are read. */
public final class Paging {
  /** The most that the API gives. */
  public static final int PER_PAGE = 50;

  /** A list that goes on after this many is not believed. */
  public static final int MAX_PAGES = 400;

  private Paging() {}

  public sealed interface Next {
    record Page(int number) implements Next {}

    record End() implements Next {}

    record Broken(String problem) implements Next {}
  }

  /**
   * @param next what the page said of its successor; null at the end
   */
  public static Next after(int page, @Nullable Integer next) {
    if (next == null) {
      return new Next.End();
    }
    if (next <= page) {
      return new Next.Broken("expected a page after %d, found next_page %d".formatted(page, next));
    }
    return next > MAX_PAGES
        ? new Next.Broken("expected at most %d pages, found more".formatted(MAX_PAGES))
        : new Next.Page(next);
  }
}
