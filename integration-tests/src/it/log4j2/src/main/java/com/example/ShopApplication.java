package com.example;

import jakarta.annotation.PostConstruct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class ShopApplication {

	private static final Logger logger = LoggerFactory.getLogger(ShopApplication.class);

	@PostConstruct
	void open() {
		logger.info("Opened");
	}

}
