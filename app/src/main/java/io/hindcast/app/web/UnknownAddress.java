package io.hindcast.app.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * The dashboard's own page for an address that nothing answers to, still with status 404. Only for browsers that ask
 * for a page: whoever asks for something else, and whatever lies under an address of the API, gets the plain error.
 */
final class UnknownAddress implements ErrorViewResolver {

    private static final String[] NO_PAGES = {"/graphql", "/actuator", "/assets"};

    @Override
    public @Nullable ModelAndView resolveErrorView(
            HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        if (status != HttpStatus.NOT_FOUND
                || !(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path)) {
            return null;
        }
        for (String part : NO_PAGES) {
            if (path.equals(part) || path.startsWith(part + "/")) {
                return null;
            }
        }
        return new ModelAndView("forward:/index.html");
    }
}
