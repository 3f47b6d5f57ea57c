package io.hindcast.query.market;

import io.hindcast.api.market.CandleSeries;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.FindGaps;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.GapPage;
import io.hindcast.api.market.GapState;
import io.hindcast.api.market.GapView;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import io.hindcast.query.Page;
import io.hindcast.query.QueryArguments;
import io.hindcast.query.QueryProperties;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;

/** Query handlers for markets, candles and gaps. */
public final class MarketQueries {

    private static final String MARKET = """
            select symbol, interval, origin, description, live_from, first_open_time, last_open_time, last_close, candles
            from @market where origin is not null
            """;

    private final ReadModelReader readModel;
    private final CandleCharts charts;

    public MarketQueries(ReadModelReader readModel, QueryProperties properties) {
        this.readModel = readModel;
        this.charts = new CandleCharts(readModel, properties);
    }

    /** Returns the number of candle chart points in memory. */
    public long cachedPoints() {
        return charts.cachedPoints();
    }

    @QueryHandler
    public MarketViews handle(FindMarkets query) {
        return new MarketViews(readModel.read(
                query.asOf(), tables -> tables.list(MARKET + " order by symbol", MarketQueries::market)));
    }

    @QueryHandler
    public Optional<MarketView> handle(FindMarket query) {
        return readModel.read(
                query.asOf(),
                tables -> tables.first(
                        MARKET + " and symbol = ?",
                        MarketQueries::market,
                        query.symbol().value()));
    }

    private static MarketView market(ResultSet row) throws SQLException {
        return new MarketView(
                new Symbol(row.getString(1)),
                Interval.of(row.getString(2)),
                MarketOrigin.valueOf(row.getString(3)),
                row.getString(4),
                TableReader.optionalTime(row, 5),
                TableReader.optionalTime(row, 6),
                TableReader.optionalTime(row, 7),
                Optional.ofNullable(row.getBigDecimal(8)),
                row.getLong(9));
    }

    @QueryHandler
    public CandleSeries handle(FindCandles query) {
        return charts.series(query);
    }

    @QueryHandler
    public GapPage handle(FindGaps query) {
        QueryArguments.requireRange("first", query.first(), 1, 500);
        Instant before = Page.position(query.after(), text -> Instant.ofEpochMilli(Long.parseLong(text)))
                .orElse(QueryArguments.END_OF_TIME);
        List<GapView> gaps = readModel.read(
                query.asOf(),
                tables -> tables.list(
                        """
                select from_time, to_time, state, detected_at, resolved_at
                from @gap where symbol = ? and from_time < ? order by from_time desc limit ?
                """,
                        row -> new GapView(
                                query.symbol(),
                                TableReader.time(row, 1),
                                TableReader.time(row, 2),
                                GapState.valueOf(row.getString(3)),
                                TableReader.time(row, 4),
                                TableReader.optionalTime(row, 5)),
                        query.symbol().value(),
                        before,
                        query.first() + 1));
        Page<GapView> page =
                Page.of(gaps, query.first(), gap -> Long.toString(gap.from().toEpochMilli()));
        return new GapPage(page.rows(), page.cursors(), page.hasNext());
    }
}
