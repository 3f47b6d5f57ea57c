package io.hindcast.api.model;

import java.util.List;

/** The models of a symbol, by family. */
public record Models(List<ModelView> models) {
    public Models {
        models = List.copyOf(models);
    }
}
