package io.hindcast.query.model;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.InSample;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A version with the slot in which it is live.
 *
 * @param inSample the bars that it has seen
 */
public record LiveVersion(VersionId version, Slot slot, InSample inSample) {

    /** Returns the live versions of a symbol's models, in the order of their ids. */
    public static List<LiveVersion> of(TableReader tables, Symbol symbol) {
        return tables
                .list(
                        """
                        select version, slot, provenance ->> 'dataFrom', provenance ->> 'inSampleTo', horizon_bars
                        from @model_version where symbol = ? and slot is not null
                        """,
                        row -> new LiveVersion(
                                VersionId.parse(row.getString(1)), Slot.valueOf(row.getString(2)), inSample(row, 3)),
                        symbol.value())
                .stream()
                .sorted(Comparator.comparing(LiveVersion::version))
                .toList();
    }

    /** Returns the range in the columns {@code first} (data from), {@code first + 1} (to) and the next (horizon). */
    public static InSample inSample(ResultSet row, int first) throws SQLException {
        return InSample.of(
                Instant.parse(row.getString(first)), Instant.parse(row.getString(first + 1)), row.getInt(first + 2));
    }
}
