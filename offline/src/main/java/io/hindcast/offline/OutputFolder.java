package io.hindcast.offline;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** A folder that results go to, all of them at the end or none. */
public final class OutputFolder {

    private final Path folder;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder, made if it is not there.
     *
     * @param files that will be written
     * @param overwrite whether files of these names may be lost
     */
    public static OutputFolder at(Path folder, List<String> files, boolean overwrite) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new StartFailure("--out " + folder + " may not be written to. Name another folder.");
            }
        } catch (IOException e) {
            throw new StartFailure(
                    "--out " + folder + " is no folder and cannot be made one (" + e.getMessage()
                            + "). Name another folder.",
                    e);
        }
        for (String file : files) {
            if (!overwrite && Files.exists(folder.resolve(file))) {
                throw new StartFailure("--out " + folder + " holds a " + file
                        + " already. Name another folder, or let it be overwritten with --force.");
            }
        }
        return new OutputFolder(folder);
    }

    /** Where a file is, or will be. */
    public Path resolve(String file) {
        return folder.resolve(file);
    }

    /** Writes files, each whole or not at all. */
    public void write(Map<String, byte[]> files) {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Path part = folder.resolve(file.getKey() + ".part");
            try {
                Files.write(part, file.getValue());
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new StartFailure(
                        "Cannot write " + target + " (" + e.getMessage()
                                + "). Make room, or name another folder with --out.",
                        e);
            }
        }
    }
}
