package io.hindcast.training.purge;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.training.DatasetPurged;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.PurgeDataset;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.artifacts.CorruptArtifactException;
import io.hindcast.artifacts.MissingArtifactException;
import io.hindcast.ml.parquet.DatasetManifest;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what was purged, after the event that says so: the artifact of a purged version, unless another version has
 * the same, and the objects of a purged dataset. A dataset is purged when the last version that was trained on it is,
 * or when its cycle ends without one.
 *
 * <p>An event that was not handled to the end, because the process was killed or the store did not answer, is handled
 * again; everything here may be repeated.
 */
@ProcessingGroup(Purge.PROCESSOR)
@DisallowReplay
public final class Purge {

    /** Name of the event processor. */
    public static final String PROCESSOR = "purge";

    private static final Logger log = LoggerFactory.getLogger(Purge.class);
    private static final long COMMAND_SECONDS = 10;

    private final KeptObjects kept;
    private final EventStore events;
    private final ArtifactStore artifacts;
    private final CommandGateway commands;
    private final InstantSource marketClock;

    Purge(
            KeptObjects kept,
            EventStore events,
            ArtifactStore artifacts,
            CommandGateway commands,
            InstantSource marketClock) {
        this.kept = kept;
        this.events = events;
        this.artifacts = artifacts;
        this.commands = commands;
        this.marketClock = marketClock;
    }

    /** Deletes the artifact of a version, unless another version that is not purged shares it. */
    @EventHandler
    public void on(VersionPurged event) {
        if (kept.isArtifactOfAVersion(event.artifact())) {
            log.info("The artifact of purged {} is kept: another version has the same", event.version());
        } else {
            artifacts.delete(event.artifact());
            log.info("Deleted the artifact of purged {}", event.version());
        }
        String dataset = kept.registration(event.version()).provenance().datasetDigest();
        purgeUnused(event.version().model().symbol(), dataset);
    }

    /** Purges the dataset of a cycle that led to no version. */
    @EventHandler
    public void on(TrainingCycleEnded event) {
        dataset(event).ifPresent(digest -> purgeUnused(event.symbol(), digest));
    }

    /** Deletes a dataset: first the parts that no other dataset has, last the manifest that names them. */
    @EventHandler
    public void on(DatasetPurged event) {
        List<ArtifactRef> others = kept.manifests();
        if (others.contains(event.manifest())) {
            // Sliced again since.
            return;
        }
        Optional<DatasetManifest> manifest = read(event.manifest());
        if (manifest.isPresent()) {
            Set<ArtifactRef> shared = new HashSet<>();
            others.forEach(other -> read(other)
                    .ifPresent(dataset -> shared.addAll(dataset.parts().values())));
            for (ArtifactRef part : manifest.get().parts().values()) {
                if (!shared.contains(part)) {
                    artifacts.delete(part);
                }
            }
        }
        artifacts.delete(event.manifest());
        log.info("Deleted purged dataset {} of {}", event.manifest().sha256(), event.symbol());
    }

    private void purgeUnused(Symbol symbol, String dataset) {
        if (kept.isDatasetOfAVersion(symbol, dataset)) {
            return;
        }
        try {
            commands.sendAndWait(
                    new PurgeDataset(symbol, dataset, marketClock.instant()), COMMAND_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            if (RefusedException.in(e) == null) {
                throw e;
            }
            // A cycle reads it. The end of that cycle leads here again.
            log.info("Dataset {} of {} is still read by a cycle", dataset, symbol);
        }
    }

    private Optional<String> dataset(TrainingCycleEnded cycle) {
        DomainEventStream stream = events.readEvents(TrainingProgramId.of(cycle.symbol()), 0);
        while (stream.hasNext()) {
            if (stream.next().getPayload() instanceof DatasetRecorded recorded && recorded.cycle() == cycle.cycle()) {
                return Optional.of(recorded.dataset().manifest().sha256());
            }
        }
        return Optional.empty();
    }

    /** Reads a manifest; empty if it is gone, or damaged, so that its parts cannot be told. */
    private Optional<DatasetManifest> read(ArtifactRef manifest) {
        try {
            return Optional.of(DatasetManifest.fromJson(artifacts.get(manifest)));
        } catch (MissingArtifactException e) {
            return Optional.empty();
        } catch (CorruptArtifactException e) {
            log.warn("The parts of a dataset are not deleted, since its manifest is damaged: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
