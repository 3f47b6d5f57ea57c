package io.hindcast.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;

class NotFoundPageResolverTest {

    @ParameterizedTest
    @CsvSource({
        "/nowhere,404,true",
        "/newsletter/3,404,true",
        "/graphqlish,404,true",
        "/nowhere,500,false",
        "/graphql/nowhere,404,false",
        "/actuator/nowhere,404,false",
        "/assets/gone.js,404,false"
    })
    void showsTheDashboardForUnknownAddressesOnly(String path, int status, boolean shown) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/error");
        request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, path);

        assertThat(new NotFoundPageResolver().resolveErrorView(request, HttpStatus.valueOf(status), Map.of()) != null)
                .isEqualTo(shown);
    }
}
