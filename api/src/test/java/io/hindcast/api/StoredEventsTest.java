package io.hindcast.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.MarketEvent;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.prediction.BackfillEvent;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.rental.RentalEvent;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingProgressRecorded;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stored sample of each event, which the code must read for ever. */
class StoredEventsTest {

    private static final JsonMapper JSON = HindcastJson.mapper();
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static List<Class<?>> events() {
        return Stream.concat(
                        Stream.of(
                                        MarketEvent.class,
                                        ModelEvent.class,
                                        TrainingEvent.class,
                                        NewsEvent.class,
                                        BackfillEvent.class,
                                        RentalEvent.class,
                                        AuditEvent.class)
                                .flatMap(StoredEventsTest::eventsOf),
                        Stream.of(PredictionsRecorded.class, TrainingProgressRecorded.class))
                .toList();
    }

    private static Stream<Class<?>> eventsOf(Class<?> topic) {
        return topic.isSealed()
                ? Arrays.stream(topic.getPermittedSubclasses()).flatMap(StoredEventsTest::eventsOf)
                : Stream.of(topic);
    }

    private static byte[] sample(Class<?> event) throws IOException {
        String file = "/events/" + event.getSimpleName() + ".json";
        try (InputStream in = StoredEventsTest.class.getResourceAsStream(file)) {
            assertThat(in).as("a stored sample " + file).isNotNull();
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsSampleAndWritesItBackUnchanged(Class<?> event) throws IOException {
        Object read = JSON.readValue(sample(event), event);
        byte[] written = JSON.writeValueAsBytes(read);
        assertThat(EXACT.readTree(written)).isEqualTo(EXACT.readTree(sample(event)));
        assertThat((Object) JSON.readValue(written, event)).isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("events")
    void refusesUnknownField(Class<?> event) throws IOException {
        ObjectNode strange = (ObjectNode) JSON.readTree(sample(event));
        strange.put("colour", "blue");
        assertThatThrownBy(() -> JSON.treeToValue(strange, event))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("colour");
    }

    @ParameterizedTest
    @MethodSource("events")
    void declaresItsRevision(Class<?> event) {
        assertThat(event.getAnnotation(Revision.class)).as("@Revision").isNotNull();
    }

    @Test
    void readsDecimalsExactly() throws IOException {
        CandlesRecorded event = JSON.readValue(sample(CandlesRecorded.class), CandlesRecorded.class);
        assertThat(event.candles().low().get(1)).isEqualByComparingTo("38461.12345678");
    }

    @Test
    void ignoresScaleOfDecimalsInEquality() throws IOException {
        JsonNode stored = EXACT.readTree(sample(CandlesRecorded.class));
        String rescaled = stored.toString().replace("38470,", "38470.000,").replace("12.34567,", "12.3456700,");
        assertThat(rescaled).isNotEqualTo(stored.toString());
        CandlesRecorded one = JSON.readValue(stored.toString(), CandlesRecorded.class);
        CandlesRecorded other = JSON.readValue(rescaled, CandlesRecorded.class);
        assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
        String different = stored.toString().replace("12.34567,", "12.345671,");
        assertThat(JSON.readValue(different, CandlesRecorded.class)).isNotEqualTo(one);
    }
}
