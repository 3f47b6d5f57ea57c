package io.hindcast.api.audit;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionId;
import java.util.Optional;

/**
 * Query: audits of a symbol, latest request first. Answered by {@link AuditPage}.
 *
 * @param version only of this version
 * @param state only in this state
 * @param first most audits, 1 to 200
 * @param after cursor of the audit before the page
 */
public record FindAudits(
        Symbol symbol, Optional<VersionId> version, Optional<AuditState> state, int first, Optional<String> after) {}
