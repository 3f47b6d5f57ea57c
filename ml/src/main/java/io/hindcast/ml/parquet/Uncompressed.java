package io.hindcast.ml.parquet;

import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Passes pages through: a compressor's output would depend on its version, and doubles of features hardly compress.
 * Parquet's own factory would need Hadoop.
 */
final class Uncompressed implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return new BytesInputCompressor() {
            @Override
            public BytesInput compress(BytesInput bytes) {
                return bytes;
            }

            @Override
            public CompressionCodecName getCodecName() {
                return name;
            }

            @Override
            public void release() {
                // Nothing is held.
            }
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        if (name != CompressionCodecName.UNCOMPRESSED) {
            throw new IllegalArgumentException("a page compressed by " + name + ", expected an uncompressed one");
        }
        return new BytesInputDecompressor() {
            @Override
            public BytesInput decompress(BytesInput bytes, int size) {
                return bytes;
            }

            @Override
            public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size) {
                output.put(input);
            }

            @Override
            public void release() {
                // Nothing is held.
            }
        };
    }

    @Override
    public void release() {
        // Nothing is held.
    }
}
