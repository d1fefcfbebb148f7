import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Gives classes of before Java 6 the stack maps of later ones, and their version. An AOT cache
 * takes no class without: picocli's 228 would be read from their jar at every start, a seventh of
 * its time.
 *
 * <p>Usage: ModernClasses.java JARS TARGET. Writes each jar of JARS that has such classes, with the
 * same name and nothing else changed, to TARGET.
 */
final class ModernClasses {
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
  private static final int GIVEN = ClassFile.JAVA_8_VERSION;

  private final ClassFile classes;

  private ModernClasses(ClassLoader jar) {
    classes =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(jar)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  public static void main(String[] args) throws IOException {
    var target = Files.createDirectories(Path.of(args[1]));
    try (var jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      for (var jar : jars) {
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
          new ModernClasses(loader).copy(jar, target.resolve(jar.getFileName()));
        }
      }
    }
  }

  private void copy(Path jar, Path target) throws IOException {
    try (var from = new ZipFile(jar.toFile())) {
      if (from.stream().noneMatch(entry -> isOldClass(entry, read(from, entry)))) {
        return;
      }
      try (var to = new ZipOutputStream(Files.newOutputStream(target))) {
        for (var entry : Collections.list(from.entries())) {
          var bytes = read(from, entry);
          to.putNextEntry(copyOf(entry));
          to.write(isOldClass(entry, bytes) ? modern(classes.parse(bytes)) : bytes);
        }
      }
      System.out.println(jar.getFileName() + ": its classes were given stack maps");
    }
  }

  private static byte[] read(ZipFile jar, ZipEntry entry) {
    try (var content = jar.getInputStream(entry)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(jar.getName() + ": " + entry.getName() + ": " + e, e);
    }
  }

  /** The time stays, so that equal jars make equal images. */
  private static ZipEntry copyOf(ZipEntry entry) {
    var copy = new ZipEntry(entry.getName());
    copy.setTimeLocal(entry.getTimeLocal());
    return copy;
  }

  private static boolean isOldClass(ZipEntry entry, byte[] bytes) {
    return entry.getName().endsWith(".class")
        && (Byte.toUnsignedInt(bytes[6]) << 8 | Byte.toUnsignedInt(bytes[7]))
            < FIRST_WITH_STACK_MAPS;
  }

  /** Passing each method's code on, instruction by instruction, has its stack maps made. */
  private byte[] modern(ClassModel old) {
    var sameCode =
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
            .andThen(ClassTransform.dropping(ClassFileVersion.class::isInstance))
            .andThen(ClassTransform.endHandler(builder -> builder.withVersion(GIVEN, 0)));
    return classes.transformClass(old, sameCode);
  }
}
