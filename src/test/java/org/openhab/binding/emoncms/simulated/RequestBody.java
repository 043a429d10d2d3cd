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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A body as far as it came.
 *
 * @param bytes null if there were too many to keep
 * @param isWhole whether it came to its end
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record RequestBody(byte @Nullable [] bytes, long length, boolean isWhole) {

    /** PHP cannot hold more within its memory */
    private static final int LARGEST = 90 << 20;
    private static final int CHUNK_BYTES = 1 << 16;

    /**
     * @param announced the content length, -1 if it is unknown
     */
    static RequestBody read(InputStream in, long announced) {
        if (announced < 0 || announced > LARGEST) {
            return readUnknown(in);
        }
        byte[] bytes = new byte[(int) announced];
        int length = 0;
        try {
            while (length < bytes.length) {
                int read = in.read(bytes, length, bytes.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
            }
        } catch (IOException e) {
            return new RequestBody(Arrays.copyOf(bytes, length), length, false);
        }
        return new RequestBody(bytes, length, true);
    }

    private static RequestBody readUnknown(InputStream in) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        long length = 0;
        boolean isWhole = true;
        try {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                length += read;
                if (length <= LARGEST) {
                    bytes.write(chunk, 0, read);
                }
            }
        } catch (IOException e) {
            isWhole = false;
        }
        return new RequestBody(length > LARGEST ? null : bytes.toByteArray(), length, isWhole);
    }
}
