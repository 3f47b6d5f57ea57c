package io.hindcast.command;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import org.hamcrest.Description;
import org.hamcrest.TypeSafeMatcher;

/** Matches a refusal by its code. */
public final class RefusedWith extends TypeSafeMatcher<Throwable> {

    private final String code;

    private RefusedWith(String code) {
        this.code = code;
    }

    public static RefusedWith code(String code) {
        return new RefusedWith(code);
    }

    @Override
    protected boolean matchesSafely(Throwable failure) {
        Refusal refusal = RefusedException.in(failure);
        return refusal != null && refusal.code().equals(code);
    }

    @Override
    public void describeTo(Description description) {
        description.appendText("a refusal with code " + code);
    }
}
