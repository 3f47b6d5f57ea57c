package io.hindcast.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.prediction.Signal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableWriterTest {

    private static final Instant TIME = Instant.parse("2022-01-01T00:00:00.123456789Z");
    private static final Instant MICROS = Instant.parse("2022-01-01T00:00:00.123456Z");

    private final TestDatabase database = new TestDatabase();
    private TableWriter tables;

    @BeforeEach
    void createBuild() {
        ReadModelBuild build = database.builds(ReadModelDefinition.PROGRAM).create();
        tables = new TableWriter(database.jdbc, build);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void bindsParametersOfEveryType() {
        assertThat(tables.update(
                        "insert into @gap (symbol, from_time, to_time, state, detected_at, resolved_at, known_from)"
                                + " values (?, ?, ?, ?, ?, ?, ?)",
                        "BTCUSDT",
                        TIME,
                        Optional.of(TIME),
                        Signal.BUY,
                        TIME,
                        Optional.empty(),
                        TIME))
                .isEqualTo(1);

        assertThat(tables.first(
                        "select from_time, to_time, state, resolved_at from @gap where from_time = ?",
                        row -> List.of(
                                TableReader.time(row, 1),
                                TableReader.time(row, 2),
                                row.getString(3),
                                TableReader.optionalTime(row, 4)),
                        TIME))
                .contains(List.of(MICROS, MICROS, "BUY", Optional.empty()));
    }

    @Test
    void bindsListsAsArrays() {
        List<String> rows = tables.list(
                "select new::text from unnest(?::text[], ?::int[], ?::bigint[], ?::float8[], ?::bool[], ?::date[], ?::timestamptz[]) as new",
                row -> row.getString(1),
                List.of("a", "b"),
                List.of(1, 2),
                List.of(3L, 4L),
                List.of(0.5, 1.5),
                List.of(true, false),
                List.of(LocalDate.EPOCH, LocalDate.EPOCH.plusDays(1)),
                List.of(TIME, MICROS));

        assertThat(rows)
                .containsExactly(
                        "(a,1,3,0.5,t,1970-01-01,\"2022-01-01 00:00:00.123456+00\")",
                        "(b,2,4,1.5,f,1970-01-02,\"2022-01-01 00:00:00.123456+00\")");
        assertThat(tables.list("select x from unnest(?::text[]) as x", row -> row.getString(1), List.of()))
                .isEmpty();
    }

    @Test
    void leavesOperatorsWithAnAtSignAlone() {
        assertThat(tables.first(
                        "select to_tsvector('english', 'it rose') @@ to_tsquery('english', 'rise | rose')"
                                + " and not exists (select from @article)",
                        row -> row.getBoolean(1)))
                .contains(true);
    }

    @Test
    void copiesNumbersExactly() {
        List<BigDecimal> numbers = List.of(
                new BigDecimal("0"),
                new BigDecimal("0.00"),
                new BigDecimal("-1"),
                new BigDecimal("40000.50"),
                new BigDecimal("0.00000001"),
                new BigDecimal("1E+5"),
                new BigDecimal("123456789012345678901234567890.123456789"));
        BinaryCopy rows = new BinaryCopy();
        for (int i = 0; i < numbers.size(); i++) {
            rows.row(11)
                    .text("BTCUSDT")
                    .time(60_000L * i)
                    .numeric(numbers.get(i))
                    .numeric(BigDecimal.ONE)
                    .numeric(BigDecimal.ONE)
                    .numeric(BigDecimal.ONE)
                    .numeric(BigDecimal.ONE)
                    .numeric(BigDecimal.ONE)
                    .bigint(i)
                    .integer(i)
                    .time(TIME);
        }

        tables.copy(rows, """
                @candle (symbol, open_time, open, high, low, close, volume, quote_volume, trades, revision, known_at)""");

        assertThat(tables.list("select open::text from @candle order by open_time", row -> row.getString(1)))
                .containsExactlyElementsOf(
                        numbers.stream().map(BigDecimal::toPlainString).toList());
        assertThat(tables.list("select distinct known_at from @candle", row -> TableReader.time(row, 1)))
                .containsExactly(MICROS);
    }

    @Test
    void copiesNothingWithoutRows() {
        tables.copy(new BinaryCopy(), "@gap (symbol)");

        assertThat(database.rows(tables.build()).get("gap")).isEmpty();
    }
}
