package io.hindcast.inference.model;

import io.hindcast.api.model.VersionRegistered;
import io.hindcast.artifacts.ArtifactStore;

/** Opens models of versions. */
@FunctionalInterface
public interface ModelSource {

    /**
     * Opens and checks a version's model, which the caller closes. Throws whatever is wrong with it, having closed it.
     */
    LoadedModel load(VersionRegistered version);

    /** Returns a source that reads bundles from a store. */
    static ModelSource of(ArtifactStore artifacts) {
        return version -> LoadedModel.load(artifacts, version);
    }
}
