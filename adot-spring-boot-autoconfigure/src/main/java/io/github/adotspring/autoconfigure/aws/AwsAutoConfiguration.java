package io.github.adotspring.autoconfigure.aws;

import java.nio.file.Path;
import java.time.Clock;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Region, credentials, endpoints and signing, for everything that talks to AWS. An
 * {@link AwsRegionProvider} and an {@link AwsCredentialsProvider} of the application,
 * such as those of Spring Cloud AWS, are used.
 */
@AutoConfiguration
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(AwsProperties.class)
public final class AwsAutoConfiguration {

	AwsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	AwsCompute adotAwsCompute() {
		return new AwsCompute(System::getenv, Path.of("/"));
	}

	@Bean
	@ConditionalOnMissingBean
	AwsRegionResolver adotAwsRegionResolver(AwsProperties properties,
			ObjectProvider<AwsRegionProvider> applicationProvider) {
		return new AwsRegionResolver(properties, applicationProvider.getIfUnique());
	}

	@Bean
	@ConditionalOnMissingBean
	AwsEndpoints adotAwsEndpoints(AwsProperties properties, AwsRegionResolver regions, Environment environment) {
		return new AwsEndpoints(properties, regions, SpringCloudAwsSettings.of(environment));
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	AwsCredentials adotAwsCredentials(AwsProperties properties, AwsRegionResolver regions,
			ObjectProvider<AwsCredentialsProvider> applicationProvider) {
		return new AwsCredentials(properties, regions, applicationProvider.getIfUnique());
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	SigV4Signer adotSigV4Signer(AwsCredentials credentials) {
		return new SigV4Signer(credentials, Clock.systemUTC());
	}

}
