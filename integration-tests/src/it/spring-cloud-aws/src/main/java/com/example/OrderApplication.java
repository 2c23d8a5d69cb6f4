package com.example;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.operations.SqsTemplate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class OrderApplication {

	private final SqsTemplate sqs;

	private final JdbcTemplate jdbc;

	OrderApplication(SqsTemplate sqs, JdbcTemplate jdbc) {
		this.sqs = sqs;
		this.jdbc = jdbc;
	}

	public static void main(String[] args) {
		SpringApplication.run(OrderApplication.class, args);
	}

	@GetMapping("/order")
	String order() {
		this.sqs.send("orders", "book");
		return "ordered";
	}

	@SqsListener("orders")
	void pack(String order) {
		this.jdbc.queryForObject("select upper(?)", String.class, order);
	}

	@Bean
	static CountingCustomizer countingCustomizer() {
		return new CountingCustomizer();
	}

	static class CountingCustomizer implements AwsAsyncClientCustomizer {

		private int clients;

		int clients() {
			return this.clients;
		}

		@Override
		public void customize(software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder<?, ?> builder) {
			this.clients++;
		}

	}

}
