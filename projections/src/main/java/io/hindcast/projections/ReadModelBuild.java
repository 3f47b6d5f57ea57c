package io.hindcast.projections;

/**
 * One build of the read models, with a schema and a processor of its own.
 *
 * @param number 1, 2, 3, …
 */
public record ReadModelBuild(int number) {

    /** Where its tables are. */
    public String schema() {
        return "rm_" + number;
    }

    /** Who builds it, in the token store. */
    public String processor() {
        return "read-models@" + number;
    }
}
