package io.hindcast.ml.bert;

import io.hindcast.ml.torch.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor as PyTorch stores it: a view of a run of numbers.
 *
 * @param storage the run
 * @param offset where the tensor's first number is in it
 * @param shape row-major
 * @param strides how many numbers further the next one along each dimension is
 */
@SuppressWarnings("ArrayRecordComponent") // as they are pickled
record StoredTensor(Storage storage, long offset, long[] shape, long[] strides) {

    /** How a number is stored, little-endian. */
    enum Element {
        FLOAT32(Float.BYTES, "FloatStorage", "F32"),
        FLOAT64(Double.BYTES, "DoubleStorage", "F64"),
        FLOAT16(Short.BYTES, "HalfStorage", "F16"),
        BFLOAT16(Short.BYTES, "BFloat16Storage", "BF16"),
        INT64(Long.BYTES, "LongStorage", "I64"),
        INT32(Integer.BYTES, "IntStorage", "I32"),
        UINT8(1, "ByteStorage", "U8"),
        BOOLEAN(1, "BoolStorage", "BOOL");

        final int bytes;
        /** The name that PyTorch knows a run of them by. */
        final String storage;
        /** The name that safetensors has for them. */
        final String dtype;

        Element(int bytes, String storage, String dtype) {
            this.bytes = bytes;
            this.storage = storage;
            this.dtype = dtype;
        }

        float read(ByteBuffer numbers, int index) {
            int at = index * bytes;
            return switch (this) {
                case FLOAT32 -> numbers.getFloat(at);
                case FLOAT64 -> (float) numbers.getDouble(at);
                case FLOAT16 -> Float.float16ToFloat(numbers.getShort(at));
                case BFLOAT16 -> Float.intBitsToFloat(numbers.getShort(at) << 16);
                case INT64 -> (float) numbers.getLong(at);
                case INT32 -> (float) numbers.getInt(at);
                case UINT8, BOOLEAN -> numbers.get(at) & 0xff;
            };
        }
    }

    /**
     * A run of numbers in a file.
     *
     * @param key its name there
     * @param count how many numbers it has
     */
    record Storage(Element element, String key, long count) {

        long bytes() {
            return count * element.bytes;
        }
    }

    StoredTensor {
        if (shape.length != strides.length) {
            throw new IllegalArgumentException("a tensor of " + shape.length + " dimensions and " + strides.length
                    + " strides, expected as many of both");
        }
        long last = offset;
        boolean empty = false;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] < 0 || strides[i] < 0) {
                throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " and strides "
                        + Arrays.toString(strides) + ", expected none below 0");
            }
            empty |= shape[i] == 0;
            last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[i] - 1), strides[i]));
        }
        if (offset < 0 || (!empty && last >= storage.count()) || storage.bytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " and strides "
                    + Arrays.toString(strides) + " from number " + offset + " on does not lie within storage "
                    + storage.key() + " of " + storage.count() + " numbers");
        }
    }

    /** @param bytes of the storage, at least as many as its numbers take */
    Weights.Values values(ByteBuffer bytes) {
        ByteBuffer numbers = bytes.order(ByteOrder.LITTLE_ENDIAN);
        long size = 1;
        for (long length : shape) {
            size = Math.multiplyExact(size, length);
        }
        float[] values = new float[Math.toIntExact(size)];
        long[] place = new long[shape.length];
        long at = offset;
        for (int i = 0; i < values.length; i++) {
            values[i] = storage.element().read(numbers, (int) at);
            for (int d = shape.length - 1; d >= 0; d--) {
                at += strides[d];
                if (++place[d] < shape[d]) {
                    break;
                }
                at -= shape[d] * strides[d];
                place[d] = 0;
            }
        }
        return new Weights.Values(values, shape.clone());
    }
}
