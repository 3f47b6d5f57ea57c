package io.hindcast.app.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * Serves the dashboard's page for unknown addresses, with status 404, to browsers that request HTML. Other clients and
 * addresses below the API get the plain error.
 */
final class NotFoundPageResolver implements ErrorViewResolver {

    private static final String[] WITHOUT_PAGES = {"/graphql", "/actuator", "/assets", "/worker"};

    @Override
    public @Nullable ModelAndView resolveErrorView(
            HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        if (status != HttpStatus.NOT_FOUND
                || !(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path)) {
            return null;
        }
        for (String part : WITHOUT_PAGES) {
            if (path.equals(part) || path.startsWith(part + "/")) {
                return null;
            }
        }
        return new ModelAndView("forward:/index.html");
    }
}
