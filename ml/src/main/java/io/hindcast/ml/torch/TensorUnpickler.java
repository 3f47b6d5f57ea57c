package io.hindcast.ml.torch;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles of named tensors and rejects everything else. A pickle is a program that may call anything by name;
 * this reader resolves three names only: the tensor constructor, the storage types, and the ordered dictionary.
 */
final class TensorUnpickler extends Unpickler {

    private static final IObjectConstructor TENSOR = TensorUnpickler::tensor;
    private static final IObjectConstructor DICTIONARY = TensorUnpickler::dictionary;

    /** An ordered dictionary; a type of its own, so that only this type can receive a state. */
    private static final class OrderedDict extends LinkedHashMap<Object, Object> {
        private static final long serialVersionUID = 1L;
    }

    @Override
    protected Object dispatch(short key) throws IOException {
        switch (key) {
            case Opcodes.GLOBAL -> stack.add(named(PickleUtils.readline(input), PickleUtils.readline(input)));
            case Opcodes.STACK_GLOBAL -> {
                Object name = stack.pop();
                stack.add(named(stack.pop().toString(), name.toString()));
            }
            case Opcodes.BUILD -> {
                Object state = stack.pop();
                // the state holds versions of modules, which do not affect the tensors
                if (!(stack.peek() instanceof OrderedDict)) {
                    throw refused("the state " + state + " of something that is no tensor");
                }
            }
            case Opcodes.INST,
                    Opcodes.OBJ,
                    Opcodes.NEWOBJ,
                    Opcodes.NEWOBJ_EX,
                    Opcodes.EXT1,
                    Opcodes.EXT2,
                    Opcodes.EXT4,
                    Opcodes.PERSID -> throw refused("the instruction " + key + ", which makes objects");
            default -> {
                return super.dispatch(key);
            }
        }
        return NO_RETURN_VALUE;
    }

    private static Object named(String module, String name) {
        if (module.equals("torch._utils") && name.equals("_rebuild_tensor_v2")) {
            return TENSOR;
        }
        if (module.equals("collections") && name.equals("OrderedDict")) {
            return DICTIONARY;
        }
        if (module.equals("torch")) {
            for (StoredTensor.Element element : StoredTensor.Element.values()) {
                if (element.storage.equals(name)) {
                    return element;
                }
            }
        }
        throw refused(module + "." + name);
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(
                "the pickle holds " + what + ", expected nothing but tensors by name"
                        + " (torch._utils._rebuild_tensor_v2, torch storages of floats and whole numbers, collections.OrderedDict)");
    }

    private static Object dictionary(Object[] arguments) {
        if (arguments.length > 0) {
            throw refused("an ordered dictionary of " + Arrays.toString(arguments));
        }
        return new OrderedDict();
    }

    /** Builds a tensor from storage, offset, shape, strides, gradient flag, hooks and, in newer files, metadata. */
    private static Object tensor(Object[] arguments) {
        if (arguments.length < 6
                || !(arguments[0] instanceof StoredTensor.Storage storage)
                || !(arguments[1] instanceof Number offset)
                || !(arguments[2] instanceof Object[] shape)
                || !(arguments[3] instanceof Object[] strides)) {
            throw refused("a tensor made of " + Arrays.toString(arguments));
        }
        return new StoredTensor(storage, offset.longValue(), numbers(shape), numbers(strides));
    }

    private static long[] numbers(Object[] values) {
        return Arrays.stream(values)
                .mapToLong(value -> {
                    if (value instanceof Number number) {
                        return number.longValue();
                    }
                    throw refused("a tensor of a length " + value);
                })
                .toArray();
    }

    /** Loads {@code ('storage', type, key, device, count)}, in older files with a view, which must be none. */
    @Override
    protected Object persistentLoad(Object id) {
        if (id instanceof Object[] parts
                && parts.length >= 5
                && "storage".equals(parts[0])
                && parts[1] instanceof StoredTensor.Element element
                && parts[2] instanceof String key
                && parts[4] instanceof Number count
                && count.longValue() >= 0
                && (parts.length == 5 || parts[5] == null)) {
            return new StoredTensor.Storage(element, key, count.longValue());
        }
        throw refused("the reference " + (id instanceof Object[] parts ? Arrays.toString(parts) : id));
    }

    /** Returns the pickled tensors by name. */
    static Map<String, StoredTensor> tensors(Object root) {
        if (!(root instanceof HashMap<?, ?> map)) {
            throw refused("no dictionary but " + (root instanceof List<?> ? "a list" : root));
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (!(name instanceof String text) || !(value instanceof StoredTensor tensor)) {
                throw refused("'" + name + "' that is no tensor but " + value);
            }
            tensors.put(text, tensor);
        });
        return tensors;
    }
}
