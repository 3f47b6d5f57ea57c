package io.hindcast.graphql.model;

import io.hindcast.api.model.FindModelEvents;
import io.hindcast.api.model.FindPromotionPolicies;
import io.hindcast.api.model.FindSlots;
import io.hindcast.api.model.ModelEventPage;
import io.hindcast.api.model.ModelEventView;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.PromotionPolicies;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.SlotViews;
import io.hindcast.api.model.VersionId;
import io.hindcast.graphql.Connection;
import io.hindcast.graphql.NameResolver;
import io.hindcast.graphql.QueryDispatcher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Queries for the history of models, their slots at any time and their promotion policies. */
@Controller
public class RegistryController {

    private final QueryDispatcher queries;
    private final NameResolver names;

    RegistryController(QueryDispatcher queries, NameResolver names) {
        this.queries = queries;
        this.names = names;
    }

    /** The schema's {@code SlotPeriod}. */
    record SlotPeriod(
            String model, ModelFamily family, Slot slot, VersionId version, Instant from, Optional<Instant> to) {}

    @QueryMapping
    CompletableFuture<List<SlotPeriod>> slots(@Argument String symbol, @Argument @Nullable Instant asOf) {
        return names.symbol(symbol)
                .thenCompose(market -> queries.one(new FindSlots(market, Optional.ofNullable(asOf)), SlotViews.class))
                .thenApply(found -> found.slots().stream()
                        .map(slot -> new SlotPeriod(
                                slot.version().model().toString(),
                                slot.version().model().family(),
                                slot.slot(),
                                slot.version(),
                                slot.from(),
                                slot.to()))
                        .toList());
    }

    @QueryMapping
    CompletableFuture<Connection<ModelEventView>> modelHistory(
            @Argument String symbol,
            @Argument @Nullable ModelFamily family,
            @Argument @Nullable String version,
            @Argument @Nullable Instant asOf,
            @Argument int first,
            @Argument @Nullable String after) {
        return names.symbol(symbol)
                .thenCompose(market -> version(version)
                        .thenCompose(only -> history(new FindModelEvents(
                                market,
                                Optional.ofNullable(family),
                                only,
                                first,
                                Optional.ofNullable(after),
                                Optional.ofNullable(asOf)))));
    }

    private CompletableFuture<Optional<VersionId>> version(@Nullable String name) {
        return name == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : names.version(name).thenApply(Optional::of);
    }

    private CompletableFuture<Connection<ModelEventView>> history(FindModelEvents query) {
        return queries.one(query, ModelEventPage.class)
                .thenApply(page -> Connection.of(page.events(), page.cursors(), page.hasNext()));
    }

    @SchemaMapping(typeName = "Model", field = "promotionPolicy")
    CompletableFuture<PromotionPolicy> promotionPolicy(ModelNode model) {
        return queries.one(new FindPromotionPolicies(), PromotionPolicies.class)
                .thenApply(policies -> policies.of(model.family()));
    }
}
