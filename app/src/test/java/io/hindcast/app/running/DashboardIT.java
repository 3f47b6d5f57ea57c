package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.hindcast.app.running.SharedDemo.Demo;
import io.hindcast.frontend.browser.Chromium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard of a running demo in a real browser. */
@ExtendWith(SharedDemo.class)
class DashboardIT {

    @Test
    void showsACandleChartAndAChangingLivePrice(Demo demo) {
        List<String> errors = new ArrayList<>();
        try (Playwright playwright = Chromium.driver();
                Browser browser = Chromium.launch(playwright);
                BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.setDefaultTimeout(30_000);
            page.onPageError(errors::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    errors.add(message.text());
                }
            });
            page.navigate("http://localhost:" + demo.process().port() + "/market/BTCUSDT");
            page.getByTestId("chart")
                    .and(page.locator("[data-bars]:not([data-bars='0'])"))
                    .waitFor();
            assertThat(page.getByTestId("chart").locator("canvas").count()).isPositive();

            String first = page.getByTestId("live-price").innerText();
            assertThat(first).matches("(?s).*\\d.*");
            page.waitForFunction(
                    "before => document.querySelector('[data-testid=live-price]').innerText !== before", first);
            assertThat(page.content()).containsIgnoringCase("synthetic");
        }
        assertThat(errors).as("errors on the page").isEmpty();
    }

    @Test
    void servesTheDashboardForUnknownAddressesToBrowsersOnly(Demo demo) throws Exception {
        assertThat(ask(demo, "/nowhere", "text/html").statusCode()).isEqualTo(404);
        assertThat(ask(demo, "/nowhere", "text/html").body()).contains("<div id=\"root\">");
        assertThat(ask(demo, "/nowhere", "application/json").body()).doesNotContain("<div");
        for (String path : List.of("/graphql/nowhere", "/actuator/nowhere", "/assets/nowhere.js")) {
            assertThat(ask(demo, path, "text/html").statusCode()).as(path).isEqualTo(404);
            assertThat(ask(demo, path, "text/html").body()).as(path).doesNotContain("id=\"root\"");
        }
    }

    private static HttpResponse<String> ask(Demo demo, String path, String accept) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://localhost:" + demo.process().port() + path))
                            .header("Accept", accept)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
