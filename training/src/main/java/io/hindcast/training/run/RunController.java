package io.hindcast.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.worker.Heartbeat;
import io.hindcast.api.worker.RunRefusal;
import io.hindcast.api.worker.RunResult;
import io.hindcast.api.worker.WorkerApi;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The run API: everything that a worker can reach, and only with the token of its run. Requests of browsers, which send
 * an {@code Origin}, are refused. Errors of the platform are answered by 503, after which a worker tries again.
 */
@RestController
public final class RunController {

    private static final Logger log = LoggerFactory.getLogger(RunController.class);
    private static final int LONGEST_MESSAGE = 4 << 20;
    private static final String DIGEST = "/{sha256:[0-9a-f]{64}}";

    private final Supplier<RunService> runs;
    private final JsonMapper json = HindcastJson.mapper();

    /** @param runs asked for with each request */
    public RunController(Supplier<RunService> runs) {
        this.runs = runs;
    }

    @GetMapping(WorkerApi.RUN)
    ResponseEntity<byte[]> run(HttpServletRequest request) {
        return answer(HttpStatus.OK, runs.get().assignment(grant(request)));
    }

    @GetMapping(WorkerApi.OBJECTS + DIGEST)
    void object(@PathVariable("sha256") String sha256, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ArtifactRef object = runs.get().object(grant(request), sha256);
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(object.bytes());
        runs.get().copy(object, response.getOutputStream());
    }

    @PostMapping(WorkerApi.PROGRESS)
    ResponseEntity<byte[]> progress(HttpServletRequest request) throws IOException {
        runs.get().progress(grant(request), body(request, Heartbeat.class));
        return ResponseEntity.noContent().build();
    }

    @PutMapping(WorkerApi.BUNDLES + DIGEST)
    ResponseEntity<byte[]> bundle(@PathVariable("sha256") String sha256, HttpServletRequest request)
            throws IOException {
        grant(request);
        return answer(HttpStatus.OK, runs.get().bundle(sha256, request.getInputStream()));
    }

    @PostMapping(WorkerApi.RESULT)
    ResponseEntity<byte[]> result(HttpServletRequest request) throws IOException {
        runs.get().succeed(grant(request), body(request, RunResult.class));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(WorkerApi.FAILURE)
    ResponseEntity<byte[]> failure(HttpServletRequest request) throws IOException {
        runs.get().fail(grant(request), body(request, TrainingFailure.class));
        return ResponseEntity.noContent().build();
    }

    private RunAccess.Grant grant(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.ORIGIN) != null) {
            throw new RunRefusedException(RunRefusedException.Kind.UNKNOWN, "this API is not for browsers");
        }
        return runs.get().grant(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    private <T> T body(HttpServletRequest request, Class<T> type) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(LONGEST_MESSAGE + 1);
        if (bytes.length > LONGEST_MESSAGE) {
            throw new RunRefusedException(
                    RunRefusedException.Kind.TOO_LARGE, "a message has at most " + LONGEST_MESSAGE + " bytes");
        }
        try {
            return json.readValue(bytes, type);
        } catch (JsonProcessingException e) {
            throw new RunRefusedException(
                    RunRefusedException.Kind.BAD_CONTENT,
                    "the message is no " + type.getSimpleName() + ": " + e.getOriginalMessage());
        }
    }

    private ResponseEntity<byte[]> answer(HttpStatus status, Object body) {
        try {
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(RunRefusedException e) {
        HttpStatus status = switch (e.kind()) {
            case UNKNOWN -> HttpStatus.UNAUTHORIZED;
            case GONE -> HttpStatus.GONE;
            case FOREIGN_OBJECT -> HttpStatus.NOT_FOUND;
            case BAD_CONTENT -> HttpStatus.UNPROCESSABLE_CONTENT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
        };
        return answer(status, new RunRefusal(e.reason()));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> failed(RuntimeException e) {
        Refusal refusal = RefusedException.in(e);
        if (refusal != null) {
            return answer(HttpStatus.GONE, new RunRefusal(refusal.message()));
        }
        log.warn("A request of a worker could not be answered; it tries again", e);
        return answer(HttpStatus.SERVICE_UNAVAILABLE, new RunRefusal("the platform cannot answer now"));
    }
}
