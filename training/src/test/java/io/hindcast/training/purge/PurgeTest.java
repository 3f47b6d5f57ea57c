package io.hindcast.training.purge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.training.DatasetPurged;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.RecordDataset;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.command.model.Model;
import io.hindcast.command.training.TrainingProgram;
import io.hindcast.ml.parquet.DatasetManifest;
import io.hindcast.training.dataset.TestStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The deletion of purged artifacts and datasets from the real store. */
@NullUnmarked
class PurgeTest {

    private static final Instant TIME = Instant.parse("2022-02-01T00:00:00Z");
    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final FeatureSetRef FEATURES = new FeatureSetRef("price-v1", "ef".repeat(32));

    private static TestStore store;
    private static ArtifactStore artifacts;
    private static int tests;

    private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    private final TokenStore tokens = new InMemoryTokenStore();
    /** Makes the objects of each test its own. */
    private final int test = ++tests;

    private EventStore log;
    private Configuration axon;

    @BeforeAll
    static void open() {
        store = new TestStore();
        artifacts = store.artifacts();
    }

    @AfterAll
    static void closeStore() {
        store.close();
    }

    @AfterEach
    void stop() {
        axon.shutdown();
    }

    /** Public for Axon, which calls it by reflection. */
    public static final class Markets {

        @QueryHandler
        public MarketViews handle(FindMarkets query) {
            return new MarketViews(List.of(market(BTC), market(ETH)));
        }

        private static MarketView market(Symbol symbol) {
            return new MarketView(
                    symbol,
                    Interval.ONE_MINUTE,
                    MarketOrigin.SYNTHETIC,
                    "generated",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0);
        }
    }

    private Configurer configurer() {
        log = EmbeddedEventStore.builder().storageEngine(engine).build();
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
        configurer
                .configureEventStore(c -> log)
                .registerComponent(TokenStore.class, c -> tokens)
                .registerQueryHandler(c -> new Markets())
                .configureAggregate(Model.class)
                .configureAggregate(TrainingProgram.class);
        return configurer;
    }

    /** Starts a platform that deletes from a store. */
    private void start(ArtifactStore from) {
        Configurer configurer = configurer();
        new PurgeConfiguration()
                .purgeOfArtifacts(from, InstantSource.fixed(TIME))
                .configureModule(configurer);
        start(configurer);
    }

    /** Starts a platform that is killed before it handles any event. */
    private void startWithoutHandlers() {
        start(configurer());
    }

    private void start(Configurer configurer) {
        axon = configurer.buildConfiguration();
        axon.start();
    }

    private Object send(Object command) {
        return axon.commandGateway().sendAndWait(command);
    }

    private ArtifactRef object(String content) {
        return artifacts.put((test + content).getBytes(UTF_8));
    }

    /** Stores a dataset whose articles are given and whose other parts are its own. */
    private DatasetRef dataset(String name, String articles) {
        TreeMap<String, ArtifactRef> parts = new TreeMap<>(Map.of(
                DatasetManifest.ROWS, object(name + " rows"),
                DatasetManifest.BARS, object(name + " bars"),
                DatasetManifest.ARTICLES, object(articles)));
        LogPosition position = new LogPosition("BTCUSDT:1m:2022-01-31", 0);
        DatasetManifest.Part part = new DatasetManifest.Part(0, 1, TIME, TIME);
        DatasetManifest manifest = new DatasetManifest(
                DatasetManifest.FORMAT,
                new DatasetManifest.Features(FEATURES, List.of(FEATURES), 0),
                LabelSpec.DEFAULT,
                new DatasetManifest.Period(TIME, TIME),
                new DatasetManifest.Parts(part, part, part),
                new DatasetManifest.Counts(3, 3, 3, 0),
                new DatasetManifest.Sources(position, new TreeMap<>()),
                parts);
        return new DatasetRef(artifacts.put(manifest.toJson()), position, 3, 3, 0, FEATURES);
    }

    private static List<ArtifactRef> objects(DatasetRef dataset) {
        List<ArtifactRef> all = new ArrayList<>(DatasetManifest.fromJson(artifacts.get(dataset.manifest()))
                .parts()
                .values());
        all.add(dataset.manifest());
        return all;
    }

    private void cycle(Symbol symbol, int number, DatasetRef dataset) {
        send(new RequestTrainingCycle(
                symbol,
                "test",
                List.of(ModelFamily.LIGHTGBM),
                new TrainingSpec(LabelSpec.DEFAULT, TIME.minusSeconds(60), TIME, number),
                TIME));
        send(new RecordDataset(symbol, number, dataset, TIME));
    }

    private void end(Symbol symbol, int cycle) {
        send(new EndTrainingCycle(symbol, cycle, TIME));
    }

    private void register(ModelFamily family, int number, ArtifactRef artifact, DatasetRef dataset) {
        send(new RegisterVersion(
                new ModelId(family, BTC),
                "BTCUSDT/" + number + "/" + family + "/1",
                artifact,
                new ScorerSpec("flat-trees", "1"),
                new Provenance(
                        dataset.manifest().sha256(),
                        dataset.position(),
                        TIME,
                        TIME,
                        1,
                        1,
                        FEATURES,
                        LabelSpec.DEFAULT,
                        new TreeMap<>(),
                        1,
                        new TreeMap<>(),
                        "linux"),
                new Evaluation(1, 0, 0, 0, 1, 0, List.of(), 0, 0, 0, 0, List.of(), 1.1, Optional.empty()),
                TIME,
                Duration.ofDays(7)));
    }

