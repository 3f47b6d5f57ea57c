package io.hindcast.training.compute;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The program that a local worker runs.
 *
 * @param java program of the Java runtime
 * @param options of the virtual machine, beside those of memory
 * @param main class path, main class and first arguments
 */
public record WorkerProgram(Path java, List<String> options, List<String> main) {

    public WorkerProgram {
        options = List.copyOf(options);
        main = List.copyOf(main);
    }

    /**
     * Returns a program on the Java runtime and class path of this process.
     *
     * @param mainClass with its first arguments
     */
    public static WorkerProgram ofThisProcess(List<String> options, String... mainClass) {
        List<String> main = new ArrayList<>(List.of("-cp", absolute(System.getProperty("java.class.path"))));
        main.addAll(List.of(mainClass));
        return new WorkerProgram(Path.of(System.getProperty("java.home"), "bin", "java"), options, main);
    }

    /** Worker processes have a working folder of their own. */
    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(part -> !part.isEmpty())
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
