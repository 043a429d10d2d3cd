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
package org.openhab.binding.emoncms.internal.store.directory;

import static java.nio.file.StandardOpenOption.*;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.store.DownloadPlan;
import org.openhab.binding.emoncms.internal.store.DownloadStaging;
import org.openhab.binding.emoncms.internal.store.DurableFile;
import org.openhab.binding.emoncms.internal.store.StagedDownload;
import org.openhab.binding.emoncms.internal.store.WholeDownload;

/**
 * Makes the points of a download part of a directory of feeds. Every step can be taken again, so that one that a crash
 * has interrupted is ended when the directory is next used. Points that another program has written meanwhile are never
 * overwritten: then the download is given up.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DownloadTakeOver {

    private final FeedCatalogue catalogue;
    private final FeedFiles files;
    private final NameFiles names;
    private final String owner;

    /**
     * @param owner who downloads, of several that may share the directory
     */
    DownloadTakeOver(FeedCatalogue catalogue, FeedFiles files, String owner) {
        this.catalogue = catalogue;
        this.files = files;
        names = new NameFiles(files);
        this.owner = owner;
    }

    private DownloadStaging staging(Engine engine) {
        return new DownloadStaging(files.directory(engine), owner);
    }

    StagedDownload stage(DownloadPlan plan, long npoints) throws ProblemException, InterruptedException {
        return staging(plan.engine()).open(plan, npoints, plan.isNew() ? 1 : 2);
    }

    /** Whether a crash has interrupted the creation of this feed by a download. */
    boolean isPending(CatalogueEntry entry) {
        return Stream.of(Engine.values()).flatMap(engine -> interrupted(engine).stream()).map(WholeDownload::plan)
                .anyMatch(plan -> plan.firstPoint() == 0 && plan.localId().getAsInt() == entry.id()
                        && plan.identity().equals(entry.identity()));
    }

    /** Ends what a crash has interrupted; what cannot be ended any more is given up. */
    void recover() throws ProblemException, InterruptedException {
        for (Engine engine : Engine.values()) {
            for (WholeDownload download : interrupted(engine)) {
                boolean isListed = isListed(download.plan());
                try {
                    apply(download, isListed);
                } catch (ProblemException e) {
                    // the feed is what it was, and is compared again
                }
            }
        }
    }

    /** In a directory that cannot be listed nothing can be ended; its files may be readable all the same. */
    private List<WholeDownload> interrupted(Engine engine) {
        try {
            return staging(engine).interrupted();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * @param localId of the feed, which is created if the catalogue does not name it
     * @return its id, another one if somebody else has taken that of a new feed meanwhile
     */
    int takeOver(StagedDownload staged, int localId) throws ProblemException, InterruptedException {
        WholeDownload download;
        try {
            download = staging(staged.plan().engine()).markWhole(staged, localId);
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw writeFailed(staged.pointsFile(), e);
        }
        return apply(download, isListed(download.plan()));
    }

    private boolean isListed(DownloadPlan plan) throws ProblemException {
        return catalogue.read().stream()
                .anyMatch(entry -> entry.id() == plan.localId().getAsInt() && entry.identity().equals(plan.identity()));
    }

    /** A failure ends the download, an interruption does not. */
    private int apply(WholeDownload download, boolean isListed) throws ProblemException, InterruptedException {
        int id = download.plan().localId().getAsInt();
        try {
            if (!isListed) {
                id = create(download);
            } else if (Files.exists(download.pointsFile())) {
                append(download);
            }
        } catch (ProblemException e) {
            delete(download);
            throw e;
        }
        delete(download);
        return id;
    }

    private static void delete(WholeDownload download) throws ProblemException {
        try {
            download.delete();
        } catch (IOException e) {
            throw writeFailed(download.planFile(), e);
        }
    }

    private static ProblemException localChanged(DownloadPlan plan) {
        return new ProblemException(Problem.of(ProblemKind.LOCAL_CHANGED, plan.identity()));
    }

    private static ProblemException writeFailed(Path file, IOException e) {
        return new ProblemException(Problem.of(ProblemKind.WRITE_FAILED, file, e), e);
    }

    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    /** Data first, then the meta; the entry in the catalogue makes a feed of them. */
    private int create(WholeDownload download) throws ProblemException, InterruptedException {
        AtomicReference<WholeDownload> created = new AtomicReference<>(download);
        try {
            catalogue.update(entries -> {
                boolean isTaken = entries.stream()
                        .anyMatch(entry -> entry.identity().equals(download.plan().identity()));
                if (isTaken || download.plan().firstPoint() > 0) {
                    throw localChanged(download.plan());
                }
                WholeDownload numbered = withFreeId(download, entries);
                created.set(numbered);
                moveFiles(numbered);
                DownloadPlan plan = numbered.plan();
                CatalogueEntry entry = new CatalogueEntry(plan.localId().getAsInt(), plan.identity(),
                        plan.engine().id(), plan.unit());
                writeName(entry, plan.engine());
                List<CatalogueEntry> more = new ArrayList<>(entries);
                more.add(entry);
                return more;
            });
        } catch (ProblemException e) {
            if (e.problem().kind() == ProblemKind.WRITE_FAILED) {
                DownloadPlan plan = created.get().plan();
                files.delete(plan.localId().getAsInt(), plan.engine());
                names.delete(plan.localId().getAsInt(), plan.engine());
            }
            throw e;
        }
        return created.get().plan().localId().getAsInt();
    }

    private void writeName(CatalogueEntry entry, Engine engine) throws ProblemException, InterruptedException {
        try {
            names.write(entry, engine);
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw writeFailed(files.directory(engine), e);
        }
    }

    private WholeDownload withFreeId(WholeDownload download, List<CatalogueEntry> entries)
            throws ProblemException, InterruptedException {
        int id = download.plan().localId().getAsInt();
        boolean isTaken = entries.stream().anyMatch(entry -> entry.id() == id);
        if (!isMoved(download) && (isTaken || files.exist(id))) {
            try {
                return staging(download.plan().engine()).renumber(download, files.unusedId(entries));
            } catch (ClosedByInterruptException e) {
                throw interrupted();
            } catch (IOException e) {
                throw new ProblemException(Problem.of(ProblemKind.LOCAL_CHANGED, download.plan().identity()), e);
            }
        }
        if (isTaken) {
            throw localChanged(download.plan());
        }
        return download;
    }

    private static boolean isMoved(WholeDownload download) {
        return !Files.exists(download.pointsFile());
    }

    private void moveFiles(WholeDownload download) throws ProblemException, InterruptedException {
        DownloadPlan plan = download.plan();
        int id = plan.localId().getAsInt();
        Path data = files.data(id, plan.engine());
        boolean isMoved = isMoved(download);
        if (isMoved != Files.exists(data)) {
            throw localChanged(plan);
        }
        try {
            if (!isMoved) {
                Files.move(download.pointsFile(), data, StandardCopyOption.ATOMIC_MOVE);
                DurableFile.forceDirectory(data.toAbsolutePath().getParent());
            }
            files.writeMeta(id, plan.engine(), plan.meta(0));
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw writeFailed(data, e);
        }
    }

    private void append(WholeDownload download) throws ProblemException, InterruptedException {
        DownloadPlan plan = download.plan();
        int id = plan.localId().getAsInt();
        Path data = files.data(id, plan.engine());
        try (FileChannel from = FileChannel.open(download.pointsFile(), READ);
                FileChannel to = FileChannel.open(data, READ, WRITE)) {
            PointAppend append = new PointAppend(plan, from, to);
            append.requireFit();
            requireMeta(plan, append.held());
            if (plan.firstPoint() == 0) {
                files.writeMeta(id, plan.engine(), plan.meta(0));
            }
            append.run();
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (IOException e) {
            throw writeFailed(data, e);
        }
    }

    private void requireMeta(DownloadPlan plan, long heldBytes) throws ProblemException, InterruptedException {
        FeedMeta held = files.meta(plan.localId().getAsInt(), plan.engine());
        if (heldBytes > 0 && !held.withPoints(0).equals(plan.meta(0))) {
            throw localChanged(plan);
        }
    }
}
