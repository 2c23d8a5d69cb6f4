package io.github.adotspring.autoconfigure;

import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

@AnalyzeClasses(packagesOf = AdotProperties.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = AdotProperties.class.getPackageName();

	/** What a package may use beside the root package and itself. */
	private static final Map<String, Set<String>> ARROWS = Map.ofEntries(Map.entry("aws", Set.of()),
			Map.entry("resource", Set.of("aws")), Map.entry("otlp", Set.of()), Map.entry("spool", Set.of()),
			Map.entry("delivery", Set.of("aws", "otlp", "spool")),
			Map.entry("logging", Set.of("delivery", "aws", "resource")),
			Map.entry("tracing", Set.of("delivery", "aws", "resource")), Map.entry("propagation", Set.of("tracing")),
			Map.entry("sampling", Set.of("delivery", "aws", "otlp")),
			Map.entry("awssdk", Set.of("tracing", "propagation", "aws")),
			Map.entry("metrics", Set.of("delivery", "aws", "resource", "otlp")),
			Map.entry("amp", Set.of("delivery", "aws", "otlp")), Map.entry("datum", Set.of("otlp")),
			Map.entry("emf", Set.of("delivery", "aws", "otlp", "datum")),
			Map.entry("cloudwatch", Set.of("delivery", "aws", "otlp", "datum")),
			Map.entry("console", Set.of("delivery", "otlp")),
			Map.entry("actuate", Set.of("delivery", "aws", "spool", "metrics", "resource", "sampling", "tracing")));

	@ArchTest
	static final ArchRule packagesKeepToTheirArrows = ArchRuleDefinition.classes()
		.that()
		.resideInAPackage(ROOT + "..")
		.should(keepToTheArrows());

	@ArchTest
	static final ArchRule thereAreNoCycles = SlicesRuleDefinition.slices()
		.matching(ROOT + ".(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyOnePackageNeedsTheOptionalClientOfCloudWatch = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage(ROOT + ".cloudwatch")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("software.amazon.awssdk.services.cloudwatch..");

	@ArchTest
	static final ArchRule namesAreThoseOfTheDomain = ArchRuleDefinition.noClasses()
		.should()
		.haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

	@ArchTest
	static final ArchRule nothingUsesTheGlobalOpenTelemetry = ArchRuleDefinition.noClasses()
		.should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("io.opentelemetry.api.GlobalOpenTelemetry");

	@ArchTest
	static final ArchRule nothingStaticOutlivesAContext = ArchRuleDefinition.fields()
		.that()
		.areStatic()
		.should()
		.beFinal();

	@ArchTest
	static final ArchRule classesAreFinal = ArchRuleDefinition.classes()
		.that()
		.areNotInterfaces()
		.and()
		.areNotAnonymousClasses()
		.and()
		.areNotEnums()
		.should()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	static final ArchRule autoConfigurationsArePublicFinalAndSwitchable = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.andShould()
		.beAnnotatedWith(ConditionalOnEnabledAdot.class);

	@ArchTest
	static final ArchRule autoConfigurationsAreMadeBySpringOnly = ArchRuleDefinition.constructors()
		.that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule autoConfigurationsHaveNoState = ArchRuleDefinition.fields()
		.that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.beStatic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule beansBackOffAndAreNotApi = ArchRuleDefinition.methods()
		.that()
		.areAnnotatedWith(Bean.class)
		.should()
		.beAnnotatedWith(ConditionalOnMissingBean.class)
		.andShould()
		.bePackagePrivate()
		.andShould()
		.haveNameMatching("adot.*");

	@ArchTest
	static final ArchRule propertiesAreImmutable = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(ConfigurationProperties.class)
		.should()
		.beRecords();

	@Test
	void autoConfigurationsAreListed() throws ClassNotFoundException {
		for (String candidate : ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())) {
			if (candidate.startsWith(ROOT)) {
				assertThat(Class.forName(candidate)).hasAnnotation(AutoConfiguration.class);
			}
		}
	}

	@ArchTest
	static final ArchRule everyAutoConfigurationIsListed = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should(new ArchCondition<>("be listed in the imports file") {

			private final ImportCandidates listed = ImportCandidates.load(AutoConfiguration.class,
					ArchitectureTests.class.getClassLoader());

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean satisfied = this.listed.getCandidates().contains(type.getName());
				events.add(new SimpleConditionEvent(type, satisfied, type.getName() + " is not listed"));
			}

		});

	private static ArchCondition<JavaClass> keepToTheArrows() {
		return new ArchCondition<>("use only the packages that the arrows allow") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				String from = feature(type);
				type.getDirectDependenciesFromSelf()
					.stream()
					.filter((dependency) -> inProject().test(dependency.getTargetClass()))
					.filter((dependency) -> !isAllowed(from, feature(dependency.getTargetClass())))
					.forEach((dependency) -> events
						.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
			}

		};
	}

	private static boolean isAllowed(String from, String to) {
		return from.equals(to) || to.isEmpty() || ARROWS.getOrDefault(from, Set.of()).contains(to);
	}

	private static String feature(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
	}

	private static DescribedPredicate<JavaClass> inProject() {
		return JavaClass.Predicates.resideInAPackage(ROOT + "..");
	}

}
