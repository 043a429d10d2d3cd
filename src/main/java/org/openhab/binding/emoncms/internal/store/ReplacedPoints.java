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

import static java.nio.file.StandardOpenOption.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Keeps remote points that a repair overwrites, since they exist nowhere else: a file of comma-separated values for
 * each repair, {@code replaced/TAG-NAME-TIME.csv}, with a line for each point. Nothing reads or deletes these files.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class ReplacedPoints {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss")
            .withZone(ZoneOffset.UTC);
    private static final int LONGEST_NAME = 60;

    private final Path directory;

    /**
     * @param directory in which the directory of the files is made when there is something to keep
     */
    public ReplacedPoints(Path directory) {
        this.directory = directory.resolve("replaced");
    }

    /**
     * Writes points to disk before they are overwritten.
     *
     * @param repair when it began
     */
    public void keep(FeedIdentity feed, Instant repair, List<ReplacedPoint> points)
            throws ProblemException, InterruptedException {
        Path file = directory
                .resolve(plain(feed.tag()) + "-" + plain(feed.name()) + "-" + TIME.format(repair) + ".csv");
        try {
            Files.createDirectories(directory);
            boolean isNew = !Files.exists(file);
            StringBuilder lines = new StringBuilder(isNew ? "time,before,after\n" : "");
            for (ReplacedPoint point : points) {
                lines.append(point.time()).append(',').append(point.before()).append(',').append(point.after())
                        .append('\n');
            }
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(lines.toString());
            try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, APPEND)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            DurableFile.forceDirectory(directory);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, file, e), e);
        }
    }

    private static String plain(String text) {
        String plain = text.replaceAll("[^\\p{L}\\p{N}_]+", "-");
        return plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
    }
}
