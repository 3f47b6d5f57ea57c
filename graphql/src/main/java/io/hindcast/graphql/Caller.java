package io.hindcast.graphql;

/** The person that decisions are attributed to. */
public final class Caller {

    /** Whoever reaches this address, as long as access is not controlled. */
    public static final String LOCAL = "local";

    private Caller() {}
}
