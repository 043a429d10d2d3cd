/*
 * Copyright (c) 2026 Contributors to the Emoncms add-on for openHAB
 *
 * See the NOTICE file(s) distributed with this work for additional
 * information.
 *
 * This program and the accompanying materials are made available under the
 * terms of the Eclipse Public License 2.0 which is available at
 * http://www.eclipse.org/legal/epl-2.0
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.openhab.binding.emoncms.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * JSON as PHP writes it: {@code \/} and {@code \}{@code u} escapes, whole numbers without fraction, and nothing at all
 * if one number is not finite.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PhpJson {
    private static final class NotFiniteException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private PhpJson() {
    }

    /**
     * The text, empty if it contains a NaN or an infinite number.
     */
    static String encoded(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        try {
            write(out, value);
        } catch (NotFiniteException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    static void write(Appendable out, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            writeObject(out, map);
        } else if (value instanceof Iterable<?> list) {
            writeArray(out, list);
        } else if (value instanceof Double number) {
            writeDouble(out, number);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(String.valueOf(value));
        } else {
            writeString(out, value.toString());
        }
    }

    private static void writeObject(Appendable out, Map<?, ?> map) throws IOException {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            writeString(out, entry.getKey().toString());
            out.append(':');
            write(out, entry.getValue());
            separator = ',';
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private static void writeArray(Appendable out, Iterable<?> list) throws IOException {
        out.append('[');
        for (Iterator<?> i = list.iterator(); i.hasNext();) {
            write(out, i.next());
            if (i.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private static void writeDouble(Appendable out, double number) throws IOException {
        if (!Double.isFinite(number)) {
            throw new NotFiniteException();
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            out.append(Long.toString((long) number));
        } else if (Math.abs(number) >= 1e-4 && Math.abs(number) < 1e15) {
            out.append(new BigDecimal(Double.toString(number)).toPlainString());
        } else {
            String text = Double.toString(number);
            out.append(text.contains("E-") ? text.replace("E", "e") : text.replace("E", "e+"));
        }
    }

    private static void writeString(Appendable out, String text) throws IOException {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int named = "\"\\/\b\f\n\r\t".indexOf(c);
            if (named >= 0) {
                out.append('\\').append("\"\\/bfnrt".charAt(named));
            } else if (c < ' ' || c > '~') {
                out.append("\\u").append(String.format("%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
