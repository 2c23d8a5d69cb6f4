package io.github.adotspring.autoconfigure.actuate;

import java.util.List;

import io.github.adotspring.autoconfigure.sampling.SamplingStatus;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * How sampling by X-Ray's rules goes, as the endpoint tells it.
 *
 * @param source where the rules come from
 * @param fallback whether there are none that can be used
 * @param rulesPoll how asking for rules goes
 * @param targetsPoll how telling what was decided goes
 * @param adaptive how anomalies are dealt with
 * @param rules the rules, in the order they are asked
 */
record SamplingDescriptor(String source, boolean fallback, SamplingStatus.Poll rulesPoll,
		SamplingStatus.Poll targetsPoll, SamplingStatus.Adaptive adaptive,
		List<SamplingStatus.Rule> rules) implements OperationResponseBody {

	static SamplingDescriptor of(SamplingStatus status) {
		return new SamplingDescriptor(status.source(), status.fallback(), status.rulesPoll(), status.targetsPoll(),
				status.adaptive(), status.rules());
	}

}
