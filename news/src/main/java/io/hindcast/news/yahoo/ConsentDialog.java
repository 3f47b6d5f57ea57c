package io.hindcast.news.yahoo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.LoadState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The dialog that asks for consent to cookies, as a page of its own or as a form over the page. */
final class ConsentDialog {

    /** Buttons in order of preference: declining comes before agreeing. */
    private static final List<String> BUTTONS = List.of(
            "form button[name=reject]",
            "form button.reject-all",
            "form [value=reject]",
            "form button[name=agree]",
            "form [value=agree]");

    private static final Pattern DIALOG_ADDRESS =
            Pattern.compile("^https?://(consent\\.|[^/]+/[^?]*/?collectconsent)", Pattern.CASE_INSENSITIVE);
    private static final String DIALOG_FORM = "form[action*=consent i], form[class*=consent i]";

    private ConsentDialog() {}

    /**
     * Answers the dialog if the tab shows one, and waits until the page behind it is loaded.
     *
     * @return what the dialog lacks if it cannot be answered
     */
    static Optional<String> dismiss(Page tab, Duration timeout) {
        if (!isShown(tab)) {
            return Optional.empty();
        }
        for (String selector : BUTTONS) {
            Locator button = tab.locator(selector);
            if (button.count() > 0) {
                try {
                    click(tab, button.first(), (double) timeout.toMillis());
                    return Optional.empty();
                } catch (TimeoutError e) {
                    return Optional.of("end of the question for consent");
                }
            }
        }
        return Optional.of("button to answer the question for consent");
    }

    private static void click(Page tab, Locator button, double timeoutMillis) {
        button.click(new Locator.ClickOptions().setTimeout(timeoutMillis));
        tab.waitForCondition(() -> !isShown(tab), new Page.WaitForConditionOptions().setTimeout(timeoutMillis));
        tab.waitForLoadState(LoadState.DOMCONTENTLOADED);
    }

    private static boolean isShown(Page tab) {
        return DIALOG_ADDRESS.matcher(tab.url()).find()
                || tab.locator(DIALOG_FORM).count() > 0;
    }
}
