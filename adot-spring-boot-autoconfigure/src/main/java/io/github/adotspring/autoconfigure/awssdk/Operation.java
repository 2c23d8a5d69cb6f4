package io.github.adotspring.autoconfigure.awssdk;

import java.util.Objects;

import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * An operation of AWS, as the SDK names it.
 *
 * @param service name of the service, such as DynamoDb
 * @param name name of the operation, such as PutItem
 */
record Operation(String service, String name) {

	static Operation of(ExecutionAttributes execution) {
		return new Operation(Objects.requireNonNullElse(execution.getAttribute(SdkExecutionAttribute.SERVICE_NAME), ""),
				Objects.requireNonNullElse(execution.getAttribute(SdkExecutionAttribute.OPERATION_NAME), ""));
	}

}
