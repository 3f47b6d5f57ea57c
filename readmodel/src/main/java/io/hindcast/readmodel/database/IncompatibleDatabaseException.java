package io.hindcast.readmodel.database;

/** A database set up by a version of the program whose tables or events this version cannot use. */
public final class IncompatibleDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IncompatibleDatabaseException(Throwable cause) {
        super(
                "The database was set up by another version of Hindcast, and this version cannot use it. Run the version"
                        + " that set it up, or start with another data folder (--data-dir) or an empty database.",
                cause);
    }
}
