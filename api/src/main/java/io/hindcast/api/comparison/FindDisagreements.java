package io.hindcast.api.comparison;

import java.util.Optional;

/**
 * Query: the bars on which two versions gave different signals, oldest first. Answered by {@link DisagreementPage}.
 *
 * @param comparison the versions, their period and kinds; without a second period
 * @param first bars wanted at most, 1 to 1000
 * @param after cursor of the last one seen
 */
public record FindDisagreements(FindComparison comparison, int first, Optional<String> after) {}
