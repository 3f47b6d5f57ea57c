package io.hindcast.news.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A name leads to an address that no page of the public web has. */
public final class PrivateAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    PrivateAddressException(String host, InetAddress address) {
        super(host + " is " + address.getHostAddress()
                + ", expected a public address (a private one must be allowed by name in hindcast.news.allow-private)");
    }
}
