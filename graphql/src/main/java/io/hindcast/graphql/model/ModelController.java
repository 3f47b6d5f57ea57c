package io.hindcast.graphql.model;

import io.hindcast.api.model.FindModelVersion;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.FollowModels;
import io.hindcast.api.model.ModelChange;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.graphql.Asking;
import io.hindcast.graphql.Known;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** Models and their versions. */
@Controller
public class ModelController {

    private final Asking asking;
    private final Known known;

    ModelController(Asking asking, Known known) {
        this.asking = asking;
        this.known = known;
    }

    @QueryMapping
    CompletableFuture<List<ModelNode>> models(@Argument String symbol) {
        return known.symbol(symbol)
                .thenCompose(market -> asking.one(new FindModels(market), ModelViews.class))
                .thenApply(found -> found.models().stream().map(ModelNode::of).toList());
    }

    @QueryMapping
    CompletableFuture<Optional<ModelNode.Version>> modelVersion(@Argument String version) {
        return known.version(version)
                .thenCompose(registered -> asking.maybe(new FindModelVersion(registered), ModelVersionView.class))
                .thenApply(found -> found.map(ModelNode.Version::of));
    }

    @SubscriptionMapping
    Flux<ModelChange> modelsChanged(@Argument String symbol) {
        return asking.notice(known.symbol(symbol).thenApply(FollowModels::new), ModelChange.class);
    }
}
