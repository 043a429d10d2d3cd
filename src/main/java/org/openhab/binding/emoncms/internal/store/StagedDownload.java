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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * The points of a download that is under way, in a file of their own, in the format of the engine's data file. Stays on
 * disk when it is closed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class StagedDownload implements AutoCloseable {

    private final DownloadPlan plan;
    private final Path planFile;
    private final Path pointsFile;
    private final FileChannel points;
    private long bytes;

    /**
     * @param heldPoints how many points of the file are believed; it is made if it is not there
     */
    StagedDownload(DownloadPlan plan, long heldPoints, Path planFile, Path pointsFile) throws IOException {
        this.plan = plan;
        this.planFile = planFile;
        this.pointsFile = pointsFile;
        points = FileChannel.open(pointsFile, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        int pointBytes = plan.engine().pointBytes();
        bytes = Math.min(points.size() / pointBytes, heldPoints) * pointBytes;
    }

    public DownloadPlan plan() {
        return plan;
    }

    public Path pointsFile() {
        return pointsFile;
    }

    /** Whole points in the file. */
    public long npoints() {
        return bytes / plan.engine().pointBytes();
    }

    /** Appends; what is written need not end where a point ends. */
    public void write(ByteBuffer source) throws ProblemException, InterruptedException {
        try {
            while (source.hasRemaining()) {
                bytes += points.write(source, bytes);
            }
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Fills the buffer with points that were written. */
    public void read(long startByte, ByteBuffer target) throws ProblemException, InterruptedException {
        try {
            long position = startByte;
            while (target.hasRemaining()) {
                int read = points.read(target, position);
                if (read < 0) {
                    throw new IOException("ends at " + position);
                }
                position += read;
            }
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    private ProblemException failed(IOException e) {
        return new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, pointsFile, e), e);
    }

    /** Forgets the last points. */
    public void keep(long npoints) {
        bytes = Math.min(bytes, npoints * plan.engine().pointBytes());
    }

    /** Leaves nothing but the whole points in the file, forces them to disk and closes it. */
    public void complete() throws ProblemException, InterruptedException {
        try (points) {
            force();
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void force() throws IOException {
        bytes = npoints() * plan.engine().pointBytes();
        points.truncate(bytes);
        points.force(true);
    }

    /** Notes how far the download is, so that it can go on from there; not if the thread is interrupted. */
    @Override
    public void close() throws ProblemException {
        if (!points.isOpen()) {
            return;
        }
        try (points) {
            force();
            new DownloadPlanFile(plan, npoints(), false).write(planFile);
        } catch (ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Gives the download up, or what is left of it after it was taken over. */
    public void delete() throws ProblemException {
        try (points) {
            Files.deleteIfExists(pointsFile);
            Files.deleteIfExists(planFile);
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
