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
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Keeps downloads that are under way in a directory, two files each:
 *
 * <pre>
 * download-OWNER-FEED.points     the points
 * download-OWNER-FEED.json       what they are: {@link DownloadPlanFile}
 * </pre>
 *
 * {@code OWNER} and {@code FEED} are hashes, so that several bridges can share a directory. The files may be deleted at
 * any time while no download runs.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class DownloadStaging {

    private static final String POINTS = ".points";
    private static final String PLAN = ".json";
    private static final int HASH_BYTES = 8;
    /** Other programs need room as well. */
    private static final long RESERVED_BYTES = 16 << 20;

    private final Path directory;
    private final String prefix;

    /**
     * @param owner who downloads; sees no download of others
     */
    public DownloadStaging(Path directory, String owner) {
        this.directory = directory;
        prefix = "download-" + hash(owner) + "-";
    }

    /**
     * Opens a download, which goes on where an earlier one of an equal plan has ended.
     *
     * @param npoints how many points it will have in all
     * @param copies how often they will be on this disk before the download is over
     */
    public StagedDownload open(DownloadPlan plan, long npoints, int copies)
            throws ProblemException, InterruptedException {
        FeedIdentity feed = plan.identity();
        Path pointsFile = directory.resolve(prefix + hash(feed.tag() + "\0" + feed.name()) + POINTS);
        Path planFile = planFile(pointsFile);
        try {
            Files.createDirectories(directory);
            Optional<DownloadPlanFile> earlier = DownloadPlanFile.read(planFile);
            boolean goesOn = earlier.isPresent() && !earlier.get().isWhole() && earlier.get().plan().equals(plan);
            long heldPoints = goesOn ? earlier.get().npoints() : 0;
            if (!goesOn) {
                Files.deleteIfExists(pointsFile);
                Files.deleteIfExists(planFile);
            }
            requireSpace((npoints * copies - heldPoints) * plan.engine().pointBytes());
            if (!goesOn) {
                new DownloadPlanFile(plan, 0, false).write(planFile);
            }
            return new StagedDownload(plan, heldPoints, planFile, pointsFile);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, directory, e), e);
        }
    }

    private void requireSpace(long bytes) throws IOException, ProblemException {
        long usable = Files.getFileStore(directory).getUsableSpace();
        if (bytes + RESERVED_BYTES > usable) {
            throw new ProblemException(
                    Problem.of(ProblemKind.DISK_FULL, directory, toMegabytes(bytes), toMegabytes(usable)));
        }
    }

    private static long toMegabytes(long bytes) {
        return Math.max(0, bytes) / 1_000_000;
    }

    private static Path planFile(Path pointsFile) {
        String name = pointsFile.getFileName().toString();
        return pointsFile.resolveSibling(name.substring(0, name.length() - POINTS.length()) + PLAN);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notes durably that all points are there and which feed takes them; from here on a crash undoes nothing. */
    public WholeDownload markWhole(StagedDownload download, int localId)
            throws IOException, ProblemException, InterruptedException {
        download.complete();
        DownloadPlan plan = download.plan().withLocalId(localId);
        Path planFile = planFile(download.pointsFile());
        new DownloadPlanFile(plan, download.npoints(), true).write(planFile);
        return new WholeDownload(plan, planFile, download.pointsFile());
    }

    /** Notes durably that another feed takes the points. */
    public WholeDownload renumber(WholeDownload download, int localId) throws IOException {
        DownloadPlan plan = download.plan().withLocalId(localId);
        long bytes = Files.size(download.pointsFile());
        new DownloadPlanFile(plan, bytes / plan.engine().pointBytes(), true).write(download.planFile());
        return new WholeDownload(plan, download.planFile(), download.pointsFile());
    }

    /** The downloads whose taking over was not ended. */
    public List<WholeDownload> interrupted() throws IOException {
        List<WholeDownload> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> planFiles = Files.newDirectoryStream(directory, prefix + "*" + PLAN)) {
            for (Path planFile : planFiles) {
                String name = planFile.getFileName().toString();
                Path pointsFile = planFile.resolveSibling(name.substring(0, name.length() - PLAN.length()) + POINTS);
                if (Files.isReadable(planFile)) {
                    DownloadPlanFile.read(planFile).filter(DownloadPlanFile::isWhole)
                            .ifPresent(file -> found.add(new WholeDownload(file.plan(), planFile, pointsFile)));
                }
            }
        }
        return found;
    }
}
