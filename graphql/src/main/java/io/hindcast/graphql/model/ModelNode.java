package io.hindcast.graphql.model;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelView;
import io.hindcast.api.model.Pin;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionState;
import io.hindcast.graphql.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The schema's {@code Model}. */
record ModelNode(String id, ModelFamily family, Symbol symbol, Optional<ModelPin> pin, List<Version> versions) {

    static ModelNode of(ModelView view, Optional<Instant> asOf) {
        return new ModelNode(
                view.model().toString(),
                view.model().family(),
                view.model().symbol(),
                view.pin().map(ModelPin::of),
                view.versions().stream()
                        .map(version -> Version.of(version, asOf))
                        .toList());
    }

    /** The schema's {@code ModelPin}. */
    record ModelPin(VersionId version, String by, String reason, Instant at) {

        static ModelPin of(Pin pin) {
            return new ModelPin(
                    pin.version(),
                    pin.decision().by(),
                    pin.decision().reason(),
                    pin.decision().at());
        }
    }

    /**
     * The schema's {@code ModelVersion}.
     *
     * @param asOf market time as of which it was asked for; empty for now
     */
    record Version(
            String id,
            int number,
            VersionState state,
            Optional<Slot> slot,
            Instant trainedAt,
            Instant expiresAt,
            boolean expired,
            Optional<String> reason,
            String trainingRun,
            String scorer,
            String artifactDigest,
            long artifactBytes,
            String featureSet,
            String featureSetHash,
            LabelSpec label,
            Evaluation evaluation,
            Origin provenance,
            Optional<Instant> asOf) {

        static Version of(ModelVersionView view, Optional<Instant> asOf) {
            Provenance from = view.provenance();
            return new Version(
                    view.version().toString(),
                    view.version().number(),
                    view.state(),
                    view.slot(),
                    view.trainedAt(),
                    view.expiresAt(),
                    view.expired(),
                    view.reason(),
                    view.trainingRun(),
                    view.scorer().engine() + " " + view.scorer().libraryVersion(),
                    view.artifact().sha256(),
                    view.artifact().bytes(),
                    from.features().name(),
                    from.features().hash(),
                    from.label(),
                    view.evaluation(),
                    Origin.of(from),
                    asOf);
        }
    }

    /** The schema's {@code Provenance}. */
    record Origin(
            String datasetDigest,
            String datasetPosition,
            Instant dataFrom,
            Instant inSampleTo,
            int trainRows,
            int validationRows,
            long seed,
            String platform,
            List<Setting> parameters,
            List<Setting> libraries) {

        static Origin of(Provenance from) {
            return new Origin(
                    from.datasetDigest(),
                    from.datasetPosition().aggregateId() + "@"
                            + from.datasetPosition().sequence(),
                    from.dataFrom(),
                    from.inSampleTo(),
                    from.trainRows(),
                    from.validationRows(),
                    from.seed(),
                    from.platform(),
                    Setting.of(from.parameters()),
                    Setting.of(from.libraries()));
        }
    }
}
