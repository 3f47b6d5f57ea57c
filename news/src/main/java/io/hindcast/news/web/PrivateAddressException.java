package io.hindcast.news.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A host name resolves to an address outside the public internet. */
public final class PrivateAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    PrivateAddressException(String host, InetAddress address) {
        super(
                host + " is " + address.getHostAddress()
                        + ", expected a public address (a private one must be allowed by name in hindcast.news.fetch.allow-private)");
    }
}
