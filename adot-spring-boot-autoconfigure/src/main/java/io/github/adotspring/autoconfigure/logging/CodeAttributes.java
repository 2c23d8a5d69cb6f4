package io.github.adotspring.autoconfigure.logging;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;

/**
 * Gives records that say where in the code they were logged the names of the stable
 * conventions too. Upstream's appender has them only if a system property asks for them.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/semconv/registry/attributes/code/">Code
 * attributes</a>
 */
final class CodeAttributes implements LogRecordProcessor, AutoConfigurationCustomizerProvider {

	private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("code.namespace");

	private static final AttributeKey<String> FUNCTION = AttributeKey.stringKey("code.function");

	private static final AttributeKey<String> FUNCTION_NAME = AttributeKey.stringKey("code.function.name");

	private static final AttributeKey<String> FILE = AttributeKey.stringKey("code.filepath");

	private static final AttributeKey<String> FILE_PATH = AttributeKey.stringKey("code.file.path");

	private static final AttributeKey<Long> LINE = AttributeKey.longKey("code.lineno");

	private static final AttributeKey<Long> LINE_NUMBER = AttributeKey.longKey("code.line.number");

	@Override
	public void customize(AutoConfigurationCustomizer customizer) {
		customizer
			.addLogRecordProcessorCustomizer((processor, config) -> LogRecordProcessor.composite(this, processor));
	}

	@Override
	public void onEmit(Context context, ReadWriteLogRecord record) {
		copy(record, FILE, FILE_PATH);
		copy(record, LINE, LINE_NUMBER);
		String namespace = record.getAttribute(NAMESPACE);
		String function = record.getAttribute(FUNCTION);
		if (namespace != null && function != null) {
			record.setAttribute(FUNCTION_NAME, namespace + "." + function);
		}
	}

	private static <T> void copy(ReadWriteLogRecord record, AttributeKey<T> from, AttributeKey<T> to) {
		T value = record.getAttribute(from);
		if (value != null) {
			record.setAttribute(to, value);
		}
	}

}
