package io.hindcast.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TroubleWatchTest {

    private final Map<String, String> now = new TreeMap<>();
    private final List<String> said = new ArrayList<>();
    private final TroubleWatch watch = new TroubleWatch(() -> Map.copyOf(now), said::add);

    @Test
    void saysOnceThatThereIsTroubleAndOnceThatItIsOver() {
        now.put("the database", "The database does not answer. Start it.");
        watch.look();
        watch.look();
        now.put("the database", "The database does not answer, in other words. Start it.");
        watch.look();
        assertThat(said).containsExactly("hindcast: The database does not answer. Start it.");
        now.clear();
        watch.look();
        watch.look();
        assertThat(said).hasSize(2).last().asString().contains("the database", "going on");
    }

    @Test
    void saysNothingOfWhatIsOverWithinMoments() {
        now.put("the database", "It does not answer.");
        watch.look();
        now.clear();
        watch.look();
        assertThat(said).isEmpty();
    }

    @Test
    void keepsTroublesOfSeveralPartsApart() {
        now.put("a", "A is ill.");
        watch.look();
        now.put("b", "B is ill.");
        watch.look();
        watch.look();
        now.remove("a");
        watch.look();
        assertThat(said)
                .containsExactly("hindcast: A is ill.", "hindcast: B is ill.", "The trouble with a is over; going on.");
    }
}
