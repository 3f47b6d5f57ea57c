package io.hindcast.graphql.model;

import io.hindcast.api.model.ArchiveVersion;
import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.PinModel;
import io.hindcast.api.model.PromoteVersion;
import io.hindcast.api.model.RollBack;
import io.hindcast.api.model.UnpinModel;
import io.hindcast.api.model.VersionId;
import io.hindcast.graphql.Caller;
import io.hindcast.graphql.NameResolver;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** Mutations by which a person decides about versions. Each is answered by the version when it is recorded. */
@Controller
public class DecisionController {

    private static final long TIMEOUT_SECONDS = 15;

    private final NameResolver names;
    private final CommandGateway commands;
    private final InstantSource marketClock;

    DecisionController(
            NameResolver names, CommandGateway commands, @Qualifier("marketClock") InstantSource marketClock) {
        this.names = names;
        this.commands = commands;
        this.marketClock = marketClock;
    }

    @MutationMapping
    CompletableFuture<VersionId> promoteVersion(@Argument String version, @Argument String reason) {
        return decide(version, reason, (id, by) -> new PromoteVersion(id.model(), id.number(), by));
    }

    @MutationMapping
    CompletableFuture<VersionId> rollBackVersion(@Argument String version, @Argument String reason) {
        return decide(version, reason, (id, by) -> new RollBack(id.model(), id.number(), by));
    }

    @MutationMapping
    CompletableFuture<VersionId> pinVersion(@Argument String version, @Argument String reason) {
        return decide(version, reason, (id, by) -> new PinModel(id.model(), id.number(), by));
    }

    @MutationMapping
    CompletableFuture<VersionId> unpinVersion(@Argument String version, @Argument String reason) {
        return decide(version, reason, (id, by) -> new UnpinModel(id.model(), id.number(), by));
    }

    @MutationMapping
    CompletableFuture<VersionId> archiveVersion(@Argument String version, @Argument String reason) {
        return decide(version, reason, (id, by) -> new ArchiveVersion(id.model(), id.number(), by));
    }

    private CompletableFuture<VersionId> decide(
            String version, String reason, BiFunction<VersionId, Attribution, Object> command) {
        Attribution decision = new Attribution(Caller.LOCAL, reason, marketClock.instant());
        return names.version(version)
                .thenCompose(id -> commands.send(command.apply(id, decision)).thenApply(_ -> id))
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
