package io.hindcast.training.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Taints of nodes as {@code kubectl taint} writes them. */
final class Taint {

    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9][-A-Za-z0-9_./]*)(?:=([-A-Za-z0-9_.]*))?:(NoSchedule|PreferNoSchedule|NoExecute)");

    private Taint() {}

    /**
     * Returns the toleration of a taint.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Toleration parse(String text) {
        Matcher taint = FORM.matcher(text);
        if (!taint.matches()) {
            throw KubernetesSettings.refused(
                    "node.tolerations", text, "key=value:effect or key:effect, such as nvidia.com/gpu:NoSchedule");
        }
        TolerationBuilder toleration =
                new TolerationBuilder().withKey(taint.group(1)).withEffect(taint.group(3));
        return taint.group(2) == null
                ? toleration.withOperator("Exists").build()
                : toleration.withOperator("Equal").withValue(taint.group(2)).build();
    }
}
