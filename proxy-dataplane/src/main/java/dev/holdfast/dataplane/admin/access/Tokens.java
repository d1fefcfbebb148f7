package dev.holdfast.dataplane.admin.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The bearer tokens of a token file. Each line is {@code read TOKEN}, {@code report-unhealthy
 * TOKEN} or {@code admin TOKEN}; empty lines and lines that begin with {@code #} are skipped.
 */
public final class Tokens {
  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = 512;
  private static final int MAX_TOKENS = 64;

  /** Only digests are kept, so that a heap dump does not give the tokens away. */
  private record Entry(int line, Scope scope, String digest) {}

  private final List<Entry> entries;

  private Tokens(List<Entry> entries) {
    this.entries = entries;
  }

  public static Tokens none() {
    return new Tokens(List.of());
  }

  /**
   * @throws IllegalArgumentException names the line, never its content
   */
  public static Tokens parse(String text) {
    var entries = new ArrayList<Entry>();
    int number = 0;
    for (var line : text.lines().map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        entries.add(entry(number, line));
      }
    }
    if (entries.isEmpty() || entries.size() > MAX_TOKENS) {
      throw new IllegalArgumentException(
          "token file: expected 1 to %d tokens, found %d; write one `read TOKEN`, `report-unhealthy TOKEN` or `admin TOKEN` a line"
              .formatted(MAX_TOKENS, entries.size()));
    }
    return new Tokens(List.copyOf(entries));
  }

  private static Entry entry(int number, String line) {
    var words = line.split("\\s+");
    var scope =
        switch (words[0]) {
          case "read" -> Scope.READ;
          case "report-unhealthy" -> Scope.REPORT_UNHEALTHY;
          case "admin" -> Scope.ADMIN;
          default -> Scope.NONE;
        };
    if (words.length != 2
        || scope == Scope.NONE
        || words[1].length() < MIN_LENGTH
        || words[1].length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "token file, line %d: expected `read TOKEN`, `report-unhealthy TOKEN` or `admin TOKEN` with a token of %d to %d characters"
              .formatted(number, MIN_LENGTH, MAX_LENGTH));
    }
    return new Entry(number, scope, digest(words[1]));
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Takes the same time whichever token is the right one, and whether any is. */
  public Optional<Caller> find(String token) {
    var digest = digest(token);
    Entry found = null;
    for (var entry : entries) {
      if (MessageDigest.isEqual(entry.digest().getBytes(US_ASCII), digest.getBytes(US_ASCII))) {
        found = entry;
      }
    }
    return Optional.ofNullable(found)
        .map(entry -> new Caller("token of line " + entry.line(), entry.scope()));
  }

  private static String digest(String token) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
