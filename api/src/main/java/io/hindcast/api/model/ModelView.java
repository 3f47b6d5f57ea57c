package io.hindcast.api.model;

import java.util.List;
import java.util.Optional;

/**
 * A model with all its versions.
 *
 * @param pin empty unless the model is pinned
 * @param versions newest first
 */
public record ModelView(ModelId model, Optional<Pin> pin, List<ModelVersionView> versions) {
    public ModelView {
        versions = List.copyOf(versions);
    }
}
