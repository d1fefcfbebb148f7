import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that signs itself and serves as authority, server and client of one training run;
 * it lives on loopback for seconds.
 */
record Identity(KeyStore keys) {
  private static final String ALIAS = "training";
  private static final char[] PASSWORD = "training".toCharArray();

  /** Makes a key pair with keytool for the given DNS names and localhost. */
  static Identity create(Path directory, String... names)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = directory.resolve("training.p12");
    var san = "san=ip:127.0.0.1,dns:localhost,dns:" + String.join(",dns:", names);
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=training",
                "-ext",
                san,
                "-ext",
                "bc=ca:true",
                "-ext",
                "eku=serverAuth,clientAuth",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no key pair: exit code " + keytool.exitValue());
    }
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return new Identity(keys);
  }

  String certificate() throws GeneralSecurityException {
    return pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
  }

  /** Writes ca.crt, tls.crt and tls.key as a pod finds them. */
  void write(Path directory) throws IOException, GeneralSecurityException {
    Files.writeString(directory.resolve("ca.crt"), certificate());
    Files.writeString(directory.resolve("tls.crt"), certificate());
    var key = pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded());
    Files.writeString(directory.resolve("tls.key"), key);
  }

  SSLContext context() throws GeneralSecurityException {
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    var authorities = KeyStore.getInstance("PKCS12");
    try {
      authorities.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store was refused", e);
    }
    authorities.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static String pem(String type, byte[] der) {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type, body);
  }
}
