package dev.holdfast.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in columns as wide as their widest cell, two blanks apart. */
public final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  public TextTable(String... header) {
    rows.add(header);
  }

  /**
   * @param cells as many as the header has
   */
  public TextTable row(String... cells) {
    if (cells.length != rows.getFirst().length) {
      throw new IllegalArgumentException(
          "expected " + rows.getFirst().length + " cells, found " + Arrays.toString(cells));
    }
    rows.add(cells);
    return this;
  }

  /** One string a line, without trailing blanks. */
  public List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(String[] cells) {
    var line = new StringBuilder();
    for (int column = 0; column < cells.length; column++) {
      line.append(cells[column]);
      line.repeat(' ', width(column) - cells[column].length() + 2);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
  }
}
