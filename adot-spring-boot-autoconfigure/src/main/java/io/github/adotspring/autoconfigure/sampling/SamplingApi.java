package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The sampling API of X-Ray. Calls block.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/xray/latest/api/API_GetSamplingRules.html">GetSamplingRules</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/xray/latest/api/API_GetSamplingTargets.html">GetSamplingTargets</a>
 */
interface SamplingApi {

	/** Statistics of either kind that one call takes. */
	int MAX_STATISTICS = 25;

	/**
	 * All rules of the region, whatever their order.
	 * @throws IOException if they can't be had now; the message says why
	 */
	List<SamplingRule> rules() throws IOException;

	/**
	 * Report what was decided, and learn what to decide by.
	 * @param clientId 24 hexadecimal digits that tell this instance from others
	 * @param statistics at most {@value #MAX_STATISTICS}
	 * @param boosts what may raise rates, at most {@value #MAX_STATISTICS}
	 * @throws SamplingRefusal if X-Ray answers that it won't; the message says why
	 * @throws IOException if nothing was taken; the message says why
	 */
	Targets targets(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts) throws IOException;

	/**
	 * Let go of connections, which must not be open in a checkpoint. The next call makes
	 * new ones.
	 */
	default void release() {
	}

	/**
	 * An answer.
	 *
	 * @param targets of the rules that statistics were taken of
	 * @param rulesModified when any rule was last changed
	 * @param unprocessed statistics that were not taken
	 * @param unprocessedBoosts statistics for boosts that were not
	 */
	record Targets(List<SamplingTarget> targets, @Nullable Instant rulesModified, List<Unprocessed> unprocessed,
			List<Unprocessed> unprocessedBoosts) {

	}

	/**
	 * Statistics that were not taken.
	 *
	 * @param rule name of the rule
	 * @param code what is wrong
	 * @param message what is wrong, for people
	 */
	record Unprocessed(String rule, String code, String message) {

	}

}
