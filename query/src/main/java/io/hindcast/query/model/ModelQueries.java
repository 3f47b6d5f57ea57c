package io.hindcast.query.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FindModelVersion;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.Pin;
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
                   artifact_bytes, provenance, evaluation, training_run
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
        return readModel.read(query.asOf(), tables -> {
            Map<ModelId, Pin> pins = pins(tables, query.symbol());
            tables.each(
                    VERSION + "where symbol = ? order by model, number desc",
                    row -> {
                        ModelVersionView version = version(row, moment(query.asOf()));
                        models.computeIfAbsent(version.version().model(), model -> new ArrayList<>())
                                .add(version);
                    },
                    query.symbol().value());
            return new ModelViews(models.entrySet().stream()
                    .map(model -> new ModelView(
                            model.getKey(), Optional.ofNullable(pins.get(model.getKey())), model.getValue()))
                    .toList());
        });
    }

    private static Map<ModelId, Pin> pins(TableReader tables, Symbol symbol) {
        Map<ModelId, Pin> pins = new TreeMap<>();
        tables.each(
                """
                select version, decided_by, reason, at
                from (select distinct on (model) * from @model_event
                      where model = any (?::text[]) and kind in ('PINNED', 'UNPINNED')
                      order by model, sequence desc) latest
                where kind = 'PINNED'
                """,
                row -> {
                    VersionId version = VersionId.parse(row.getString(1));
                    Attribution decision =
                            new Attribution(row.getString(2), row.getString(3), TableReader.time(row, 4));
                    pins.put(version.model(), new Pin(version, decision));
                },
                RegistryQueries.models(symbol));
        return pins;
    }

    @QueryHandler
    public Optional<ModelVersionView> handle(FindModelVersion query) {
        Instant moment = moment(query.asOf());
        return readModel.read(
                query.asOf(),
                tables -> tables.first(
                        VERSION + "where version = ?",
                        row -> version(row, moment),
                        query.version().toString()));
    }

    /** Returns the moment that a query is about, which is never in the future. */
    private Instant moment(Optional<Instant> asOf) {
        Instant now = marketClock.instant();
        return asOf.filter(now::isAfter).orElse(now);
    }

    private static ModelVersionView version(ResultSet row, Instant moment) throws SQLException {
        Instant expiresAt = TableReader.time(row, 6);
        return new ModelVersionView(
                VersionId.parse(row.getString(1)),
                VersionState.valueOf(row.getString(2)),
                Optional.ofNullable(row.getString(3)).map(Slot::valueOf),
                Optional.ofNullable(row.getString(4)),
                row.getString(13),
                TableReader.time(row, 5),
                expiresAt,
                moment.isAfter(expiresAt),
                new ScorerSpec(row.getString(7), row.getString(8)),
                new ArtifactRef(row.getString(9), row.getLong(10)),
                json(row.getString(11), Provenance.class),
                json(row.getString(12), Evaluation.class));
    }

    private static <T> T json(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the read model holds an unreadable " + type.getSimpleName(), e);
        }
    }
}
