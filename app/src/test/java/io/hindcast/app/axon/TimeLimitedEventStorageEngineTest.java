package io.hindcast.app.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.HindcastJson;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.app.local.EmbeddedPostgres;
import io.hindcast.readmodel.database.Migrations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The event storage engine on a real PostgreSQL. */
class TimeLimitedEventStorageEngineTest {

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static DriverManagerDataSource dataSource;
    private static TransactionManager transactions;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(
                folder, Path.of(System.getProperty("user.home"), ".cache", "hindcast"), why -> {});
        dataSource = new DriverManagerDataSource(postgres.url(), postgres.user(), postgres.password());
        Migrations.migrate(dataSource);
        transactions = new SpringTransactionManager(new DataSourceTransactionManager(dataSource));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void theServerAbortsAnAppendThatIsNotCommittedInTime() {
        TimeLimitedEventStorageEngine engine = engine(Duration.ofSeconds(20));
        TimeLimitedEventStorageEngine impatient = engine(Duration.ofMillis(200));
        engine.appendEvents(List.of(event("market:BEFORE", 0)));
        assertThatThrownBy(() -> transactions.executeInTransaction(() -> {
                    impatient.appendEvents(List.of(event("market:SLOW", 0)));
                    new JdbcTemplate(dataSource).execute("select pg_sleep(2)");
                }))
                .satisfies(failure -> assertThat(TransientFailure.of(failure))
                        .as("a command with this failure is retried")
                        .contains(TransientFailure.OUTAGE));
        engine.appendEvents(List.of(event("market:AFTER", 0)));
        assertThat(engine.readEvents(null, false).map(TimeLimitedEventStorageEngineTest::aggregate))
                .contains("market:BEFORE", "market:AFTER")
                .doesNotContain("market:SLOW");
    }

    @Test
    void doesNotLimitTransactionsThatAppendNothing() {
        transactions.executeInTransaction(() -> new JdbcTemplate(dataSource).execute("select pg_sleep(0.3)"));
        assertThat(new JdbcTemplate(dataSource).queryForObject("show transaction_timeout", String.class))
                .isEqualTo("0");
    }

    @Test
    void reportsAConflictOfTwoWritersOfOneSequenceNumber() {
        TimeLimitedEventStorageEngine engine = engine(TimeLimitedEventStorageEngine.TRANSACTION_TIMEOUT);
        engine.appendEvents(List.of(event("market:TWICE", 0)));
        assertThatThrownBy(() -> engine.appendEvents(List.of(event("market:TWICE", 0))))
                .satisfies(failure -> assertThat(TransientFailure.of(failure)).contains(TransientFailure.CONFLICT));
        engine.appendEvents(List.of(event("market:TWICE", 1)));
        assertThatThrownBy(() -> engine.appendEvents(List.of(event("market:TWICE", 1))))
                .isInstanceOf(ConcurrencyException.class);
    }

    @Test
    void abortsAppendsBeforeReadersSkipTheGap() {
        assertThat(TimeLimitedEventStorageEngine.TRANSACTION_TIMEOUT)
                .isLessThan(
                        TimeLimitedEventStorageEngine.GAP_TIMEOUT.dividedBy(2).plusMillis(1));
    }

    private static TimeLimitedEventStorageEngine engine(Duration timeout) {
        return new TimeLimitedEventStorageEngine(
                PostgresStoreConfiguration.settings(
                        new SpringDataSourceConnectionProvider(dataSource),
                        transactions,
                        JacksonSerializer.builder()
                                .objectMapper(HindcastJson.mapper())
                                .build()),
                transactions,
                timeout);
    }

    private static GenericDomainEventMessage<MarketOpened> event(String aggregate, long sequence) {
        return new GenericDomainEventMessage<>(
                "Market",
                aggregate,
                sequence,
                new MarketOpened(
                        new Symbol("BTCUSDT"), Interval.of("1m"), MarketOrigin.SYNTHETIC, "a test", Instant.EPOCH));
    }

    private static String aggregate(TrackedEventMessage<?> event) {
        return ((org.axonframework.eventhandling.DomainEventMessage<?>) event).getAggregateIdentifier();
    }
}
