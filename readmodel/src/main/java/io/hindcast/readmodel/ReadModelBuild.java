package io.hindcast.readmodel;

/**
 * One build of the read models, with a database schema and an event processor of its own.
 *
 * @param number 1, 2, 3, …
 */
public record ReadModelBuild(int number) {

    /** Returns the database schema of its tables. */
    public String schema() {
        return "rm_" + number;
    }

    /** Returns the name of the event processor that fills it, under which the token store keeps its position. */
    public String processor() {
        return "read-models@" + number;
    }
}
