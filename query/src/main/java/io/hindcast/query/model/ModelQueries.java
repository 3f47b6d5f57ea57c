package io.hindcast.query.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FindModelVersion;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionState;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.queryhandling.QueryHandler;

/** Query handlers for models and their versions. */
public final class ModelQueries {

    private static final JsonMapper JSON = HindcastJson.mapper();

    private static final String VERSION = """
            select version, state, slot, reason, trained_at, expires_at, scorer_engine, scorer_version, artifact_digest,
                   artifact_bytes, provenance, evaluation
            from @model_version
            """;

    private final ReadModelReader readModel;
    private final InstantSource marketClock;

    public ModelQueries(ReadModelReader readModel, InstantSource marketClock) {
        this.readModel = readModel;
        this.marketClock = marketClock;
    }

    @QueryHandler
    public ModelViews handle(FindModels query) {
        Map<ModelId, List<ModelVersionView>> models = new TreeMap<>();
        readModel
                .read(tables -> tables.list(
                        VERSION + "where symbol = ? order by model, number desc",
                        this::version,
                        query.symbol().value()))
                .forEach(version -> models.computeIfAbsent(version.version().model(), model -> new ArrayList<>())
                        .add(version));
        return new ModelViews(models.entrySet().stream()
                .map(model -> new ModelView(model.getKey(), model.getValue()))
                .toList());
    }

    @QueryHandler
    public Optional<ModelVersionView> handle(FindModelVersion query) {
        return readModel.read(tables -> tables.first(
                VERSION + "where version = ?", this::version, query.version().toString()));
    }

    private ModelVersionView version(ResultSet row) throws SQLException {
        Instant expiresAt = TableReader.time(row, 6);
        VersionState state = VersionState.valueOf(row.getString(2));
        Evaluation evaluation = json(row.getString(12), Evaluation.class);
        return new ModelVersionView(
                VersionId.parse(row.getString(1)),
                state,
                Optional.ofNullable(row.getString(3)).map(Slot::valueOf),
                Optional.ofNullable(row.getString(4)).or(() -> notPromoted(state, evaluation)),
                TableReader.time(row, 5),
                expiresAt,
                marketClock.instant().isAfter(expiresAt),
                new ScorerSpec(row.getString(7), row.getString(8)),
                new ArtifactRef(row.getString(9), row.getLong(10)),
                json(row.getString(11), Provenance.class),
                evaluation);
    }

    private static Optional<String> notPromoted(VersionState state, Evaluation evaluation) {
        return evaluation
                .degenerate()
                .filter(_ -> state == VersionState.REGISTERED)
                .map(signal -> "it is degenerate: it predicts " + signal
                        + " for nearly all held-out rows. The next training cycle trains another version");
    }

    private static <T> T json(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the read model holds an unreadable " + type.getSimpleName(), e);
        }
    }
}
