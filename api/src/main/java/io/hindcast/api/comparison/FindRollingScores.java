package io.hindcast.api.comparison;

import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: the scores of a version over windows that end at each UTC day's end. Answered by {@link RollingScores}.
 *
 * @param from earliest open time
 * @param to end of the open times, exclusive
 * @param days length of a window in days, 1 to 31
 * @param feeRate fraction of the traded amount per trade, from 0 to below 1
 * @param asOf only predictions recorded by then, with the outcomes and closes known by then; market time
 */
public record FindRollingScores(
        VersionId version, Instant from, Instant to, int days, double feeRate, Optional<Instant> asOf) {}
