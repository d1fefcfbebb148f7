package dev.holdfast.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  @DisplayName("Columns are as wide as their widest cell, and no line ends in blanks")
  void aligned() {
    var table = new TextTable("NAME", "STATE", "").row("a", "Active", "").row("longer", "Off", "x");

    assertThat(table.lines())
        .containsExactly("NAME    STATE", "a       Active", "longer  Off     x");
  }

  @Test
  @DisplayName("A row that has not as many cells as the header is refused")
  void wrongRow() {
    assertThatThrownBy(() -> new TextTable("A", "B").row("1"))
        .hasMessage("expected 2 cells, found [1]");
  }
}