    /** Registers as many versions as purge all older ones of the family. */
    private void displace(ModelFamily family, int from, DatasetRef dataset) {
        for (int i = 0; i < Slots.ARCHIVE_LIMIT; i++) {
            register(family, from + i, object(family + " displacing " + i), dataset);
        }
    }

    private <E> List<E> events(String aggregate, Class<E> type) {
        List<E> found = new ArrayList<>();
        DomainEventStream stream = log.readEvents(aggregate, 0);
        while (stream.hasNext()) {
            Object payload = stream.next().getPayload();
            if (type.isInstance(payload)) {
                found.add(type.cast(payload));
            }
        }
        return found;
    }

    private static void awaitDeleted(ArtifactRef... objects) {
        for (ArtifactRef object : objects) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !artifacts.exists(object));
        }
    }

    private static void assertKept(ArtifactRef... objects) {
        assertThat(objects).allMatch(artifacts::exists);
    }

    /** Waits until the handler has seen every event of the log. */
    private void awaitHandled() {
        long head = log.createHeadToken().position().orElseThrow();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            TrackingToken token = tokens.fetchToken(Purge.PROCESSOR, 0);
            return token != null && token.position().orElse(-1) >= head;
        });
    }

    @Test
    void artifactAndDatasetOfTheEleventhVersionAreDeletedAndNoOthers() {
        start(artifacts);
        DatasetRef first = dataset("first", "same articles");
        DatasetRef second = dataset("second", "same articles");
        ArtifactRef oldest = object("oldest");
        cycle(BTC, 1, first);
        register(ModelFamily.LIGHTGBM, 1, oldest, first);
        end(BTC, 1);
        cycle(BTC, 2, second);
        List<ArtifactRef> deleted = objects(first);
        ArtifactRef shared = object("same articles");
        deleted.remove(shared);
        List<ArtifactRef> kept = objects(second);

        displace(ModelFamily.LIGHTGBM, 2, second);
        awaitDeleted(oldest);
        awaitDeleted(deleted.toArray(ArtifactRef[]::new));
        awaitHandled();
        assertKept(shared, object("LIGHTGBM displacing 0"));
        assertKept(kept.toArray(ArtifactRef[]::new));
        assertThat(events("lightgbm:BTCUSDT", VersionPurged.class)).hasSize(1);
        assertThat(events(TrainingProgramId.of(BTC), DatasetPurged.class)).hasSize(1);
    }

    @Test
    void artifactStaysUntilTheLastVersionThatSharesItIsPurged() {
        start(artifacts);
        DatasetRef dataset = dataset("shared", "shared articles");
        ArtifactRef artifact = object("shared artifact");
        register(ModelFamily.LIGHTGBM, 1, artifact, dataset);
        register(ModelFamily.TST, 1, artifact, dataset);

        displace(ModelFamily.LIGHTGBM, 2, dataset);
        awaitHandled();
        assertThat(events("lightgbm:BTCUSDT", VersionPurged.class)).hasSize(1);
        assertKept(artifact);

        displace(ModelFamily.TST, 2, dataset);
        awaitDeleted(artifact);
    }

    @Test
    void datasetOfAnotherSymbolKeepsASharedPart() {
        start(artifacts);
        DatasetRef ours = dataset("ours", "articles of both");
        DatasetRef theirs = dataset("theirs", "articles of both");
        List<ArtifactRef> kept = objects(theirs);
        cycle(ETH, 1, theirs);
        cycle(BTC, 1, ours);

        end(BTC, 1);
        awaitDeleted(ours.manifest());
        assertKept(kept.toArray(ArtifactRef[]::new));
    }

    @Test
    void datasetOfACycleWithoutAVersionIsDeletedAtItsEndAndNotWhileItIsRead() {
        start(artifacts);
        DatasetRef dataset = dataset("unused", "unused articles");
        List<ArtifactRef> all = objects(dataset);
        ArtifactRef oldest = object("trained on a dataset in use");
        cycle(BTC, 1, dataset);
        register(ModelFamily.LIGHTGBM, 1, oldest, dataset);
        displace(ModelFamily.LIGHTGBM, 2, dataset("other", "other articles"));
        awaitDeleted(oldest);
        awaitHandled();
        assertKept(all.toArray(ArtifactRef[]::new));

        end(BTC, 1);
        awaitDeleted(all.toArray(ArtifactRef[]::new));
    }

    @Test
    void deletesAfterAKillBetweenEventAndDeletion() {
        startWithoutHandlers();
        DatasetRef dataset = dataset("killed", "killed articles");
        List<ArtifactRef> all = objects(dataset);
        ArtifactRef oldest = object("oldest before the kill");
        cycle(BTC, 1, dataset);
        register(ModelFamily.LIGHTGBM, 1, oldest, dataset);
        end(BTC, 1);
        displace(ModelFamily.LIGHTGBM, 2, dataset("later", "later articles"));
        assertThat(events("lightgbm:BTCUSDT", VersionPurged.class)).hasSize(1);
        assertKept(oldest);
        axon.shutdown();

        // The next start cannot reach the store, and ends too.
        try (S3Client unreachable = unreachable()) {
            start(new ArtifactStore(unreachable, "nowhere", ArtifactStore.MissingBucket.REFUSE));
            axon.shutdown();
        }
        assertKept(oldest);

        // A kill in the middle of the dataset's deletion leaves some parts.
        artifacts.delete(all.getFirst());
        start(artifacts);
        awaitDeleted(oldest);
        awaitDeleted(all.toArray(ArtifactRef[]::new));
        assertThat(events(TrainingProgramId.of(BTC), DatasetPurged.class)).hasSize(1);
    }

    private static S3Client unreachable() {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .forcePathStyle(true)
                .build();
    }
}
