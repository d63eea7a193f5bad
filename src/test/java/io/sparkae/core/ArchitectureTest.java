package io.sparkae.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directions of the packages. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sparkae");

  /** From the top down. */
  private static final List<String> LAYERS =
      List.of("jobs", "ml", "report", "spark", "data", "core");

  private static final List<String> CORE_LAYERS = List.of("train", "objective", "graph");
  private static final List<String> CORE_FLOOR = List.of("optimize", "linalg", "random");

  private static void forbid(String from, String... to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ml", "report", "spark", "data", "core"})
  void packageDependsOnNoneAboveIt(String layer) {
    String[] above =
        LAYERS.subList(0, LAYERS.indexOf(layer)).stream()
            .map(name -> "io.sparkae." + name + "..")
            .toArray(String[]::new);
    forbid("io.sparkae." + layer + "..", above);
  }

  @Test
  void everyTopPackageHasItsLayer() {
    noClasses()
        .should()
        .resideOutsideOfPackages(
            LAYERS.stream().map(name -> "io.sparkae." + name + "..").toArray(String[]::new))
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"objective", "graph"})
  void corePackageDependsOnNoneAboveIt(String layer) {
    String[] above =
        CORE_LAYERS.subList(0, CORE_LAYERS.indexOf(layer)).stream()
            .map(name -> "io.sparkae.core." + name + "..")
            .toArray(String[]::new);
    forbid("io.sparkae.core." + layer + "..", above);
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimize", "linalg", "random"})
  void floorOfCoreStandsOnNothing(String floor) {
    for (String above : CORE_LAYERS) {
      forbid("io.sparkae.core." + floor + "..", "io.sparkae.core." + above + "..");
    }
    for (String other : CORE_FLOOR) {
      if (!other.equals(floor)) {
        forbid("io.sparkae.core." + floor + "..", "io.sparkae.core." + other + "..");
      }
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.sparkae.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching("io.sparkae.core.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void coreKnowsNeitherSparkNorScalaNorHadoop() {
    forbid("io.sparkae.core..", "org.apache..", "scala..", "breeze..");
  }

  @Test
  void linalgIsTheOnlyCallerOfTheNativeLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sparkae.core.linalg..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.ludovic.netlib..", "org.bytedeco..")
        .check(CLASSES);
  }
}
