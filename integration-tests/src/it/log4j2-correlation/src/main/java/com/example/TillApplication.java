package com.example;

import org.apache.logging.log4j.ThreadContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class TillApplication {

	static final Logger logger = LoggerFactory.getLogger(TillApplication.class);

	public static void main(String[] args) {
		SpringApplication.run(TillApplication.class, args);
	}

	@GetMapping("/pay/{order}")
	String pay(@PathVariable String order) {
		ThreadContext.put("customer", "7");
		logger.info("Order {} is paid", order);
		ThreadContext.remove("customer");
		return "Thank you";
	}

}
