package io.hindcast.app.local;

/** How to reach PostgreSQL. */
public record DatabaseAddress(String url, String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
