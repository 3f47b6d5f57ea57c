package io.hindcast.training;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** The address at which workers on this machine reach this process; empty until its web server has started. */
@FunctionalInterface
public interface PlatformAddress extends Supplier<Optional<URI>> {}
