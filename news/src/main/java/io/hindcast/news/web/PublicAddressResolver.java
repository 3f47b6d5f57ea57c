package io.hindcast.news.web;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Resolves host names and refuses those with an address outside the public internet: this machine, private networks and
 * the other entries of IANA's special-purpose registries. Callers must connect to the very addresses returned here, so
 * that a name cannot be rebound between check and use. Thread-safe.
 */
public final class PublicAddressResolver {

    /** Resolves a host name. */
    @FunctionalInterface
    interface Dns {
        /** Called on the thread that resolves; may block. */
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    private final Set<String> allowed;
    private final Dns dns;

    /** @param allowed hosts that may be private, as written in addresses; empty outside of tests and own servers */
    public PublicAddressResolver(Set<String> allowed) {
        this(allowed, InetAddress::getAllByName);
    }

    PublicAddressResolver(Set<String> allowed, Dns dns) {
        this.allowed = Set.copyOf(allowed);
        this.dns = dns;
    }

    /** Returns whether a host may have a private address. */
    public boolean allowsPrivate(String host) {
        return allowed.contains(bare(host));
    }

    /**
     * Returns the addresses of a host.
     *
     * @throws PrivateAddressException if one of them is not public
     */
    public InetAddress[] resolve(String host) throws UnknownHostException {
        String name = bare(host);
        InetAddress[] addresses = dns.lookUp(name);
        if (addresses.length == 0) {
            throw new UnknownHostException(name + " has no address");
        }
        if (!allowed.contains(name)) {
            for (InetAddress address : addresses) {
                if (!isPublic(address)) {
                    throw new PrivateAddressException(name, address);
                }
            }
        }
        return addresses;
    }

    private static String bare(String host) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] b = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(b, 0) : isPublic6(b);
    }

    private static boolean isPublic4(byte[] b, int at) {
        int first = b[at] & 0xff;
        int second = b[at + 1] & 0xff;
        int third = b[at + 2] & 0xff;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127; // carrier-grade NAT, RFC 6598
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 ->
                !(second == 168 || (second == 0 && (third == 0 || third == 2)) || (second == 88 && third == 99));
            case 198 -> !(second == 18 || second == 19 || (second == 51 && third == 100));
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224;
        };
    }

    private static boolean isPublic6(byte[] b) {
        int first = (b[0] & 0xff) << 8 | (b[1] & 0xff);
        int second = (b[2] & 0xff) << 8 | (b[3] & 0xff);
        // Translated IPv4 (RFC 6052); the rest of 64:ff9b::/32 is local (RFC 8215).
        if (first == 0x64 && second == 0xff9b) {
            return Arrays.equals(b, 4, 12, new byte[8], 0, 8) && isPublic4(b, 12);
        }
        if (first == 0x2002) { // 6to4, RFC 3056
            return isPublic4(b, 2);
        }
        boolean global = first >= 0x2000 && first < 0x4000;
        boolean special = (first == 0x2001 && (second < 0x200 || second == 0xdb8))
                || (first == 0x3fff && second < 0x1000); // 3fff::/20 is for documentation, RFC 9637
        return global && !special;
    }
}
