package io.hindcast.graphql.model;

import io.hindcast.api.model.BackfillView;
import io.hindcast.api.model.BackfillViews;
import io.hindcast.api.model.FindBackfills;
import io.hindcast.api.model.RequestBackfill;
import io.hindcast.api.model.VersionId;
import io.hindcast.graphql.NameResolver;
import io.hindcast.graphql.QueryDispatcher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** The backfills of versions, and the mutation that requests one. */
@Controller
public class BackfillController {

    private static final long TIMEOUT_SECONDS = 15;

    private final QueryDispatcher queries;
    private final NameResolver names;
    private final CommandGateway commands;
    private final InstantSource marketClock;

    BackfillController(
            QueryDispatcher queries,
            NameResolver names,
            CommandGateway commands,
            @Qualifier("marketClock") InstantSource marketClock) {
        this.queries = queries;
        this.names = names;
        this.commands = commands;
        this.marketClock = marketClock;
    }

    @BatchMapping(typeName = "ModelVersion", field = "backfill")
    CompletableFuture<Map<ModelNode.Version, Optional<BackfillView>>> backfill(List<ModelNode.Version> versions) {
        // One request may ask for versions as of several moments.
        Map<Optional<Instant>, List<ModelNode.Version>> byMoment =
                versions.stream().collect(Collectors.groupingBy(ModelNode.Version::asOf));
        CompletableFuture<Map<ModelNode.Version, Optional<BackfillView>>> answers =
                CompletableFuture.completedFuture(new HashMap<>());
        for (Map.Entry<Optional<Instant>, List<ModelNode.Version>> moment : byMoment.entrySet()) {
            answers = answers.thenCombine(backfills(moment.getKey(), moment.getValue()), (all, some) -> {
                all.putAll(some);
                return all;
            });
        }
        return answers;
    }

    private CompletableFuture<Map<ModelNode.Version, Optional<BackfillView>>> backfills(
            Optional<Instant> asOf, List<ModelNode.Version> versions) {
        List<VersionId> ids =
                versions.stream().map(version -> VersionId.parse(version.id())).toList();
        return queries.one(new FindBackfills(ids, asOf), BackfillViews.class).thenApply(found -> {
            Map<String, BackfillView> byVersion = new HashMap<>();
            found.backfills()
                    .forEach(backfill -> byVersion.put(backfill.version().toString(), backfill));
            Map<ModelNode.Version, Optional<BackfillView>> answers = new HashMap<>();
            versions.forEach(version -> answers.put(version, Optional.ofNullable(byVersion.get(version.id()))));
            return answers;
        });
    }

    @MutationMapping
    CompletableFuture<VersionId> requestBackfill(@Argument String version, @Argument String reason) {
        return names.version(version)
                .thenCompose(
                        id -> commands.send(new RequestBackfill(id.model(), id.number(), reason, marketClock.instant()))
                                .thenApply(_ -> id))
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
