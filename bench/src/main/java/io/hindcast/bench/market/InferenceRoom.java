package io.hindcast.bench.market;

import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.news.FindUnmeasuredArticles;
import io.hindcast.api.news.UnmeasuredArticles;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.artifacts.EmbeddedS3;
import io.hindcast.history.audit.AuditLog;
import io.hindcast.history.audit.AuditedCandles;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.market.DayFiles;
import io.hindcast.history.model.ModelLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.history.prediction.PredictionLog;
import io.hindcast.inference.InferenceConfiguration;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The lanes and backfills of a {@link BenchmarkPlatform}, wired as in the application, with a market clock that is set.
 */
final class InferenceRoom implements AutoCloseable {

    private final EmbeddedS3 s3;
    private final ArtifactStore artifacts;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Configuration axon;
    private volatile Instant now;

    InferenceRoom(BenchmarkPlatform benchmark, Path folder, Instant now) {
        this.now = now;
        s3 = EmbeddedS3.start(folder.resolve("s3"));
        artifacts = new ArtifactStore(s3.connection().open(), "models", ArtifactStore.MissingBucket.CREATE);
        var log = benchmark.platform.log;
        context.registerBean("marketClock", InstantSource.class, () -> () -> this.now);
        context.registerBean("wallClock", InstantSource.class, InstantSource::system);
        context.registerBean(CommandGateway.class, benchmark::commands);
        SimpleQueryBus queries = SimpleQueryBus.builder().build();
        // No market has articles whose reactions could be measured.
        var _ = queries.subscribe(FindMarkets.class.getName(), MarketViews.class, _ -> new MarketViews(List.of()));
        var _ = queries.subscribe(
                FindUnmeasuredArticles.class.getName(),
                UnmeasuredArticles.class,
                _ -> new UnmeasuredArticles(List.of()));
        context.registerBean(
                QueryGateway.class,
                () -> DefaultQueryGateway.builder().queryBus(queries).build());
        context.registerBean(CandleLog.class, () -> new CandleLog(log, new DayFiles(folder.resolve("days"))));
        context.registerBean(ModelLog.class, () -> new ModelLog(log));
        context.registerBean(ArticleLog.class, () -> new ArticleLog(log));
        context.registerBean(SentimentLog.class, () -> new SentimentLog(log));
        context.registerBean(PredictionLog.class, () -> new PredictionLog(log));
        context.registerBean(AuditedCandles.class, () -> new AuditedCandles(new CandleLog(log)));
        context.registerBean(AuditLog.class, () -> new AuditLog(log));
        context.registerBean(ArtifactStore.class, () -> artifacts);
        context.registerBean(
                SupervisedLoop.Context.class,
                () -> new SupervisedLoop.Context(
                        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1)),
                        WallTimer.system(),
                        new Random(1),
                        new Outages(InstantSource.system()),
                        new SimpleMeterRegistry()));
        context.registerBean(InferenceConfiguration.class);
        context.refresh();
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(configuration -> benchmark.platform.serializer)
                .configureTransactionManager(configuration -> benchmark.platform.transactions)
                .configureEventStore(configuration -> log)
                .registerComponent(TokenStore.class, configuration -> benchmark.platform.tokens);
        context.getBean(ConfigurerModule.class).configureModule(configurer);
        axon = configurer.start();
    }

    ArtifactRef store(byte[] bundle) {
        return artifacts.put(bundle);
    }

    void setClock(Instant time) {
        now = time;
    }

    @Override
    public void close() {
        axon.shutdown();
        context.close();
        s3.close();
    }
}
