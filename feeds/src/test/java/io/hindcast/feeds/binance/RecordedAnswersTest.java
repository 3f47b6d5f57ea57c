package io.hindcast.feeds.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import io.hindcast.runtime.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedAnswersTest {

    private static final String ROW = "[1588740120000,\"9033.34000000\",\"9039.99000000\",\"9032.75000000\","
            + "\"9033.15000000\",\"31.19296800\",1588740179999,\"281893.08800082\",282,\"6.35810300\",\"57447.26912415\","
            + "\"0\"]";
    private static final String EVENT =
            "{\"e\":\"kline\",\"E\":1672515840012,\"s\":\"BNBBTC\",\"k\":{\"t\":1672515780000,"
                    + "\"T\":1672515839999,\"s\":\"BNBBTC\",\"i\":\"1m\",\"f\":100,\"L\":200,\"o\":\"0.0010\",\"c\":\"0.0020\","
                    + "\"h\":\"0.0025\",\"l\":\"0.0010\",\"v\":\"1000\",\"n\":100,\"x\":true,\"q\":\"1.0000\",\"V\":\"500\","
                    + "\"Q\":\"0.500\",\"B\":\"123456\"}}";

    private final List<String> bad = new ArrayList<>();
    private final KlineMessageParser messages = new KlineMessageParser();

    private KlineRowsParser.Page rows(String body) throws IOException {
        KlineRowsParser.Page page = new KlineRowsParser(new JsonFactory()).read(body.getBytes(StandardCharsets.UTF_8));
        page.unusable().forEach(row -> bad.add(row.why().message()));
        return page;
    }

    @Test
    void readsARecordedAnswerOfBinance() throws IOException {
        String recorded = Files.readString(SharedData.file("fixtures/binance/klines.json"));
        String body = new ObjectMapper().readTree(recorded).findValue("data").toString();
        KlineRowsParser.Page page = rows(body);
        assertThat(page.bars()).hasSize(60);
        assertThat(bad).isEmpty();
        Candle first = page.bars().getFirst();
        assertThat(first.openTime()).isEqualTo(Instant.ofEpochMilli(1588740120000L));
        assertThat(first.quoteVolume()).isEqualByComparingTo("281893.08800082");
        assertThat(first.trades()).isEqualTo(282);
    }

    @Test
    void readsARow() throws IOException {
        Candle bar = rows("[" + ROW + "]").bars().getFirst();
        assertThat(bar.high()).isEqualByComparingTo("9039.99");
        assertThat(bar.takerBuyQuoteVolume()).isEqualByComparingTo("57447.26912415");
    }

    @Test
    void refusesABadRowAloneWithItsReason() throws IOException {
        String negative = ROW.replace("\"31.19296800\"", "\"-31\"");
        String word = ROW.replace("\"9032.75000000\"", "\"low\"");
        String shorter = "[1588740120000,\"1\"]";
        KlineRowsParser.Page page = rows("[" + negative + "," + word + "," + shorter + "," + ROW + "]");
        assertThat(page.bars()).hasSize(1);
        assertThat(page.opened()).hasSize(4);
        assertThat(bad).hasSize(3);
        assertThat(bad.get(0)).contains("volume").contains("-31");
        assertThat(bad.get(1)).contains("low");
        assertThat(bad.get(2)).contains("close time of a kline was missing");
    }

    @Test
    void refusesAnAnswerThatIsNotAListOfKlines() {
        for (String body : new String[] {"", "{}", "<html>", "[" + ROW, "[[1,2", "[1]", "null"}) {
            assertThatThrownBy(() -> rows(body)).as(body).isInstanceOf(IOException.class);
        }
    }

    @Test
    void readsTheExampleOfBinancesDocumentation() throws IOException {
        String example = Files.readString(SharedData.file("fixtures/binance/ws-kline-docs-example.json"));
        KlineEvent event = messages.read(example).orElseThrow();
        assertThat(event.symbol().value()).isEqualTo("BNBBTC");
        assertThat(event.closed()).isEmpty();
        assertThat(event.openTime()).isEqualTo(Instant.ofEpochMilli(1672515780000L));
    }

    @Test
    void ignoresEventsOtherThanKlines() throws IOException {
        int klines = 0;
        for (String line : Files.readAllLines(SharedData.file("fixtures/binance/ws-messages.ndjson"))) {
            klines += messages.read(line).isPresent() ? 1 : 0;
        }
        assertThat(klines).isEqualTo(1);
    }

    @Test
    void readsClosedBarsBareAndWrapped() throws IOException {
        for (String text : new String[] {EVENT, "{\"stream\":\"bnbbtc@kline_1m\",\"data\":" + EVENT + "}"}) {
            KlineEvent event = messages.read(text).orElseThrow();
            Candle bar = event.closed().orElseThrow();
            assertThat(bar.close()).isEqualByComparingTo("0.002");
            assertThat(bar.takerBuyVolume()).isEqualByComparingTo("500");
            assertThat(bar.trades()).isEqualTo(100);
            assertThat(event.eventTime()).isEqualTo(Instant.ofEpochMilli(1672515840012L));
        }
    }

    @Test
    void ignoresAnswersAndOtherIntervals() throws IOException {
        assertThat(messages.read("{\"result\":null,\"id\":1}")).isEqualTo(Optional.empty());
        assertThat(messages.read(EVENT.replace("\"1m\"", "\"5m\""))).isEmpty();
    }

    @Test
    void refusesGarbledMessagesAndImpossibleBars() {
        for (int end = 1; end < EVENT.length(); end += 7) {
            String cut = EVENT.substring(0, end);
            assertThatThrownBy(() -> messages.read(cut)).as(cut).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> messages.read(EVENT.replace("\"o\":\"0.0010\"", "\"o\":\"x\"")))
                .hasMessageContaining("k.o");
        assertThatThrownBy(() -> messages.read(EVENT.replace("\"v\":\"1000\"", "\"v\":\"-1\"")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("volume");
        assertThatThrownBy(() -> messages.read("[]")).isInstanceOf(IOException.class);
    }
}
