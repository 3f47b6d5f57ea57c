package io.hindcast.graphql.model;

import io.hindcast.api.model.FindModelVersion;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.FollowModels;
import io.hindcast.api.model.ModelChange;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.graphql.NameResolver;
import io.hindcast.graphql.QueryDispatcher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    CompletableFuture<List<ModelNode>> models(@Argument String symbol) {
        return names.symbol(symbol)
                .thenCompose(market -> queries.one(new FindModels(market), ModelViews.class))
                .thenApply(found -> found.models().stream().map(ModelNode::of).toList());
    }

    @QueryMapping
    CompletableFuture<Optional<ModelNode.Version>> modelVersion(@Argument String version) {
        return names.version(version)
                .thenCompose(registered -> queries.optional(new FindModelVersion(registered), ModelVersionView.class))
                .thenApply(found -> found.map(ModelNode.Version::of));
    }

    @SubscriptionMapping
    Flux<ModelChange> modelsChanged(@Argument String symbol) {
        return queries.updates(names.symbol(symbol).thenApply(FollowModels::new), ModelChange.class);
    }
}
