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
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * {@code feed/export}: the rest of a data file, never compressed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedExport {
    private static final String BYTES = "application/octet-stream";
    private static final int BUFFER_BYTES = 1 << 16;

    private final Engines engines;

    FeedExport(Engines engines) {
        this.engines = engines;
    }

    /**
     * @return empty if feeds of this kind cannot be exported
     */
    Optional<Answer> answer(Feed feed, PhpRequest request, PhpScript script) throws IOException {
        Optional<FileEngine> engine = engines.files(feed);
        if (engine.isEmpty()) {
            boolean hasTable = feed.engine() == FeedEngine.MYSQL || feed.engine() == FeedEngine.MYSQL_MEMORY;
            return hasTable ? Optional.of(Answer.plain("text/csv", "")) : Optional.empty();
        }
        FileEngine.Region region = engine.get().export(feed.id(), PhpText.integer(request.query("start", "")));
        if (region == null) {
            return Optional.of(Answer.json(script, false));
        }
        Map<String, String> headers = Map.of("Cache-Control", "no-cache, no-store, must-revalidate",
                "Content-Description", "File Transfer", "Content-Disposition",
                "attachment; filename=" + region.file().getFileName(), "Expires", "0", "Pragma", "no-cache");
        return Optional.of(new Answer(200, BYTES, headers, false, out -> copy(region, out)));
    }

    private static void copy(FileEngine.Region region, OutputStream out) throws IOException {
        if (region.length() == 0) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, region.length()));
        try (FileChannel channel = FileChannel.open(region.file(), StandardOpenOption.READ)) {
            long position = region.from();
            long end = region.from() + region.length();
            while (position < end) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
                int read = channel.read(buffer, position);
                if (read < 0) {
                    return;
                }
                out.write(buffer.array(), 0, read);
                position += read;
            }
        }
    }
}
