package io.hindcast.graphql.audit;

import io.hindcast.api.RefusedException;
import io.hindcast.api.audit.AuditDetails;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditPage;
import io.hindcast.api.audit.CancelAudit;
import io.hindcast.api.audit.FindAudit;
import io.hindcast.api.audit.FindAudits;
import io.hindcast.api.audit.RequestAudit;
import io.hindcast.api.market.UtcDay;
import io.hindcast.graphql.Connection;
import io.hindcast.graphql.NameResolver;
import io.hindcast.graphql.QueryDispatcher;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Queries for audits, and the mutations that request and cancel one. */
@Controller
public class AuditController {

    private static final long TIMEOUT_SECONDS = 15;

    private final QueryDispatcher queries;
    private final NameResolver names;
    private final CommandGateway commands;
    private final InstantSource marketClock;

    AuditController(
            QueryDispatcher queries,
            NameResolver names,
            CommandGateway commands,
            @Qualifier("marketClock") InstantSource marketClock) {
        this.queries = queries;
        this.names = names;
        this.commands = commands;
        this.marketClock = marketClock;
    }

    @QueryMapping
    CompletableFuture<Connection<AuditNode>> audits(
            @Argument String symbol,
            @Argument @Nullable String version,
            @Argument int first,
            @Argument @Nullable String after) {
        return names.symbol(symbol)
                .thenCompose(market -> version == null
                        ? CompletableFuture.completedFuture(new FindAudits(
                                market, Optional.empty(), Optional.empty(), first, Optional.ofNullable(after)))
                        : names.version(version)
                                .thenApply(id -> new FindAudits(
                                        market, Optional.of(id), Optional.empty(), first, Optional.ofNullable(after))))
                .thenCompose(query -> queries.one(query, AuditPage.class))
                .thenApply(page -> Connection.of(
                        page.audits().stream().map(AuditNode::of).toList(), page.cursors(), page.hasNext()));
    }

    @QueryMapping
    CompletableFuture<Optional<AuditNode>> audit(@Argument String id) {
        return queries.optional(new FindAudit(AuditId.parse(id)), AuditDetails.class)
                .thenApply(found -> found.map(details -> AuditNode.of(details.audit())));
    }

    /** Reads the days of one audit, which only {@code audit} is to ask for. */
    @SchemaMapping(typeName = "Audit", field = "comparedDays")
    CompletableFuture<List<AuditNode.Day>> comparedDays(AuditNode audit) {
        return queries.optional(new FindAudit(AuditId.parse(audit.id())), AuditDetails.class)
                .thenApply(found -> found.map(AuditDetails::days).orElse(List.of()).stream()
                        .map(AuditNode.Day::of)
                        .toList());
    }

    @MutationMapping
    CompletableFuture<AuditId> replayVersion(
            @Argument String version, @Argument Instant from, @Argument Instant to, @Argument String reason) {
        LocalDate first = day("from", from);
        LocalDate end = day("to", to);
        return names.version(version)
                .thenCompose(id -> {
                    Instant now = marketClock.instant();
                    AuditId audit = AuditId.requested(id, first, end, now);
                    return commands.send(new RequestAudit(audit, reason, now)).thenApply(_ -> audit);
                })
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static LocalDate day(String field, Instant time) {
        LocalDate day = UtcDay.of(time);
        if (!UtcDay.start(day).equals(time)) {
            throw RefusedException.of("BAD_RANGE", field, time, "the start of a UTC day, such as " + UtcDay.start(day));
        }
        return day;
    }

    @MutationMapping
    CompletableFuture<AuditId> cancelAudit(@Argument String id, @Argument String reason) {
        AuditId audit = AuditId.parse(id);
        return queries.optional(new FindAudit(audit), AuditDetails.class)
                .thenCompose(found -> {
                    if (found.isEmpty()) {
                        throw RefusedException.of("UNKNOWN_AUDIT", "audit", id, "one that was requested");
                    }
                    return commands.send(new CancelAudit(audit, reason, marketClock.instant()));
                })
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .thenApply(_ -> audit);
    }
}
