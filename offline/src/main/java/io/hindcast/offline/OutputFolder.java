package io.hindcast.offline;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Folder for the results of a run, all of which are written at its end. */
public final class OutputFolder {

    private final Path folder;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder, and creates it if missing.
     *
     * @param files names of the files that will be written
     * @param overwrite whether existing files of these names may be replaced
     * @throws StartFailure if the folder cannot be written to, or holds one of the files
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

    /** Returns the path of a file. */
    public Path resolve(String file) {
        return folder.resolve(file);
    }

    /** Writes files, each completely or not at all. */
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
