package dev.holdfast.faults.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Certificates for peers, made as docs/agreement.md tells users to. */
final class Certificates {
  private final Path directory;
  private final String kind;

  /**
   * @param kind of the resource, as it is in names
   */
  Certificates(Path directory, String kind) {
    this.directory = directory;
    this.kind = kind;
    Command.run(
        ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650"
                + " -subj /CN=peers -keyout %1$s/ca.key -out %1$s/ca.crt")
            .formatted(directory)
            .split(" "));
  }

  /** The files that {@code --tls-dir} holds. */
  Path write(String peer) throws IOException {
    var own = Files.createDirectory(directory.resolve(peer));
    Files.copy(directory.resolve("ca.crt"), own.resolve("ca.crt"));
    Command.run(
        ("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%2$s"
                + " -addext subjectAltName=DNS:%2$s.peer.pg.default.%3$s.holdfast"
                + " -addext extendedKeyUsage=serverAuth,clientAuth"
                + " -keyout %1$s/tls.key -out %1$s/tls.csr")
            .formatted(own, peer, kind)
            .split(" "));
    Command.run(
        ("openssl x509 -req -in %1$s/tls.csr -copy_extensions copy -days 365"
                + " -CA %2$s/ca.crt -CAkey %2$s/ca.key -CAcreateserial -out %1$s/tls.crt")
            .formatted(own, directory)
            .split(" "));
    return own;
  }
}
