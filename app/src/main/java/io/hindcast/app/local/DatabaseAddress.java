package io.hindcast.app.local;

/** Address and credentials of a PostgreSQL database. */
public record DatabaseAddress(String url, String user, String password) {

    /** Returns the address and the user, without the password. */
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
