package io.hindcast.api.model;

import java.util.List;

/** The models of a symbol, by family. */
public record ModelViews(List<ModelView> models) {
    public ModelViews {
        models = List.copyOf(models);
    }
}
