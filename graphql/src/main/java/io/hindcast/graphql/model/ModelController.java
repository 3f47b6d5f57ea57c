package io.hindcast.graphql.model;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.FindModelVersion;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.FollowModels;
import io.hindcast.api.model.ModelChange;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.Models;
import io.hindcast.api.model.VersionId;
import io.hindcast.graphql.Asking;
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

    ModelController(Asking asking) {
        this.asking = asking;
    }

    @QueryMapping
    CompletableFuture<List<ModelNode>> models(@Argument String symbol) {
        return asking.one(new FindModels(new Symbol(symbol)), Models.class)
                .thenApply(found -> found.models().stream().map(ModelNode::of).toList());
    }

    @QueryMapping
    CompletableFuture<Optional<ModelNode.Version>> modelVersion(@Argument String version) {
        return asking.maybe(new FindModelVersion(VersionId.parse(version)), ModelVersionView.class)
                .thenApply(found -> found.map(ModelNode.Version::of));
    }

    @SubscriptionMapping
    Flux<ModelChange> modelsChanged(@Argument String symbol) {
        return asking.notice(new FollowModels(new Symbol(symbol)), ModelChange.class);
    }
}
