package io.hindcast.inference.model;

import io.hindcast.api.model.VersionRegistered;
import io.hindcast.artifacts.ArtifactStore;

/** Opens models of versions. Lane loaders call it from several threads at a time, possibly repeatedly per version. */
@FunctionalInterface
public interface ModelSource {

    /**
     * Loads, warms up and checks a version's model. Blocks for as long as that takes; the caller closes the model.
     *
     * @throws io.hindcast.artifacts.ArtifactStoreUnavailableException if the store does not answer; a later attempt may
     *     succeed
     * @throws RuntimeException if the artifact is missing, corrupt or fails its check; nothing stays open
     */
    LoadedModel load(VersionRegistered version);

    /** Returns a source that reads bundles from a store. */
    static ModelSource of(ArtifactStore artifacts) {
        return version -> LoadedModel.load(artifacts, version);
    }
}
