package io.hindcast.training.purge;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.model.VersionState;
import io.hindcast.api.training.DatasetPurged;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.history.model.ModelHistory;
import io.hindcast.history.model.ModelLog;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The artifacts and datasets that are not purged, of all models, as the log has them at the moment of each call. */
final class KeptObjects {

    private final ModelLog models;
    private final EventStore events;
    private final Supplier<List<Symbol>> symbols;

    /** @param symbols of all markets */
    KeptObjects(ModelLog models, EventStore events, Supplier<List<Symbol>> symbols) {
        this.models = models;
        this.events = events;
        this.symbols = symbols;
    }

    VersionRegistered registration(VersionId version) {
        return models.read(version.model())
                .version(version.number())
                .orElseThrow(() -> new IllegalStateException(version + " is in the log, but its registration is not"))
                .registered();
    }

    /** Returns whether a version of any model that is not purged has an artifact. */
    boolean isArtifactOfAVersion(ArtifactRef artifact) {
        return symbols.get().stream()
                .flatMap(this::versions)
                .anyMatch(version -> version.artifact().sha256().equals(artifact.sha256()));
    }

    /** Returns whether a version that is not purged was trained on a dataset, which is that of its symbol alone. */
    boolean isDatasetOfAVersion(Symbol symbol, String digest) {
        return versions(symbol)
                .anyMatch(version -> version.provenance().datasetDigest().equals(digest));
    }

    private Stream<VersionRegistered> versions(Symbol symbol) {
        return Arrays.stream(ModelFamily.values())
                .map(family -> models.read(new ModelId(family, symbol)))
                .flatMap(model -> model.versions().stream())
                .filter(version -> version.state() != VersionState.PURGED)
                .map(ModelHistory.Version::registered);
    }

    /** Returns the manifests of all datasets that are not purged. */
    List<ArtifactRef> manifests() {
        return symbols.get().stream()
                .map(this::manifests)
                .flatMap(Collection::stream)
                .toList();
    }

    private Collection<ArtifactRef> manifests(Symbol symbol) {
        Map<String, ArtifactRef> kept = new LinkedHashMap<>();
        DomainEventStream stream = events.readEvents(TrainingProgramId.of(symbol), 0);
        while (stream.hasNext()) {
            switch (stream.next().getPayload()) {
                case DatasetRecorded recorded -> {
                    ArtifactRef manifest = recorded.dataset().manifest();
                    kept.put(manifest.sha256(), manifest);
                }
                case DatasetPurged purged -> kept.remove(purged.manifest().sha256());
                case null, default -> {}
            }
        }
        return kept.values();
    }
}
