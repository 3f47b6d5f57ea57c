package io.hindcast.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.hindcast.frontend.browser.Chromium;
import io.hindcast.frontend.mock.DashboardServer;
import io.hindcast.frontend.mock.MockApi;
import io.hindcast.frontend.mock.MockMarket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A browser for the class; a market of 100 days, a server and a page for each test, which fails on any error of the page's script. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DashboardTest {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Path BUILT = Path.of("target", "classes", "static");

    private Playwright playwright;
    private Browser browser;
    private BrowserContext context;
    MockApi api;
    DashboardServer server;
    Page page;
    private final List<String> mistakes = new ArrayList<>();

    @BeforeAll
    void openBrowser() {
        assertThat(BUILT.resolve("index.html")).as("the built dashboard").exists();
        playwright = Chromium.driver();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    void closeBrowser() {
        playwright.close();
    }

    @BeforeEach
    void serve() {
        api = new MockApi(new MockMarket(144_000));
        server = new DashboardServer(BUILT.toAbsolutePath(), api);
        mistakes.clear();
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1600, 1000)
                .setColorScheme(ColorScheme.DARK)
                .setTimezoneId("Asia/Tokyo"));
        page = context.newPage();
        page.setDefaultTimeout(15_000);
        page.onPageError(mistakes::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && message.text().contains("Content Security Policy")) {
                mistakes.add(message.text());
            }
        });
    }

    @AfterEach
    void stop() {
        context.close();
        server.close();
        assertThat(mistakes).as("errors of the page's script").isEmpty();
    }

    void open(String path) {
        page.navigate(server.address() + path);
    }

    Locator chart() {
        return page.getByTestId("chart");
    }

    /** Waits until the chart's canvas holds bars, and tells how many. */
    int bars() {
        chart().and(page.locator("[data-bars]:not([data-bars='0'])")).waitFor();
        return number("data-bars");
    }

    int number(String attribute) {
        return Integer.parseInt(chart().getAttribute(attribute));
    }

    /** Records a candle and what the live versions say about it. */
    void record(double close, int signal) {
        int minute = api.market.append(close);
        server.push("CandleRecorded", "candleRecorded", api.candle(minute, 0));
        ObjectNode batch = JSON.createObjectNode();
        batch.put("recordedAt", MockMarket.time(minute + 1).toString());
        batch.putArray("predictions").add(api.prediction(3, minute, signal));
        server.push("PredictionsRecorded", "predictionsRecorded", batch);
    }

    void awaitSubscribed() {
        page.waitForCondition(() -> server.subscribersTo("CandleRecorded") == 1
                && server.subscribersTo("PredictionsRecorded") == 1
                && server.subscribersTo("ModelsChanged") == 1);
    }

    /** For the eye: with {@code -Dhindcast.screenshots=folder}. */
    void shoot(String name) {
        String folder = System.getProperty("hindcast.screenshots");
        if (folder != null) {
            try {
                Files.createDirectories(Path.of(folder));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
        }
    }
}
