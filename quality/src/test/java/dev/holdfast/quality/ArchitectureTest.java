package dev.holdfast.quality;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /** Where decisions are made: everything they need is an argument. */
  private static final String[] DECISIONS = {
    "dev.holdfast.health",
    "dev.holdfast.dataplane.failover",
    "dev.holdfast.dataplane.agreement",
    "dev.holdfast.dataplane.agreement.ledger",
    "dev.holdfast.dataplane.agreement.vote",
    "dev.holdfast.dataplane.agreement.member",
    "dev.holdfast.dataplane.agreement.lease",
    "dev.holdfast.dataplane.agreement.stick",
    "dev.holdfast.dataplane.agreement.stick.member",
    "dev.holdfast.dataplane.agreement.group",
    "dev.holdfast.dataplane.sticky",
    "dev.holdfast.dataplane.sticky.table",
    "dev.holdfast.floatingip.plan",
    "dev.holdfast.floatingip.hetzner.model",
    "dev.holdfast.floatingip.hetzner.assign",
    "dev.holdfast.floatingip.loop"
  };

  private static final JavaClasses HOLDFAST =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.holdfast");

  @Test
  @DisplayName("the rules below see every module")
  void seesEveryModule() {
    assertThat(HOLDFAST.stream().map(c -> c.getPackageName()).distinct())
        .contains(
            "dev.holdfast.api.v1alpha1",
            "dev.holdfast.health",
            "dev.holdfast.dataplane.failover",
            "dev.holdfast.floatingip.plan",
            "dev.holdfast.operator",
            "dev.holdfast.cli");
  }

  @Test
  @DisplayName("decision packages import only java.* and each other")
  void decisionsArePure() {
    classes()
        .that()
        .resideInAnyPackage(DECISIONS)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "java.nio.charset..",
                    "java.security..",
                    "org.jspecify..")
                .or(resideInAnyPackage(DECISIONS))
                .or(type(InetAddress.class))
                .or(type(UnknownHostException.class)))
        .check(HOLDFAST);
  }

  @Test
  @DisplayName("decision packages read addresses, and look up no names")
  void decisionsHaveNoResolver() {
    noClasses()
        .that()
        .resideInAnyPackage(DECISIONS)
        .should()
        .callMethod(InetAddress.class, "getByName", String.class)
        .orShould()
        .callMethod(InetAddress.class, "getAllByName", String.class)
        .orShould()
        .callMethod(InetAddress.class, "getLocalHost")
        .orShould()
        .callMethod(InetAddress.class, "getHostName")
        .check(HOLDFAST);
  }

  @Test
  @DisplayName("decision packages take time and randomness as arguments")
  void decisionsHaveNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(DECISIONS)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .check(HOLDFAST);
  }

  @Test
  @DisplayName("the relay knows nothing of health, elections, configuration or HTTP")
  void relayStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.holdfast.dataplane.relay..")
        .should()
        .dependOnClassesThat(
            are(resideInAnyPackage("dev.holdfast.."))
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.holdfast.dataplane.relay..",
                            "dev.holdfast.dataplane.metrics..",
                            "dev.holdfast.api.dataplane.."))))
        .check(HOLDFAST);
  }

  @Test
  @DisplayName("the data plane runs without Kubernetes, the operator without Netty")
  void planesAreApart() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.holdfast.dataplane..",
            "dev.holdfast.health..",
            "dev.holdfast.floatingip..",
            "dev.holdfast.manifest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..")
        .check(HOLDFAST);
    noClasses()
        .that()
        .resideInAPackage("dev.holdfast.operator..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "dev.holdfast.dataplane..")
        .check(HOLDFAST);
  }

  @Test
  @DisplayName("one package knows the Raft library, and it knows no Netty")
  void onePackageKnowsRaft() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.holdfast.dataplane.agreement.raft..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.ratis..")
        .check(HOLDFAST);
    noClasses()
        .that()
        .resideInAPackage("dev.holdfast.dataplane.agreement.raft..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.netty..", "org.apache.ratis.thirdparty.io..", "org.apache.ratis.netty..")
        .check(HOLDFAST);
  }

  @Test
  @DisplayName("no two packages need each other")
  void noCycles() {
    slices().matching("dev.holdfast.(**)").should().beFreeOfCycles().check(HOLDFAST);
  }

  @Test
  @DisplayName("nothing sleeps, nothing uses another logger")
  void noSleepOneLogger() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(HOLDFAST);
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(HOLDFAST);
  }

  @Test
  @DisplayName("names say what a thing is")
  void names() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Common|Misc)")
        .check(HOLDFAST);
  }
}
