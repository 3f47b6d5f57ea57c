package io.hindcast.query;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.RefusedException;
import io.hindcast.projections.ReadModelProcessors;
import io.hindcast.projections.TestPlatform;
import io.hindcast.query.audit.AuditQueries;
import io.hindcast.query.comparison.ComparisonQueries;
import io.hindcast.query.live.LiveUpdates;
import io.hindcast.query.live.LogTail;
import io.hindcast.query.market.MarketQueries;
import io.hindcast.query.model.BackfillQueries;
import io.hindcast.query.model.ModelQueries;
import io.hindcast.query.model.RegistryQueries;
import io.hindcast.query.news.NewsQueries;
import io.hindcast.query.prediction.PredictionQueries;
import io.hindcast.query.rental.RentalQueries;
import io.hindcast.query.training.TrainingQueries;
import io.hindcast.readmodel.ReadModelDefinition;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;

/** A platform whose read models are kept up to date and whose queries are answered. */
public final class TestQueries implements AutoCloseable {

    public final TestPlatform platform = new TestPlatform();
    public final QueryGateway gateway;
    public final SimpleQueryBus bus = SimpleQueryBus.builder().build();
    public volatile Instant marketTime = Instant.parse("2022-01-04T00:00:00Z");

    private final ReadModelProcessors.Running projections;
    private final LogTail tail;

    public TestQueries() {
        this(Duration.ofMillis(50));
    }

    /** @param chartFreshness time for which a chart may miss a change of the read models */
    public TestQueries(Duration chartFreshness) {
        projections = platform.processors(2, 200).start(platform.serve());
        ReadModelReader readModel = new ReadModelReader(platform.jdbc, ReadModelDefinition.PROGRAM);
        QueryProperties properties = new QueryProperties(500_000, chartFreshness);
        LiveUpdates updates = new LiveUpdates(bus.queryUpdateEmitter());
        for (Object handler : List.of(
                new MarketQueries(readModel, properties),
                new PredictionQueries(readModel, properties),
                new ModelQueries(readModel, () -> marketTime),
                new RegistryQueries(readModel),
                new BackfillQueries(readModel),
                new TrainingQueries(readModel),
                new RentalQueries(readModel),
                new AuditQueries(readModel),
                new NewsQueries(readModel),
                new ComparisonQueries(readModel),
                updates)) {
            var _ = new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus);
        }
        gateway = DefaultQueryGateway.builder().queryBus(bus).build();
        tail = new LogTail(
                platform.log,
                updates,
                new SupervisedLoop.Context(
                        new Backoff(Duration.ofMillis(50), Duration.ofMillis(200)),
                        WallTimer.system(),
                        new Random(1),
                        new Outages(InstantSource.system()),
                        new SimpleMeterRegistry()));
        tail.start();
    }

    /** Appends events and waits until the read models hold them. */
    public void publish(List<EventMessage<?>> events) {
        platform.publish(events);
        long head = platform.log.createHeadToken().position().orElseThrow();
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(60))
                .until(() -> projections.position() >= head);
    }

    public <R> R ask(Object query, Class<R> answer) {
        return gateway.query(query, answer).join();
    }

    /** Asserts that a query is refused with a code about a subject. */
    public void assertRefused(Object query, String code, String subject) {
        assertThatThrownBy(() -> ask(query, Object.class))
                .extracting(RefusedException::in)
                .extracting("code", "subject")
                .containsExactly(code, subject);
    }

    @Override
    public void close() {
        tail.stop();
        projections.close();
        platform.close();
    }
}
