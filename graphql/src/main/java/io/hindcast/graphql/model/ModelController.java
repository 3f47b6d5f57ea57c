package io.hindcast.graphql.model;

import io.hindcast.api.model.FindModelVersion;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.FollowModels;
import io.hindcast.api.model.ModelChange;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.graphql.NameResolver;
import io.hindcast.graphql.QueryDispatcher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** Queries and subscription for models and their versions. */
@Controller
public class ModelController {

    private final QueryDispatcher queries;
    private final NameResolver names;

    ModelController(QueryDispatcher queries, NameResolver names) {
        this.queries = queries;
        this.names = names;
    }

    @QueryMapping
    CompletableFuture<List<ModelNode>> models(@Argument String symbol, @Argument @Nullable Instant asOf) {
        return names.symbol(symbol)
                .thenCompose(market -> queries.one(new FindModels(market, Optional.ofNullable(asOf)), ModelViews.class))
                .thenApply(found -> found.models().stream()
                        .map(model -> ModelNode.of(model, Optional.ofNullable(asOf)))
                        .toList());
    }

    @QueryMapping
    CompletableFuture<Optional<ModelNode.Version>> modelVersion(
            @Argument String version, @Argument @Nullable Instant asOf) {
        return names.version(version)
                .thenCompose(registered -> queries.optional(
                        new FindModelVersion(registered, Optional.ofNullable(asOf)), ModelVersionView.class))
                .thenApply(found -> found.map(view -> ModelNode.Version.of(view, Optional.ofNullable(asOf))));
    }

    @SubscriptionMapping
    Flux<ModelChange> modelsChanged(@Argument String symbol) {
        return queries.updates(names.symbol(symbol).thenApply(FollowModels::new), ModelChange.class);
    }
}
