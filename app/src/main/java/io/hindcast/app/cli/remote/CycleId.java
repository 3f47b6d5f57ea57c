package io.hindcast.app.cli.remote;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A training cycle, written {@code BTCUSDT/3}.
 *
 * @param number from 1
 */
record CycleId(String symbol, int number) {

    /** Reads a cycle from the command line. */
    static final class Converter implements ITypeConverter<CycleId> {

        @Override
        public CycleId convert(String text) {
            int cut = text.indexOf('/');
            try {
                if (cut > 0) {
                    return new CycleId(text.substring(0, cut), Integer.parseInt(text.substring(cut + 1)));
                }
            } catch (NumberFormatException e) {
                // No number: refused below.
            }
            throw new TypeConversionException("'" + text + "' is no cycle, expected one like BTCUSDT/3");
        }
    }

    @Override
    public String toString() {
        return symbol + "/" + number;
    }
}
