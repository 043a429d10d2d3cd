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
package org.openhab.binding.emoncms.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.api.Authenticator;
import org.openhab.binding.emoncms.internal.api.Credentials;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.api.HttpAccess;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.api.ServerUrl;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.FeedPatterns;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.LittleEndian;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;
import org.openhab.binding.emoncms.internal.store.LocalFeedStore;
import org.openhab.binding.emoncms.internal.store.NewFeed;
import org.openhab.binding.emoncms.internal.store.RemoteFeedStore;
import org.openhab.binding.emoncms.internal.store.Segment;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;
import org.openhab.binding.emoncms.internal.store.emoncms.EmoncmsFeedStore;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.AdjustableClock;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;

/**
 * A local store with real files, a simulated server and an engine between them, whose time a test moves.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class TwoSidesFixture implements SyncListener {

    static final long START = 1_750_000_000L;
    static final Duration INTERVAL = Duration.ofMinutes(5);
    static final Duration WRITE_DELAY = Duration.ofMinutes(10);

    final AdjustableClock clock = new AdjustableClock(Instant.ofEpochSecond(START + 100_000));
    final SimulatedEmoncms emoncms;
    final Account account;
    final Path localDirectory;
    final DirectoryFeedStore local;
    final Map<FeedIdentity, FeedReport> feeds = new ConcurrentHashMap<>();
    final List<SyncState> states = new ArrayList<>();
    final List<@Nullable Double> progress = new ArrayList<>();
    @Nullable
    ServerReport server;
    /** Run with each event, as a rule is. */
    Runnable atEvent = () -> {
    };
    ManualWorker worker = new ManualWorker(clock);
    SyncEngine engine;

    final List<String> events = new CopyOnWriteArrayList<>();
    Map<FeedIdentity, KnownFeed> known = Map.of();

    private LocalFeedStore engineLocal;
    private final HttpClient client = new HttpClient();
    private final int batchBytes;
    private boolean failsNext;
    private FeedPatterns patterns = FeedPatterns.NONE;
    private UploadWindow uploadWindow = UploadWindow.ALWAYS;
    private long monthlyBudget = SyncSettings.UNLIMITED;
    DataUsage usage = DataUsage.NONE;
    /** After each cycle. */
    final List<@Nullable Duration> pauses = new ArrayList<>();
    private final UsageMeter meter = new UsageMeter() {

        @Override
        public DataUsage usage() {
            return usage;
        }

        @Override
        public void cycleEnded(@Nullable Duration pause) {
            pauses.add(pause);
        }
    };
    private boolean uploadsOpenSlots;
    private Duration interval = INTERVAL;

    TwoSidesFixture(Path directory, int batchBytes) {
        this(directory, directory.resolve("local"), batchBytes);
    }

    TwoSidesFixture(Path directory, Path localDirectory, int batchBytes) {
        this.batchBytes = batchBytes;
        this.localDirectory = localDirectory;
        emoncms = SimulatedEmoncms.start(directory.resolve("server"), 0, clock);
        account = emoncms.addAccount("emonuser", "password");
        local = DirectoryFeedStore.making(localDirectory, clock);
        engineLocal = local;
        HttpClients.start(client);
        engine = newEngine();
    }

    /** Replaces the engine by one that is held back. */
    void uploadWithin(UploadWindow window, long monthlyBudget) {
        uploadWindow = window;
        this.monthlyBudget = monthlyBudget;
        restartEngine();
    }

    private SyncEngine newEngine() {
        return newEngine(this::openRemote);
    }

    RemoteFeedStore openRemote() throws ProblemException, InterruptedException {
        ServerUrl url = ServerUrl.parse(emoncms.url().toString());
        Credentials.ApiKey key = new Authenticator(new HttpAccess(client, Duration.ofSeconds(2)), url)
                .authenticate(new Credentials.ApiKey(account.writeKey()));
        return new EmoncmsFeedStore(new EmoncmsApi(new HttpAccess(client, Duration.ofSeconds(2)), url, key),
                batchBytes);
    }

    private SyncEngine newEngine(RemoteAccess access) {
        return new SyncEngine(engineLocal, access, new SyncSettings(interval, Duration.ZERO, batchBytes, patterns,
                WRITE_DELAY, uploadsOpenSlots, uploadWindow, monthlyBudget), clock, new Random(1), worker, meter, this);
    }

    /** Replaces the engine by one with another local store. */
    void localBy(LocalFeedStore other) {
        engine.stop();
        engineLocal = other;
        engine = newEngine();
    }

    /** Replaces the engine by one with another interval. */
    void uploadEach(Duration interval) {
        this.interval = interval;
        restartEngine();
    }

    void hideOpenSlots() {
        uploadsOpenSlots = false;
        restartEngine();
    }

    /** Replaces the engine by one that also shows what may still change. */
    void uploadOpenSlots() {
        uploadsOpenSlots = true;
        restartEngine();
    }

    EmoncmsFeedStore open(SimulatedEmoncms server, Account owner) throws ProblemException {
        return new EmoncmsFeedStore(new EmoncmsApi(new HttpAccess(client, Duration.ofSeconds(2)),
                ServerUrl.parse(server.url().toString()), new Credentials.ApiKey(owner.writeKey())), batchBytes);
    }

    /** Replaces the engine by one that gets its remote store so. */
    void openBy(RemoteAccess access) {
        engine.stop();
        engine = newEngine(access);
    }

    /** As after a restart of openHAB: nothing is known but what is on disk and on the server. */
    void restartEngine() {
        engine.stop();
        worker.shutdownNow();
        worker = new ManualWorker(clock);
        engine = newEngine();
    }

    /** Feeds that were uploaded and have got more points since, each one more than the one before. */
    FeedIdentity[] grownFeeds(int count) throws IOException, ProblemException, InterruptedException {
        FeedIdentity[] feeds = new FeedIdentity[count];
        for (int i = 0; i < count; i++) {
            feeds[i] = fina("power" + i, 100);
        }
        emoncms.keepBodies(true);
        watch(feeds);
        start();
        assertSame(feeds);
        Map<FeedIdentity, ListedFeed.Usable> here = usable();
        for (int i = 0; i < count; i++) {
            append(Objects.requireNonNull(here.get(feeds[i])), 10 + i);
        }
        return feeds;
    }

    /** Uploads that hold a segment of one of these feeds; bodies have to be kept. */
    static Predicate<ReceivedRequest> syncWith(Set<Integer> feedIds) {
        return Fault.route("/feed/sync").and(request -> {
            byte[] body = Objects.requireNonNull(request.body());
            ByteBuffer segments = LittleEndian.allocate(body.length).put(body).flip();
            for (int at = 0; at + 8 < body.length; at += segments.getInt(at)) {
                if (feedIds.contains(segments.getInt(at + 4))) {
                    return true;
                }
            }
            return false;
        });
    }

    @Override
    public void serverChanged(ServerReport report) {
        if (failsNext) {
            failsNext = false;
            throw new IllegalStateException("for a test");
        }
        server = report;
    }

    @Override
    public void feedChanged(FeedReport report) {
        feeds.put(report.identity(), report);
        progress.add(report.progress());
        SyncState state = report.state();
        if (state != null) {
            states.add(state);
        }
    }

    @Override
    public void feedEvent(FeedIdentity feed, SyncEvent event) {
        events.add(feed.name() + " " + event);
        atEvent.run();
    }

    @Override
    public void serverEvent(SyncEvent event) {
        events.add("server " + event);
        atEvent.run();
    }

    /** What a rule gets that asks for the feed's state. */
    @Nullable
    SyncState said(FeedIdentity feed) {
        FeedReport report = engine.report(feed);
        return report == null ? null : report.state();
    }

    void failNextServerReport() {
        failsNext = true;
    }

    @Override
    public void feedsKnown(Map<FeedIdentity, KnownFeed> known) {
        this.known = known;
    }

    /** Replaces the engine by one that uploads what these patterns select. */
    void select(String... uploadPatterns) throws ProblemException {
        engine.stop();
        patterns = FeedPatterns.parse(List.of(uploadPatterns));
        engine = newEngine();
    }

    ServerReport server() {
        ServerReport report = server;
        assertThat(report).as("server report").isNotNull();
        return Objects.requireNonNull(report);
    }

    @Nullable
    SyncState state(FeedIdentity feed) {
        FeedReport report = feeds.get(feed);
        return report == null ? null : report.state();
    }

    /** Lets the first cycle run. */
    void start() {
        engine.start(false, Duration.ofSeconds(1));
        worker.run(Duration.ofSeconds(1));
    }

    void watch(FeedIdentity... identities) {
        Arrays.stream(identities).forEach(feed -> engine.watch(feed, true));
    }

    void nextInterval() {
        worker.run(INTERVAL);
    }

    /** A PHPFina feed of 10 s whose points, all settled, hold their index; every 7th is NaN. */
    FeedIdentity fina(String name, int npoints) throws ProblemException, InterruptedException {
        FeedIdentity identity = new FeedIdentity("house", name);
        append(local.create(new NewFeed(identity, Engine.PHPFINA, 10, "W")), npoints);
        return identity;
    }

    /** A PHPTimeSeries feed with a record every 13 s. */
    FeedIdentity series(String name, int npoints) throws ProblemException, InterruptedException {
        FeedIdentity identity = new FeedIdentity("house", name);
        append(local.create(new NewFeed(identity, Engine.PHPTIMESERIES, 0, "kWh")), npoints);
        return identity;
    }

    void append(FeedIdentity identity, int npoints) throws ProblemException, InterruptedException {
        append(local(identity), npoints);
    }

    private void append(ListedFeed.Usable feed, int npoints) throws ProblemException, InterruptedException {
        append(feed, ByteBuffer.wrap(points(feed.engine(), feed.meta().npoints(), npoints)));
    }

    /** The same for the same place, on whatever side. */
    private static byte[] points(Engine engine, long firstPoint, int npoints) {
        ByteBuffer points = LittleEndian.allocate(npoints * engine.pointBytes());
        for (long i = firstPoint; i < firstPoint + npoints; i++) {
            if (engine == Engine.PHPFINA) {
                points.putFloat(i % 7 == 6 ? Float.NaN : i);
            } else {
                new TimeSeriesRecord(START + i * 13, i).write(points);
            }
        }
        return points.array();
    }

    /** As {@link #fina}, on the server. */
    FeedIdentity remoteFina(String name, int npoints) throws IOException {
        return addFina(emoncms, account, name, npoints);
    }

    static FeedIdentity addFina(SimulatedEmoncms server, Account owner, String name, int npoints) throws IOException {
        int id = server.addFeed(owner, "house", name, SimulatedEmoncms.PHPFINA, 10, "W");
        if (npoints > 0) {
            Files.write(server.metaFile(id), new FixedIntervalMeta(START, 10).toBuffer().array());
        }
        Files.write(server.dataFile(id), points(Engine.PHPFINA, 0, npoints));
        return new FeedIdentity("house", name);
    }

    /** As {@link #series}, on the server. */
    FeedIdentity remoteSeries(String name, int npoints) throws IOException {
        return addSeries(emoncms, account, name, npoints);
    }

    static FeedIdentity addSeries(SimulatedEmoncms server, Account owner, String name, int npoints) throws IOException {
        int id = server.addFeed(owner, "house", name, SimulatedEmoncms.PHPTIMESERIES, 10, "kWh");
        Files.write(server.dataFile(id), points(Engine.PHPTIMESERIES, 0, npoints));
        return new FeedIdentity("house", name);
    }

    void appendRemote(FeedIdentity feed, int npoints) throws IOException {
        append(emoncms.dataFile(remoteId(feed)), npoints);
    }

    static void append(Path data, int npoints) throws IOException {
        Engine engine = data.toString().endsWith(".MYD") ? Engine.PHPTIMESERIES : Engine.PHPFINA;
        Files.write(data, points(engine, Files.size(data) / engine.pointBytes(), npoints), StandardOpenOption.APPEND);
    }

    /** Requests the download and lets the worker do what is due at once. */
    void download(FeedIdentity feed) {
        assertThat(engine.download(feed)).as("requested anew").isTrue();
        worker.runDue();
    }

    ProblemKind problem(FeedIdentity feed) {
        FeedReport report = feeds.get(feed);
        assertThat(report).as("report of %s", feed).isNotNull();
        Problem problem = Objects.requireNonNull(report).problem();
        assertThat(problem).as("problem of %s", feed).isNotNull();
        return Objects.requireNonNull(problem).kind();
    }

    void append(ListedFeed.Usable feed, ByteBuffer points) throws ProblemException, InterruptedException {
        int npoints = points.remaining() / feed.engine().pointBytes();
        if (npoints > 0) {
            local.append(List.of(new Segment(feed, new FeedMeta(START, feed.engine() == Engine.PHPFINA ? 10 : 0, 0),
                    feed.meta().npoints(), npoints, (startByte, target) -> target.put(points))));
        }
    }

    ListedFeed.Usable local(FeedIdentity identity) throws ProblemException, InterruptedException {
        return Objects.requireNonNull(usable().get(identity), identity::toString);
    }

    private Map<FeedIdentity, ListedFeed.Usable> usable() throws ProblemException, InterruptedException {
        return local.list().stream().filter(ListedFeed.Usable.class::isInstance).map(ListedFeed.Usable.class::cast)
                .collect(Collectors.toMap(ListedFeed::identity, Function.identity()));
    }

    Path localData(FeedIdentity identity) throws ProblemException, InterruptedException {
        return data(local(identity));
    }

    private Path data(ListedFeed.Usable feed) {
        return localDirectory.resolve(feed.engine() == Engine.PHPFINA ? "phpfina/" + feed.id() + ".dat"
                : "phptimeseries/feed_" + feed.id() + ".MYD");
    }

    int remoteId(FeedIdentity identity) {
        return emoncms.feedId(account, identity.tag(), identity.name()).orElseThrow();
    }

    byte[] remoteBytes(FeedIdentity identity) throws IOException {
        return Files.readAllBytes(emoncms.dataFile(remoteId(identity)));
    }

    /** Both sides hold the same bytes, and that is what is said of them. */
    void assertSame(FeedIdentity... identities) throws IOException, ProblemException, InterruptedException {
        Map<FeedIdentity, ListedFeed.Usable> here = usable();
        for (FeedIdentity identity : identities) {
            ListedFeed.Usable feed = Objects.requireNonNull(here.get(identity), identity::toString);
            assertThat(remoteBytes(identity)).as("bytes of %s", identity).isEqualTo(Files.readAllBytes(data(feed)));
            assertThat(state(identity)).as("state of %s", identity).isEqualTo(SyncState.SAME);
        }
    }

    void appendBytes(Path file, int bytes) throws IOException {
        Files.write(file, new byte[bytes], StandardOpenOption.APPEND);
    }

    /** Without the comparisons of points that come in quiet times. */
    List<String> requests() {
        return emoncms.requests().stream().filter(request -> !request.isFor("/feed/sha256sum"))
                .map(ReceivedRequest::path).toList();
    }

    void close() throws Exception {
        engine.stop();
        worker.shutdownNow();
        client.stop();
        emoncms.close();
    }
}
