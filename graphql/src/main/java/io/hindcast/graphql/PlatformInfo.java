package io.hindcast.graphql;

import java.util.Optional;

/**
 * What runs here.
 *
 * @param name of the installation, for people
 * @param build version of the program
 * @param speed simulated candles a second, absent on a real market
 */
public record PlatformInfo(String name, String build, Optional<Double> speed) {}
