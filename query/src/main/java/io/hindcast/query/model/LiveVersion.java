package io.hindcast.query.model;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.readmodel.TableReader;
import java.util.Comparator;
import java.util.List;

/** A version with the slot in which it is live. */
public record LiveVersion(VersionId version, Slot slot) {

    /** Returns the live versions of a symbol's models, in the order of their ids. */
    public static List<LiveVersion> of(TableReader tables, Symbol symbol) {
        return tables
                .list(
                        "select version, slot from @model_version where symbol = ? and slot is not null",
                        row -> new LiveVersion(VersionId.parse(row.getString(1)), Slot.valueOf(row.getString(2))),
                        symbol.value())
                .stream()
                .sorted(Comparator.comparing(LiveVersion::version))
                .toList();
    }
}
