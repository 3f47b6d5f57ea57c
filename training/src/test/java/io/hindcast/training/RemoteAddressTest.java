package io.hindcast.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of the platform for workers on other machines. */
class RemoteAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1:8080",
                "http://[::1]:8080",
                "ftp://host",
                "hindcast:8080"
            })
    void refusesAddressesThatOtherMachinesCannotUse(String address) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RemoteAddress.check(Optional.of(URI.create(address)), "kubernetes"))
                .withMessageContaining("hindcast.training.worker.platform-url was '" + address)
                .withMessageContaining("expected");
    }

    @Test
    void refusesToGuess() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RemoteAddress.check(Optional.empty(), "kubernetes"))
                .withMessageContaining("is not set");
    }

    @Test
    void acceptsNamesAndAddresses() {
        for (String address : new String[] {"http://hindcast.hindcast.svc:8080", "https://10.0.0.7/platform"}) {
            assertThatCode(() -> RemoteAddress.check(Optional.of(URI.create(address)), "kubernetes"))
                    .doesNotThrowAnyException();
        }
    }
}
