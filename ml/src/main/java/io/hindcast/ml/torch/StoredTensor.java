package io.hindcast.ml.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor as PyTorch stores it: a view of a storage.
 *
 * @param storage the storage
 * @param offset index of the tensor's first number in the storage
 * @param shape row-major
 * @param strides distance of consecutive numbers along each dimension
 */
@SuppressWarnings("ArrayRecordComponent") // as they are pickled
record StoredTensor(Storage storage, long offset, long[] shape, long[] strides) {

    /** Type of a number, stored little-endian. */
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
        /** PyTorch's name of a storage of this type. */
        final String storage;
        /** Safetensors' name of this type. */
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
     * A storage: consecutive numbers in a file.
     *
     * @param key name in the file
     * @param count number of numbers
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

    /** @param bytes bytes of the storage, at least as many as its numbers take */
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
