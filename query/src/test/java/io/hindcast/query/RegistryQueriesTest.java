package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.FindModelEvents;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.FindSlots;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelEventKind;
import io.hindcast.api.model.ModelEventPage;
import io.hindcast.api.model.ModelEventView;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelPinned;
import io.hindcast.api.model.ModelView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.SlotView;
import io.hindcast.api.model.SlotViews;
import io.hindcast.api.model.VersionState;
import io.hindcast.projections.MarketScript;
import io.hindcast.projections.RegistryScript;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Versions with their decisions, and the slots at any time. */
class RegistryQueriesTest {

    private static final LocalDate DAY = LocalDate.of(2022, 1, 2);
    private static final MarketScript SCRIPT = new MarketScript("BTCUSDT", 7);

    private static TestQueries queries;

    /** Versions 1 and 2 go live at minutes 10 and 20; from minute 30 a decision a minute follows. */
    @BeforeAll
    static void start() {
        queries = new TestQueries();
        SCRIPT.open().model(1, LabelSpec.DEFAULT, at(DAY, 10)).model(2, LabelSpec.DEFAULT, at(DAY, 20));
        new RegistryScript(SCRIPT).decisions(at(DAY, 30));
        SCRIPT.model(new ModelPinned(SCRIPT.version(2), RegistryScript.because("it is the best", at(DAY, 40))));
        queries.publish(SCRIPT.take());
    }

    @AfterAll
    static void stop() {
        queries.close();
    }

    private static Map<Slot, Integer> live(Optional<Instant> asOf) {
        Map<Slot, Integer> live = new EnumMap<>(Slot.class);
        for (SlotView slot : queries.ask(new FindSlots(SCRIPT.symbol(), asOf), SlotViews.class)
                .slots()) {
            assertThat(live.put(slot.slot(), slot.version().number())).isNull();
        }
        return live;
    }

    private static Map<Slot, Integer> liveAt(Instant moment) {
        return live(Optional.of(moment));
    }

