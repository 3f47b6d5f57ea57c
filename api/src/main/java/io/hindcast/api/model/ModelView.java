package io.hindcast.api.model;

import java.util.List;

/**
 * A model with all its versions.
 *
 * @param versions newest first
 */
public record ModelView(ModelId model, List<ModelVersionView> versions) {
    public ModelView {
        versions = List.copyOf(versions);
    }
}
