package io.hindcast.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * Base of browser tests: one browser per class; for each test a market of 100 days, a server and a page. A test fails
 * on any script error of the page.
 */
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
    private final List<String> errors = new ArrayList<>();
    private final Set<String> cutOff = new HashSet<>();
    private final Set<String> holding = new HashSet<>();
    private final Map<String, Runnable> held = new HashMap<>();

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
        errors.clear();
        cutOff.clear();
        holding.clear();
        held.clear();
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1600, 1000)
                .setColorScheme(ColorScheme.DARK)
                .setTimezoneId("Asia/Tokyo"));
        page = context.newPage();
        page.setDefaultTimeout(15_000);
        serveThroughSwitches();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && message.text().contains("Content Security Policy")) {
                errors.add(message.text());
            }
        });
    }

    @AfterEach
    void stop() {
        context.close();
        server.close();
        assertThat(errors).as("script errors of the page").isEmpty();
    }

    void open(String path) {
        page.navigate(server.address() + path);
    }

    Locator chart() {
        return page.getByTestId("chart");
    }

    /** Blocks until the chart has bars, and returns their number. */
    int bars() {
        chart().and(page.locator("[data-bars]:not([data-bars='0'])")).waitFor();
        return number("data-bars");
    }

    /** Returns an attribute of the chart, or -1 while it shows nothing yet. */
    int number(String attribute) {
        String value = chart().getAttribute(attribute);
        return value.isEmpty() ? -1 : Integer.parseInt(value);
    }

    /** Records a candle and a prediction of the current version about it. */
    void record(double close, int signal) {
        int minute = api.market.append(close);
        server.push("CandleRecorded", "candleRecorded", api.candle(minute, 0));
        ObjectNode batch = JSON.createObjectNode();
        batch.put("recordedAt", MockMarket.time(minute + 1).toString());
        batch.putArray("predictions").add(api.prediction(3, minute, signal));
        server.push("PredictionsRecorded", "predictionsRecorded", batch);
    }

    /** Aborts requests of an operation, or serves them again. */
    void cut(String operation, boolean cut) {
        if (cut) {
            cutOff.add(operation);
        } else {
            cutOff.remove(operation);
        }
    }

    /** Holds the next response of an operation until it is released. */
    void hold(String operation) {
        holding.add(operation);
    }

    void awaitHeld(String operation) {
        page.waitForCondition(() -> held.containsKey(operation));
    }

    void release(String operation) {
        Objects.requireNonNull(held.remove(operation), operation).run();
    }

    private void serveThroughSwitches() {
        page.route("**/graphql", route -> {
            String query = route.request().postData();
            if (query == null) {
                route.resume();
                return;
            }
            String operation = query.replaceAll("(?s).*?(?:query|mutation) (\\w+).*", "$1");
            if (cutOff.contains(operation) || cutOff.contains("*")) {
                route.abort();
            } else if (holding.remove(operation)) {
                APIResponse response = route.fetch();
                held.put(operation, () -> route.fulfill(new Route.FulfillOptions().setResponse(response)));
            } else {
                route.resume();
            }
        });
    }

    void awaitSubscribed() {
        page.waitForCondition(() -> server.subscribersTo("CandleRecorded") == 1
                && server.subscribersTo("PredictionsRecorded") == 1
                && server.subscribersTo("ModelsChanged") == 1);
    }

    /** Asserts that the page is not wider than the window. */
    void assertFits(String path, int width) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("width of %s", path)
                .isLessThanOrEqualTo(width);
    }

    /** Takes a screenshot with {@code -Dhindcast.screenshots=folder}. */
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
