package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.adotspring.autoconfigure.aws.OwnCalls;
import io.github.adotspring.autoconfigure.otlp.JsonText;
import io.github.adotspring.autoconfigure.sampling.SamplingRequests.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * The sampling API over HTTP. Rules and targets that can't be understood are left out and
 * told of once.
 */
final class HttpSamplingApi implements SamplingApi {

	/** Thousands of rules, where a region has 26 by default. */
	private static final int MAX_PAGES = 100;

	private static final int REDIRECTION = 300;

	private static final int OK = 200;

	private final SamplingRequests requests;

	private final SamplingConnection connection;

	private final Complaints complaintsOfRules;

	private final Complaints complaintsOfTargets;

	/**
	 * Create a new instance, which opens and starts nothing.
	 * @param warnings takes what is left out of answers
	 */
	HttpSamplingApi(SamplingRequests requests, SamplingConnection connection, Consumer<String> warnings) {
		this.requests = requests;
		this.connection = connection;
		this.complaintsOfRules = new Complaints(warnings);
		this.complaintsOfTargets = new Complaints(warnings);
	}

	@Override
	public List<SamplingRule> rules() throws IOException {
		SamplingRuleReader reader = new SamplingRuleReader();
		List<String> complaints = new ArrayList<>();
		Set<String> tokens = new HashSet<>();
		String token = page(null, reader);
		while (token != null && tokens.size() < MAX_PAGES - 1 && tokens.add(token)) {
			token = page(token, reader);
		}
		if (token != null) {
			complaints
				.add("GetSamplingRules has no end; the rules of its first " + (tokens.size() + 1) + " pages are used");
		}
		complaints.addAll(reader.leftOut());
		this.complaintsOfRules.update(complaints);
		return reader.rules();
	}

	private @Nullable String page(@Nullable String token, SamplingRuleReader reader) throws IOException {
		String body = (token != null) ? "{\"NextToken\":" + JsonText.quote(token) + "}" : "{}";
		return call("GetSamplingRules", "/GetSamplingRules", body, reader::readPage);
	}

	@Override
	public Targets targets(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts)
			throws IOException {
		List<String> complaints = new ArrayList<>();
		// The path is not that of the name of the operation.
		Targets targets = call("GetSamplingTargets", "/SamplingTargets",
				SamplingTargetJson.write(clientId, statistics, boosts),
				(json, source) -> SamplingTargetJson.read(json, source, complaints::add));
		this.complaintsOfTargets.update(complaints);
		return targets;
	}

	@Override
	public void release() {
		this.connection.release();
	}

	private <T extends @Nullable Object> T call(String operation, String path, String body, AnswerReader<T> reader)
			throws IOException {
		SamplingFailures failures = new SamplingFailures(operation);
		HttpResponse<byte[]> response = exchange(path, body.getBytes(StandardCharsets.UTF_8), failures);
		try {
			return reader.read(new String(response.body(), StandardCharsets.UTF_8), "the answer");
		}
		catch (IOException ex) {
			throw failures.unanswered(response.uri(), ex);
		}
	}

	/**
	 * Send outside of the traces of the application: a signature can take calls too.
	 */
	private HttpResponse<byte[]> exchange(String path, byte[] body, SamplingFailures failures) throws IOException {
		try {
			return OwnCalls.make(() -> {
				try {
					return attempt(path, body, true, failures);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	private HttpResponse<byte[]> attempt(String path, byte[] body, boolean first, SamplingFailures failures)
			throws IOException {
		Attempt attempt = create(path, body, failures);
		HttpResponse<byte[]> response = send(attempt, failures);
		if (response.statusCode() >= OK && response.statusCode() < REDIRECTION) {
			return response;
		}
		String text = SamplingFailures.text(response);
		if (first && attempt.recover(response, text)) {
			return attempt(path, body, false, failures);
		}
		throw failures.refused(response.uri(), response, text);
	}

	private Attempt create(String path, byte[] body, SamplingFailures failures) throws IOException {
		try {
			return this.requests.create(path, body);
		}
		catch (RuntimeException ex) {
			throw failures.unsent(ex);
		}
	}

	private HttpResponse<byte[]> send(Attempt attempt, SamplingFailures failures) throws IOException {
		try {
			return this.connection.send(attempt.request());
		}
		catch (IOException ex) {
			throw failures.unanswered(attempt.request().uri(), ex);
		}
	}

	/**
	 * Reads an answer.
	 *
	 * @param <T> type of what it says
	 */
	private interface AnswerReader<T extends @Nullable Object> {

		T read(String json, String source) throws IOException;

	}

}
