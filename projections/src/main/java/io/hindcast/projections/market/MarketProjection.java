package io.hindcast.projections.market;

import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapRepaired;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.UtcDay;
import io.hindcast.readmodel.TableReader;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes markets and the gaps in their candles. These events are rare, so each is written at once. */
public final class MarketProjection {

    private final TableWriter tables;

    public MarketProjection(TableWriter tables) {
        this.tables = tables;
    }

    public void on(MarketOpened event) {
        tables.update(
                """
                insert into @market (symbol, interval, origin, description, opened_at) values (?, ?, ?, ?, ?)
                on conflict (symbol) do update
                set interval = excluded.interval, origin = excluded.origin, description = excluded.description,
                    opened_at = excluded.opened_at
                """,
                event.symbol().value(),
                event.interval().code(),
                event.origin(),
                event.description(),
                event.openedAt());
    }

    public void on(MarketWentLive event) {
        tables.update("""
                insert into @market (symbol, live_from) values (?, ?)
                on conflict (symbol) do update set live_from = excluded.live_from
                """, event.symbol().value(), event.liveFrom());
    }

    public void on(GapDetected event) {
        tables.setKnownAt(event.detectedAt());
        insert(new Gap(
                event.symbol().value(),
                time(event.marketDay(), event.fromMinute()),
                time(event.marketDay(), event.toMinute()),
                "OPEN",
                event.detectedAt(),
                null));
    }

    public void on(GapRepaired event) {
        resolve(event.marketDay(), event.fromMinute(), event.toMinute(), "REPAIRED", event.repairedAt());
    }

    public void on(GapConfirmed event) {
        resolve(event.marketDay(), event.fromMinute(), event.toMinute(), "CONFIRMED", event.confirmedAt());
    }

    private record Gap(
            String symbol,
            Instant from,
            Instant to,
            String state,
            Instant detectedAt,
            @Nullable Instant resolvedAt) {

        Gap part(Instant from, Instant to) {
            return new Gap(symbol, from, to, state, detectedAt, resolvedAt);
        }
    }

    /** Sets the state of these minutes; gaps that reach beyond them are split, and the remainders keep their state. */
    private void resolve(MarketDayId day, int fromMinute, int toMinute, String state, Instant at) {
        tables.setKnownAt(at);
        String symbol = day.symbol().value();
        Instant from = time(day, fromMinute);
        Instant to = time(day, toMinute);
        List<Gap> gaps = tables.list(
                """
                delete from @gap where symbol = ? and from_time <= ? and to_time >= ?
                returning from_time, to_time, state, detected_at, resolved_at
                """,
                row -> new Gap(
                        symbol,
                        TableReader.time(row, 1),
                        TableReader.time(row, 2),
                        row.getString(3),
                        TableReader.time(row, 4),
                        row.getObject(5) == null ? null : TableReader.time(row, 5)),
                symbol,
                to,
                from);
        for (Gap gap : gaps) {
            if (gap.from.isBefore(from)) {
                insert(gap.part(gap.from, from.minusSeconds(60)));
            }
            Instant last = gap.to.isBefore(to) ? gap.to : to;
            insert(new Gap(symbol, gap.from.isBefore(from) ? from : gap.from, last, state, gap.detectedAt, at));
            if (gap.to.isAfter(to)) {
                insert(gap.part(to.plusSeconds(60), gap.to));
            }
        }
    }

    private void insert(Gap gap) {
        tables.update("""
                insert into @gap (symbol, from_time, to_time, state, detected_at, resolved_at) values (?, ?, ?, ?, ?, ?)
                on conflict (symbol, from_time) do nothing
                """, gap.symbol, gap.from, gap.to, gap.state, gap.detectedAt, gap.resolvedAt);
    }

    private static Instant time(MarketDayId day, int minute) {
        return UtcDay.start(day.day()).plusSeconds(60L * minute);
    }
}
