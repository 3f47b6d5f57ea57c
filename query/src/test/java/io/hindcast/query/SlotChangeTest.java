package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.FindSlots;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.SlotView;
import io.hindcast.api.model.SlotViews;
import io.hindcast.projections.MarketScript;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Readers that query all the time while versions move through the slots. */
class SlotChangeTest {

    private static final LocalDate DAY = LocalDate.of(2022, 1, 2);
    private static final int VERSIONS = 12;

    private final MarketScript script = new MarketScript("BTCUSDT", 7);

    @Test
    void noReaderSeesHalfOfAChange() {
        try (TestQueries queries = new TestQueries()) {
            AtomicBoolean ended = new AtomicBoolean();
            List<CompletableFuture<Set<Map<Slot, Integer>>>> readers =
                    List.of(read(() -> slots(queries), ended), read(() -> live(queries), ended));
            script.open();
            for (int number = 1; number <= VERSIONS; number++) {
                queries.publish(
                        script.model(number, LabelSpec.DEFAULT, at(DAY, number)).take());
            }
            ended.set(true);

            Set<Map<Slot, Integer>> whole = new HashSet<>(Set.of(Map.of(), Map.of(Slot.BASELINE, 1)));
            whole.add(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 2));
            for (int number = 3; number <= VERSIONS; number++) {
                whole.add(Map.of(Slot.BASELINE, 1, Slot.PREVIOUS, number - 1, Slot.CURRENT, number));
            }
            for (CompletableFuture<Set<Map<Slot, Integer>>> reader : readers) {
                assertThat(reader.join()).hasSizeGreaterThan(2).isSubsetOf(whole);
            }
        }
    }

    /** Collects answers until the end. */
    private static CompletableFuture<Set<Map<Slot, Integer>>> read(
            Supplier<Map<Slot, Integer>> query, AtomicBoolean ended) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Set<Map<Slot, Integer>> seen = new HashSet<>();
                    while (!ended.get()) {
                        seen.add(query.get());
                    }
                    return seen;
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private Map<Slot, Integer> slots(TestQueries queries) {
        Map<Slot, Integer> live = new EnumMap<>(Slot.class);
        for (SlotView slot : queries.ask(new FindSlots(script.symbol(), Optional.empty()), SlotViews.class)
                .slots()) {
            assertThat(live.put(slot.slot(), slot.version().number()))
                    .as("another version in %s", slot.slot())
                    .isNull();
        }
        return live;
    }

    /** The slots as versions have them. */
    private Map<Slot, Integer> live(TestQueries queries) {
        Map<Slot, Integer> live = new EnumMap<>(Slot.class);
        queries.ask(new FindModels(script.symbol()), ModelViews.class).models().stream()
                .flatMap(model -> model.versions().stream())
                .forEach(version -> version.slot()
                        .ifPresent(slot -> assertThat(
                                        live.put(slot, version.version().number()))
                                .as("another version in %s", slot)
                                .isNull()));
        return live;
    }
}
