package dev.holdfast.cli.console;

/** How a list is printed: for people, or for programs. */
public enum OutputFormat {
  Table,
  Json,
  Yaml
}
