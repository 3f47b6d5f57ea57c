package io.hindcast.query.model;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.FindModelEvents;
import io.hindcast.api.model.FindSlots;
import io.hindcast.api.model.ModelEventKind;
import io.hindcast.api.model.ModelEventPage;
import io.hindcast.api.model.ModelEventView;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.SlotView;
import io.hindcast.api.model.SlotViews;
import io.hindcast.api.model.VersionId;
import io.hindcast.query.Page;
import io.hindcast.query.QueryArguments;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;

/** Query handlers for the history of models and for their slots at any time. */
public final class RegistryQueries {

    private final ReadModelReader readModel;

    public RegistryQueries(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    /** The position of an event, by which the history of several models is ordered. */
    private record Position(Instant recordedAt, String model, long sequence) {

        static final Position END = new Position(QueryArguments.END_OF_TIME, "", 0);

        static Position parse(String text) {
            String[] parts = text.split(" ", 3);
            return new Position(Instant.parse(parts[0]), parts[2], Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return recordedAt + " " + sequence + " " + model;
        }
    }

    private record Entry(ModelEventView event, Position position) {

        static Entry of(ResultSet row) throws SQLException {
            Instant recordedAt = TableReader.time(row, 7);
            ModelEventView event = new ModelEventView(
                    VersionId.parse(row.getString(3)),
                    ModelEventKind.valueOf(row.getString(4)),
                    Optional.ofNullable(row.getString(5)),
                    Optional.ofNullable(row.getString(6)),
                    TableReader.time(row, 8),
                    recordedAt);
            return new Entry(event, new Position(recordedAt, row.getString(1), row.getLong(2)));
        }
    }

    @QueryHandler
    public ModelEventPage handle(FindModelEvents query) {
        QueryArguments.requireRange("first", query.first(), 1, 200);
        Position before = Page.position(query.after(), Position::parse).orElse(Position.END);
        List<String> models = query.family()
                .map(family -> List.of(new ModelId(family, query.symbol()).toString()))
                .orElseGet(() -> models(query.symbol()));
        Optional<String> version = query.version().map(VersionId::toString);
        List<Entry> found = readModel.read(
                query.asOf(),
                tables -> tables.list(
                        """
                select model, sequence, version, kind, decided_by, reason, recorded_at, at
                from @model_event
                where model = any (?::text[]) and (?::text is null or version = ?::text)
                  and (recorded_at, sequence, model) < (?, ?, ?)
                order by recorded_at desc, sequence desc, model desc limit ?
                """,
                        Entry::of,
                        models,
                        version,
                        version,
                        before.recordedAt(),
                        before.sequence(),
                        before.model(),
                        query.first() + 1));
        Page<Entry> page =
                Page.of(found, query.first(), entry -> entry.position().toString());
        return new ModelEventPage(page.rows().stream().map(Entry::event).toList(), page.cursors(), page.hasNext());
    }

    @QueryHandler
    public SlotViews handle(FindSlots query) {
        // One statement: a change of the slots is seen as a whole or not at all.
        List<SlotView> slots = readModel.read(
                query.asOf(),
                tables -> tables.list(
                        """
                select version, slot, valid_from, valid_to from @slot_period
                where model = any (?::text[]) and valid_to is null
                """,
                        row -> new SlotView(
                                VersionId.parse(row.getString(1)),
                                Slot.valueOf(row.getString(2)),
                                TableReader.time(row, 3),
                                TableReader.optionalTime(row, 4)),
                        models(query.symbol())));
        return new SlotViews(slots.stream()
                .sorted(Comparator.comparing((SlotView slot) -> slot.version().model())
                        .thenComparing(SlotView::slot))
                .toList());
    }

    /** Returns the ids of all models that a symbol may have. */
    static List<String> models(Symbol symbol) {
        return Arrays.stream(ModelFamily.values())
                .map(family -> new ModelId(family, symbol).toString())
                .toList();
    }
}