    @Test
    void answersWhichVersionsWereLiveAtAnyTime() {
        assertThat(liveAt(at(DAY, 10).minusMillis(1))).isEmpty();
        assertThat(liveAt(at(DAY, 10))).isEqualTo(Map.of(Slot.BASELINE, 1));
        assertThat(liveAt(at(DAY, 20).minusMillis(1))).isEqualTo(Map.of(Slot.BASELINE, 1));
        assertThat(liveAt(at(DAY, 20))).isEqualTo(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 2));
        assertThat(liveAt(at(DAY, 31).minusMillis(1))).isEqualTo(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 2));
        assertThat(liveAt(at(DAY, 31))).isEqualTo(Map.of(Slot.BASELINE, 1, Slot.PREVIOUS, 2, Slot.CURRENT, 3));
        assertThat(liveAt(at(DAY, 32))).isEqualTo(Map.of(Slot.BASELINE, 1, Slot.PREVIOUS, 3, Slot.CURRENT, 2));
        assertThat(liveAt(at(DAY, 34))).isEqualTo(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 2));
    }

    @Test
    void slotsOfNowAndOfTheFutureAreThoseOfTheLatestChange() {
        assertThat(live(Optional.empty())).isEqualTo(Map.of(Slot.BASELINE, 1, Slot.CURRENT, 2));
        assertThat(liveAt(at(DAY, 1_000_000))).isEqualTo(live(Optional.empty()));
    }

    @Test
    void givesThePeriodOfASlotWithoutAnEndInTheFuture() {
        List<SlotView> slots = queries.ask(
                        new FindSlots(SCRIPT.symbol(), Optional.of(at(DAY, 31).plusSeconds(7))), SlotViews.class)
                .slots();

        assertThat(slots)
                .containsExactly(
                        new SlotView(SCRIPT.version(1), Slot.BASELINE, at(DAY, 10), Optional.empty()),
                        new SlotView(SCRIPT.version(2), Slot.PREVIOUS, at(DAY, 31), Optional.empty()),
                        new SlotView(SCRIPT.version(3), Slot.CURRENT, at(DAY, 31), Optional.empty()));
    }

    @Test
    void anotherSymbolHasItsOwnSlotsAndHistory() {
        Symbol other = new Symbol("ETHUSDT");

        assertThat(queries.ask(new FindSlots(other, Optional.empty()), SlotViews.class)
                        .slots())
                .isEmpty();
        assertThat(queries.ask(
                                new FindModelEvents(other, Optional.empty(), Optional.empty(), 50, Optional.empty()),
                                ModelEventPage.class)
                        .events())
                .isEmpty();
    }

    private static ModelEventPage history(Optional<ModelFamily> family, int first, Optional<String> after) {
        return queries.ask(
                new FindModelEvents(SCRIPT.symbol(), family, Optional.empty(), first, after), ModelEventPage.class);
    }

    @Test
    void listsDecisionsWithPersonReasonAndTime() {
        List<ModelEventView> events =
                history(Optional.empty(), 200, Optional.empty()).events();

        assertThat(events).extracting(ModelEventView::kind).startsWith(ModelEventKind.PINNED, ModelEventKind.PURGED);
        assertThat(events)
                .filteredOn(event -> event.kind() == ModelEventKind.ROLLED_BACK)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.version()).isEqualTo(SCRIPT.version(3));
                    assertThat(event.by()).contains("local");
                    assertThat(event.reason()).contains("it trades too little");
                    assertThat(event.at()).isEqualTo(at(DAY, 32));
                    assertThat(event.recordedAt()).isAfter(event.at());
                });
        assertThat(events)
                .filteredOn(event -> event.kind() == ModelEventKind.PROMOTION_DECLINED)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.by()).isEmpty();
                    assertThat(event.reason()).contains("it is degenerate");
                });
    }

    @Test
    void pagesThroughTheHistoryWithoutGapOrRepetition() {
        List<ModelEventView> all =
                history(Optional.empty(), 200, Optional.empty()).events();
        for (int size : new int[] {1, 2, 7}) {
            List<ModelEventView> read = new ArrayList<>();
            ModelEventPage page = history(Optional.empty(), size, Optional.empty());
            read.addAll(page.events());
            while (page.hasNext()) {
                page = history(
                        Optional.empty(), size, Optional.of(page.cursors().getLast()));
                read.addAll(page.events());
            }
            assertThat(read).isEqualTo(all);
        }
    }

    @Test
    void filtersTheHistoryByFamilyAndVersion() {
        assertThat(history(Optional.of(ModelFamily.TST), 50, Optional.empty()).events())
                .isEmpty();
        assertThat(history(Optional.of(ModelFamily.LIGHTGBM), 200, Optional.empty())
                        .events())
                .isEqualTo(history(Optional.empty(), 200, Optional.empty()).events());
        assertThat(queries.ask(
                                new FindModelEvents(
                                        SCRIPT.symbol(),
                                        Optional.empty(),
                                        Optional.of(SCRIPT.version(4)),
                                        50,
                                        Optional.empty()),
                                ModelEventPage.class)
                        .events())
                .extracting(ModelEventView::kind)
                .containsExactly(
                        ModelEventKind.PROMOTION_ABANDONED, ModelEventKind.PROMOTION_BEGUN, ModelEventKind.REGISTERED);
        queries.assertRefused(
                new FindModelEvents(SCRIPT.symbol(), Optional.empty(), Optional.empty(), 0, Optional.empty()),
                "OUT_OF_RANGE",
                "first");
        queries.assertRefused(
                new FindModelEvents(SCRIPT.symbol(), Optional.empty(), Optional.empty(), 1, Optional.of("x")),
                "BAD_CURSOR",
                "after");
    }

    @Test
    void showsThePinAndTheStatesOfVersions() {
        ModelView model = queries.ask(new FindModels(SCRIPT.symbol()), ModelViews.class)
                .models()
                .getFirst();

        assertThat(model.pin()).hasValueSatisfying(pin -> {
            assertThat(pin.version()).isEqualTo(SCRIPT.version(2));
            assertThat(pin.decision()).isEqualTo(RegistryScript.because("it is the best", at(DAY, 40)));
        });
        assertThat(model.versions())
                .extracting(version -> version.state())
                .containsExactly(VersionState.ABANDONED, VersionState.PURGED, VersionState.LIVE, VersionState.LIVE);
        assertThat(model.versions().getFirst().trainingRun()).isEqualTo("BTCUSDT/1/lightgbm/4");
    }
}
