package io.hindcast.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every page on a wide and on a narrow screen: WCAG 2.2 AA as checked by axe, contrast in both themes, and nothing
 * wider than the window.
 */
class AccessibilityTest extends DashboardTest {

    /**
     * Rows and entries beyond the eleventh are left out: they repeat the form of those before, and are slow to check.
     */
    private static final String RUN = """
            async (contrast) => {
              const context = { exclude: ['tbody tr:nth-child(n+12)', 'li:nth-child(n+12)'] }
              const { violations } = await axe.run(context, contrast ? { runOnly: { type: 'rule', values: ['color-contrast'] } } : {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
                rules: { 'target-size': { enabled: true }, 'color-contrast': { enabled: false } },
              })
              return JSON.stringify(violations.map(({ id, impact, nodes }) => ({
                id, impact,
                nodes: nodes.map(({ html, any }) => html.slice(0, 120) + ' | ' + any.map((check) => check.message).join('; ')),
              })))
            }
            """;

    /** Finds controls that are too small for a finger; links within a sentence are exempt, as in WCAG 2.5.8. */
    private static final String SMALL = """
            () => [...document.querySelectorAll('a, button, input, select, summary, [role=button]')]
              .filter((e) => e.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) && !e.closest('.visually-hidden'))
              .filter((e) => !e.closest('p'))
              .map((e) => ({ e, box: (e.type === 'radio' ? e.parentElement : e).getBoundingClientRect() }))
              .filter(({ box }) => box.width > 0 && (box.width < 23.5 || box.height < 23.5))
              .map(({ e, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${e.outerHTML.slice(0, 100)}`)
            """;

    private static final String THEME = "theme => { document.documentElement.dataset.theme = theme }";

    private static final String[] PATHS = {
        "/market/BTCUSDT",
        "/pipelines?symbol=BTCUSDT",
        "/pipelines?symbol=BTCUSDT&cycle=2",
        "/models?symbol=BTCUSDT&version=lightgbm:BTCUSDT:4&asOf=2022-04-09T12:00:00Z",
        "/models?symbol=BTCUSDT&compare=lightgbm:BTCUSDT:1",
        "/predictions",
        "/compare?symbol=BTCUSDT",
        "/news",
        "/news?symbol=BTCUSDT&article=article:" + "0".repeat(29) + "3e8",
        "/nowhere",
        "/market/NONE"
    };

    private String axe = "";

    @BeforeAll
    void readAxe() throws IOException {
        axe = Files.readString(Path.of("node_modules", "axe-core", "axe.min.js"));
    }

    @BeforeEach
    void showAllKindsOfContent() {
        // Colours in the middle of a transition would be measured.
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        api.synthetic().expired().registry().training(true);
        api.outage("feed of BTCUSDT", "DOWN", "It is in a state.", "Wait.")
                .outage("news from rss:coindesk", "DEGRADED", "It answers with 404.", "Correct its address.")
                .outage("article:1", "LOST", "Its text was not fetched.", "Nothing to do.");
        int last = api.market.size() - 1;
        api.gap(last - 90, last - 70, "CONFIRMED")
                .gap(last - 220, last - 200, "REPAIRED")
                .gap(last - 30, last - 22, "OPEN");
    }

    @ParameterizedTest
    @CsvSource({"1600,1000", "390,844"})
    void pagesAreAccessibleAndFitTheWindow(int width, int height) throws IOException {
        List<String> serious = new ArrayList<>();
        for (String path : PATHS) {
            page.setViewportSize(width, height);
            open(path);
            settle(path);
            serious.addAll(findings(path, "axe-" + width));
            assertFits(path, width);
            if (width < 600) {
                for (Object small : (List<?>) page.evaluate(SMALL)) {
                    serious.add(path + ": target of " + small);
                }
            } else {
                serious.addAll(contrast(path));
                for (int narrower : new int[] {1280, 900}) {
                    page.setViewportSize(narrower, height);
                    assertFits(path, narrower);
                }
            }
        }
        assertThat(serious).isEmpty();
    }

    @Test
    void dialogsAreAccessibleAndFitTheWindow() throws IOException {
        page.setViewportSize(390, 844);
        open("/pipelines?symbol=BTCUSDT");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel cycle 4"))
                .click();
        assertThat(findings("dialog", "axe-390")).isEmpty();
        assertThat(contrast("dialog")).isEmpty();
        assertFits("dialog", 390);
    }

    private void settle(String path) {
        page.getByRole(AriaRole.HEADING).first().waitFor();
        if (path.startsWith("/market/BTC")) {
            bars();
            page.getByText("Buy and hold").first().waitFor();
            page.waitForCondition(() -> number("data-articles") > 0);
        } else if (path.startsWith("/news")) {
            page.getByTestId(path.contains("article=") ? "reader" : "article")
                    .first()
                    .waitFor();
        } else if (path.startsWith("/compare")) {
            page.getByText("Coverage of").waitFor();
            page.getByRole(AriaRole.FIGURE).first().waitFor();
        } else if (path.startsWith("/pipelines")) {
            page.getByRole(AriaRole.FIGURE).waitFor();
        } else if (path.startsWith("/models") || path.equals("/predictions")) {
            page.locator("table").first().waitFor();
        } else {
            page.getByText("There is no").first().waitFor();
        }
    }

    /** Returns serious findings of all rules but contrast, and takes a screenshot in both themes. */
    private List<String> findings(String path, String shot) throws IOException {
        page.evaluate(axe);
        List<String> serious = run(path, false);
        for (String theme : new String[] {"light", "dark"}) {
            page.evaluate(THEME, theme);
            shoot(shot + "-" + theme + path.replaceAll("[/?=:&]", "-"));
        }
        return serious;
    }

    /**
     * Returns texts with too little contrast in either theme. Colours do not depend on the width, and the check is
     * slow.
     */
    private List<String> contrast(String path) throws IOException {
        List<String> serious = new ArrayList<>();
        for (String theme : new String[] {"light", "dark"}) {
            page.evaluate(THEME, theme);
            serious.addAll(run(path + ", " + theme, true));
        }
        return serious;
    }

    private List<String> run(String where, boolean contrast) throws IOException {
        List<String> serious = new ArrayList<>();
        for (JsonNode violation : JSON.readTree((String) page.evaluate(RUN, contrast))) {
            String impact = violation.path("impact").asText();
            if (impact.equals("serious") || impact.equals("critical")) {
                for (JsonNode node : violation.path("nodes")) {
                    serious.add(where + ": " + violation.path("id").asText() + " " + node.asText());
                }
            }
        }
        return serious;
    }
}
