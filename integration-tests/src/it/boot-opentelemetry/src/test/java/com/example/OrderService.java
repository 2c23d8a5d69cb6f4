package com.example;

import java.util.concurrent.TimeUnit;

import io.micrometer.observation.annotation.Observed;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

@Service
class OrderService {

	@Observed
	void place() {
	}

	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.DAYS)
	void report() {
	}

}
