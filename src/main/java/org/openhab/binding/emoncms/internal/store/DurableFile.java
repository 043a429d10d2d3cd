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
package org.openhab.binding.emoncms.internal.store;

import static java.nio.file.StandardCopyOption.*;
import static java.nio.file.StandardOpenOption.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Writes small files so that after a crash either the old or the new content is found: to a temporary file beside it,
 * forced to disk, renamed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class DurableFile {

    private DurableFile() {
    }

    public static void write(Path file, ByteBuffer content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
        forceDirectory(directory);
    }

    /** Makes the creation or renaming of files in a directory durable, where the platform can. */
    public static void forceDirectory(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open a directory; it has no need to
        }
    }
}
