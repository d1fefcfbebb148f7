package dev.holdfast.health.reference;

/** One key of a Secret or ConfigMap in the resource's namespace. */
public record Reference(Kind kind, String name, String key) {

  public enum Kind {
    Secret("secret", "secrets"),
    ConfigMap("config map", "configmaps");

    private final String word;
    private final String directory;

    Kind(String word, String directory) {
      this.word = word;
      this.directory = directory;
    }

    /** Where values of this kind stand below the directory of all references. */
    String directory() {
      return directory;
    }
  }

  public static Reference secret(String name, String key) {
    return new Reference(Kind.Secret, name, key);
  }

  public static Reference configMap(String name, String key) {
    return new Reference(Kind.ConfigMap, name, key);
  }

  @Override
  public String toString() {
    return kind.word + " " + name + ", key " + key;
  }
}
