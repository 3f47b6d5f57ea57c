package io.hindcast.graphql;

import java.util.Optional;

/**
 * Description of this installation.
 *
 * @param name display name
 * @param build version of the program
 * @param speed simulated candles per second, empty on a real market
 */
public record PlatformInfo(String name, String build, Optional<Double> speed) {}
