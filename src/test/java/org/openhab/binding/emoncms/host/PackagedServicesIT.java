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
package org.openhab.binding.emoncms.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.internal.feed.FixedIntervalMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.simulated.Account;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.SimulatedEmoncms;
import org.openhab.core.automation.annotation.ActionOutput;
import org.openhab.core.automation.annotation.RuleAction;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.library.types.StringType;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.binding.ThingActions;
import org.openhab.core.thing.binding.ThingActionsScope;
import org.osgi.framework.BundleException;

/**
 * The packaged add-on's discovery, actions, console commands and events, in a real OSGi framework.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(180)
class PackagedServicesIT extends HostFixture {

    private static final long START_TIME = Instant.now().getEpochSecond() / 10 * 10 - 100_000;
    private static final float[] VALUES = { 1.5f, -2, Float.NaN, 300.25f };

    PackagedServicesIT(@TempDir Path directory) throws IOException, BundleException {
        super(directory);
    }

    private void local(String name) throws Exception {
        ListedFeed.Usable feed = feeds.createFixedInterval("house", name, 10, "W");
        feeds.append(feed, START_TIME, VALUES);
    }

    private void remote(String name, int npoints) throws IOException {
        remote(server, account, name, npoints);
    }

    private static void remote(SimulatedEmoncms server, Account account, String name, int npoints) throws IOException {
        int id = server.addFeed(account, "house", name, SimulatedEmoncms.PHPFINA, 10, "W");
        Files.write(server.metaFile(id), new FixedIntervalMeta(START_TIME, 10).toBuffer().array());
        byte[] points = new byte[npoints * 4];
        Arrays.fill(points, (byte) 63);
        Files.write(server.dataFile(id), points);
    }

    private static List<String> labels(ThingHost host) {
        return host.inbox().stream().map(DiscoveryResult::getLabel).toList();
    }

    private static String call(ThingActions actions, String name, Object... arguments) throws Exception {
        Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
        return String.valueOf(actions.getClass().getMethod(name, types).invoke(actions, arguments));
    }

    private static void awaitEvent(ThingHost host, String event) {
        await(event, () -> host.events().contains(event));
    }

    @Test
    void feedsOfBothSidesComeIntoTheInboxByThemselves() throws Exception {
        local("solar");
        local("grid");
        remote("wind", 10);
        server.addFeed(account, "house", "grid", SimulatedEmoncms.PHPFINA, 10, "W");
        server.addFeed(account, "house", "virtual", 7, 10, "W");
        ThingHost host = host();
        await("three feeds", () -> host.inbox().size() == 3);

        assertThat(labels(host)).containsExactlyInAnyOrder("house: solar (local only)",
                "house: grid (local and remote)", "house: wind (remote only)");
        assertThat(host.inbox()).allSatisfy(result -> {
            assertThat(result.getRepresentationProperty()).isEqualTo("feed");
            assertThat(result.getBridgeUID()).hasToString(BRIDGE);
            assertThat(result.getThingUID().getAsString()).startsWith("emoncms:feed:home:house-");
            assertThat(result.getProperties()).containsEntry("tag", "house");
        });
    }

    @Test
    void aFeedThatHasAThingIsNotInTheInbox() throws Exception {
        local("solar");
        local("grid");
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");
        await("the other feed alone", () -> labels(host).equals(List.of("house: grid (local only)")));
        assertThat(host.thing(uid("solar")).getProperties()).containsEntry("feed", "home/house:solar");
    }

    @Test
    void addingFeedsOfTheInboxUploadsThem() throws Exception {
        local("solar");
        local("grid");
        ThingHost host = host();
        await("two feeds", () -> host.inbox().size() == 2);
        host.approve(host.inbox());

        await("both same", () -> host.things().size() == 3 && host.things().stream().skip(1)
                .allMatch(thing -> new StringType("same").equals(host.state(thing, "sync-state"))));
        assertThat(host.inbox()).isEmpty();
        host.scan();
        pause(Duration.ofSeconds(1));
        assertThat(host.inbox()).isEmpty();
    }

    @Test
    void aFeedThatIsGoneIsTakenOutOfTheInboxByAScan() throws Exception {
        remote("wind", 10);
        remote("solar", 10);
        ThingHost host = host();
        await("two feeds", () -> host.inbox().size() == 2);
        server.deleteFeed(server.feedId(account, "house", "wind").orElseThrow());
        host.scan();

        await("one feed", () -> labels(host).equals(List.of("house: solar (remote only)")));
    }

    @Test
    void aFeedThatLosesItsThingComesBackIntoTheInbox() throws Exception {
        local("solar");
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");
        host.remove(uid("solar"));
        host.scan();

        await("the feed", () -> labels(host).equals(List.of("house: solar (local and remote)")));
    }

    @Test
    void twoThousandFeedsAreOneListOfEachSide() throws Exception {
        IntStream.range(0, 2000)
                .forEach(i -> server.addFeed(account, "house", "feed " + i, SimulatedEmoncms.PHPFINA, 10, ""));
        ThingHost host = host();
        await("the bridge", () -> host.thing(BRIDGE).getStatus() == ThingStatus.ONLINE);
        await("2000 feeds", () -> host.inbox().size() == 2000);
        server.clearRequests();
        host.scan();
        await("the list", () -> !server.requests().isEmpty());
        pause(Duration.ofSeconds(1));

        assertThat(server.requests()).extracting(ReceivedRequest::path).containsExactly("/feed/listwithmeta.json");
        assertThat(host.inbox()).hasSize(2000).extracting(DiscoveryResult::getThingUID).doesNotHaveDuplicates();
    }

    @Test
    void aRuleDownloadsAFeedAndWaitsForTheEvent() throws Exception {
        remote("wind", 5000);
        ThingHost host = host(feed("wind"));
        await("remote only", () -> "remote-only".equals(stateOf(host, "wind")));
        ThingActions actions = host.actions(BRIDGE);

        assertThat(call(actions, "feedState", "house", "wind")).isEqualTo("remote-only");
        assertThat(call(actions, "downloadFeed", "house", "wind")).isEqualTo("accepted");
        awaitEvent(host, uid("wind") + " DOWNLOADED");
        awaitEvent(host, BRIDGE + " DOWNLOADED");
        assertThat(call(actions, "feedState", "house", "wind")).isEqualTo("same");
        assertThat(directory.resolve("local/phpfina/1.dat")).hasSameBinaryContentAs(remoteData("wind"));
    }

    private static String stateOf(ThingHost host, String name) {
        return String.valueOf(host.state(host.thing(uid(name)), "sync-state"));
    }

    @Test
    void aRuleUsesTheActionsOfAFeed() throws Exception {
        local("solar");
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");
        ThingActions actions = host.actions(uid("solar"));

        assertThat(call(actions, "state")).isEqualTo("same");
        assertThat(call(actions, "upload")).isEqualTo("accepted");
        await("uploaded twice", () -> host.events().stream().filter((uid("solar") + " UPLOADED")::equals).count() == 2);
        assertThat(call(actions, "download")).isEqualTo("accepted");
        awaitEvent(host, uid("solar") + " DOWNLOADED");
    }

    @Test
    void aWholeAccountIsRestoredByOneAction() throws Exception {
        for (int i = 0; i < 30; i++) {
            remote("feed" + i, 1000 + i);
        }
        ThingHost host = host();
        await("online", () -> host.thing(BRIDGE).getStatus() == ThingStatus.ONLINE);

        assertThat(call(host.actions(BRIDGE), "downloadAll")).isEqualTo("accepted");
        awaitEvent(host, BRIDGE + " DOWNLOADED");
        assertThat(host.run("feeds")).filteredOn(line -> line.contains(" same ")).hasSize(30);
    }

    @Test
    void everyActionHasATwinForRulesDslAndTranslatedTexts() throws Exception {
        local("solar");
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");

        for (String uid : List.of(BRIDGE, uid("solar"))) {
            Class<?> type = host.actions(uid).getClass();
            assertThat(type.getAnnotation(ThingActionsScope.class).name()).isEqualTo("emoncms");
            assertThat(type.getMethods()).filteredOn(method -> method.isAnnotationPresent(RuleAction.class))
                    .hasSizeGreaterThan(2).allSatisfy(method -> assertAction(type, method));
        }
    }

    private void assertAction(Class<?> type, Method action) throws NoSuchMethodException {
        Class<?>[] parameters = new Class<?>[action.getParameterCount() + 1];
        parameters[0] = ThingActions.class;
        System.arraycopy(action.getParameterTypes(), 0, parameters, 1, action.getParameterCount());
        assertThat(Modifier.isStatic(type.getMethod(action.getName(), parameters).getModifiers())).isTrue();
        RuleAction rule = action.getAnnotation(RuleAction.class);
        ActionOutput output = action.getAnnotation(ActionOutput.class);
        assertThat(List.of(rule.label(), rule.description(), output.label(), output.description()))
                .allSatisfy(text -> assertThat(text).startsWith("@text/")
                        .satisfies(key -> assertThat(texts.has(key.substring("@text/".length()))).as(key).isTrue()));
        assertThat(output.name()).isEqualTo("result");
    }

    @Test
    void theTwinsDoTheSame() throws Exception {
        ThingHost host = host();
        await("online", () -> host.thing(BRIDGE).getStatus() == ThingStatus.ONLINE);
        ThingActions actions = host.actions(BRIDGE);
        Method twin = actions.getClass().getMethod("feedState", ThingActions.class, String.class, String.class);

        assertThat(twin.invoke(null, actions, "house", "nothing")).isEqualTo("absent");
    }

    @Test
    void theConsoleListsServers() {
        ThingHost host = host();
        await("online", () -> host.thing(BRIDGE).getStatus() == ThingStatus.ONLINE);

        assertThat(host.run("servers")).hasSize(2).last().asString().contains(BRIDGE, server.url().toString(),
                "ONLINE");
    }

    @Test
    void theConsoleComparesTheFeedsOfBothSides() throws Exception {
        local("solar");
        remote("wind", 10);
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");

        assertThat(host.run("feeds", "home")).hasSize(4).first().isEqualTo(BRIDGE);
        assertThat(host.run("feeds", BRIDGE))
                .anySatisfy(line -> assertThat(line.split(" +")).containsExactly("house", "solar", "PHPFina",
                        Instant.ofEpochSecond(START_TIME).toString(), "10", "s", "4", "4", "same", "on"))
                .anySatisfy(line -> assertThat(line.split(" +")).containsExactly("house", "wind", "PHPFina",
                        Instant.ofEpochSecond(START_TIME).toString(), "10", "s", "-", "10", "remote-only", "off"));
    }

    @Test
    void theConsoleDownloadsAndUploads() throws Exception {
        local("solar");
        remote("wind 1", 10);
        ThingHost host = host();
        await("known", () -> host.inbox().size() == 2);

        assertThat(host.run("download", "house:wind", "1")).containsExactly(BRIDGE + ": accepted");
        awaitEvent(host, BRIDGE + " DOWNLOADED");
        assertThat(host.run("upload", "home", "house:solar")).containsExactly(BRIDGE + ": accepted");
        awaitRemoteBytes("solar", VALUES.length * 4);
        assertThat(host.run("upload")).containsExactly(BRIDGE + ": accepted");
        assertThat(host.run("download", "all")).containsExactly(BRIDGE + ": accepted");
    }

    /** Has the feed on both sides, with a point that differs. */
    private ThingHost hostWithDivergedFeed() throws Exception {
        local("solar");
        ThingHost host = host(feed("solar"));
        awaitSame(host, "solar");
        Path data = server.dataFile(server.feedId(account, "house", "solar").orElseThrow());
        byte[] points = Files.readAllBytes(data);
        points[2] ^= 1;
        Files.write(data, points);
        return host;
    }

    @Test
    void aRuleVerifiesAndRepairsAFeed() throws Exception {
        ThingHost host = hostWithDivergedFeed();
        ThingActions actions = host.actions(uid("solar"));

        assertThat(call(actions, "verify")).isEqualTo("accepted");
        awaitEvent(host, uid("solar") + " DIVERGED");
        await("diverged", () -> "diverged".equals(stateOf(host, "solar")));
        await("described", () -> String.valueOf(host.thing(uid("solar")).getStatusInfo().getDescription())
                .startsWith("@text/problem.diverged"));
        assertThat(repair(actions, true)).startsWith("1 point differs, 1 would be changed on the server.\n");
        assertThat(repair(actions, false))
                .startsWith("1 point differs, 1 were changed on the server: both sides are the same.\n");
        awaitEvent(host, uid("solar") + " REPAIRED");
        await("same again", () -> "same".equals(stateOf(host, "solar")));
        assertThat(repair(actions, true)).isEqualTo("No point differs.");
    }

    private static String repair(ThingActions actions, boolean dryRun) throws ReflectiveOperationException {
        return String.valueOf(actions.getClass().getMethod("repair", boolean.class).invoke(actions, dryRun));
    }

    @Test
    void theConsoleVerifiesAndRepairs() throws Exception {
        ThingHost host = hostWithDivergedFeed();

        assertThat(host.run("verify", "all")).containsExactly(BRIDGE + ": accepted");
        awaitEvent(host, BRIDGE + " DIVERGED");
        assertThat(host.run("repair-plan", "house:solar")).hasSize(2).first()
                .isEqualTo("1 point differs, 1 would be changed on the server.");
        assertThat(host.run("repair", "home", "house:solar")).first().asString().contains("both sides are the same");
        assertThat(host.run("recreate-remote", "house:solar")).singleElement().asString().contains("nothing");
        assertThat(host.run("verify", "house:solar")).containsExactly(BRIDGE + ": accepted");
        awaitEvent(host, uid("solar") + " VERIFIED");
    }

    @Test
    void theConsoleReplacesADivergedFeedOnEitherSide() throws Exception {
        ThingHost host = hostWithDivergedFeed();
        host.run("verify", "house:solar");
        awaitEvent(host, uid("solar") + " DIVERGED");

        assertThat(host.run("download-to-new-feed", "house:solar")).singleElement().asString()
                .startsWith("4 points are downloaded to a new local feed house:solar remote ");
        awaitEvent(host, uid("solar") + " DOWNLOADED");
        assertThat(host.run("recreate-remote", "house:solar")).singleElement().asString()
                .startsWith("The remote feed was renamed to house:solar old ");
        await("same again", () -> "same".equals(stateOf(host, "solar")));
        assertThat(host.run("feeds")).anyMatch(line -> line.contains("solar old"))
                .anyMatch(line -> line.contains("solar remote"));
    }

    @Test
    void theConsoleCompletes() throws Exception {
        remote("wind", 10);
        ThingHost host = host();
        await("known", () -> !host.inbox().isEmpty());

        assertThat(host.complete("")).containsExactlyInAnyOrder("servers ", "feeds ", "upload ", "download ", "verify ",
                "repair-plan ", "repair ", "recreate-remote ", "download-to-new-feed ");
        assertThat(host.complete("u")).containsExactly("upload ");
        assertThat(host.complete("feeds", "emon")).containsExactly(BRIDGE + " ");
        assertThat(host.complete("download", "")).containsExactlyInAnyOrder(BRIDGE + " ", "house:wind ", "all ");
        assertThat(host.complete("download", BRIDGE, "house")).containsExactly("house:wind ");
        assertThat(host.complete("servers", "")).isEmpty();
    }

    @Test
    void theConsoleTellsHowItIsUsed() {
        ThingHost host = host();

        assertThat(host.run()).hasSize(9).allMatch(line -> line.startsWith("Usage: openhab:emoncms "));
        assertThat(host.run("download")).allMatch(line -> line.startsWith("Usage: "));
        assertThat(host.run("feeds", "hom")).containsExactly("There is no running server hom.");
        assertThat(host.run("upload", "emoncms:server:hom"))
                .containsExactly("There is no running server emoncms:server:hom.");
        assertThat(host.run("upload", "no colon")).containsExactly("Name the feed as tag:name.");
    }

    @Test
    void theConsoleTellsWhyTheFeedsCannotBeCompared() {
        ThingHost host = host("0123456789abcdef0123456789abcdef");
        await("offline", () -> host.thing(BRIDGE).getStatus() == ThingStatus.OFFLINE);

        assertThat(host.run("feeds").get(1)).matches("127\\.0\\.0\\.1\\S* does not accept the API key\\..*");
    }

    @Test
    void severalBridgesKeepTheirFeedsApart() throws Exception {
        Account other = server.addAccount("other", "password");
        remote("wind", 100);
        remote(server, other, "wind", 200);
        ThingHost host = hostOf(List.of(ThingEntry.bridge(BRIDGE, "Home", configuration(account.writeKey(), "a")),
                ThingEntry.bridge("emoncms:server:second", "Second", configuration(other.writeKey(), "b"))));
        Files.createDirectories(directory.resolve("a"));
        Files.createDirectories(directory.resolve("b"));
        await("both", () -> host.inbox().size() == 2);

        assertThat(host.run("download", "all")).containsExactly("Name the server, since there are several.");
        assertThat(host.run("download", "second", "all")).containsExactly("emoncms:server:second: accepted");
        awaitEvent(host, "emoncms:server:second DOWNLOADED");
        assertThat(directory.resolve("b/phpfina/1.dat")).hasSize(800);
        assertThat(directory.resolve("a/phpfina")).doesNotExist();
        assertThat(host.inbox()).extracting(result -> result.getProperties().get("feed"))
                .containsExactlyInAnyOrder("home/house:wind", "second/house:wind");
    }

    @Test
    void uploadPatternsUploadWithoutThings() throws Exception {
        local("solar1");
        local("solar2");
        local("grid");
        Map<String, Object> configuration = new HashMap<>(configuration(account.writeKey(), "local"));
        configuration.put("uploadPatterns", List.of("house:solar*", "!*2"));
        hostOf(List.of(ThingEntry.bridge(BRIDGE, "Home", configuration)));

        await("solar1", () -> server.feedId(account, "house", "solar1").isPresent());
        awaitRemoteBytes("solar1", VALUES.length * 4);
        assertThat(server.feeds(account)).hasSize(1);
    }

    @Test
    void aLocalEmoncmsIsTheLocalSide() throws Exception {
        SimulatedEmoncms home = SimulatedEmoncms.start(Files.createDirectories(directory.resolve("emonpi")));
        Account owner = home.addAccount("home", "password");
        remote(home, owner, "solar", 3000);
        remote("wind", 4000);
        Map<String, Object> configuration = new HashMap<>(configuration(account.writeKey(), "emonpi"));
        configuration.put("localUrl", home.url().toString());
        configuration.put("localApikey", owner.writeKey());
        configuration.put("uploadPatterns", "*");
        ThingHost host = hostOf(List.of(ThingEntry.bridge(BRIDGE, "Home", configuration)));
        await("solar", () -> server.feedId(account, "house", "solar").isPresent());
        awaitRemoteBytes("solar", 3000 * 4);
        host.send(BRIDGE, "download-all", OnOffType.ON);
        awaitEvent(host, BRIDGE + " DOWNLOADED");

        assertThat(home.dataFile(home.feedId(owner, "house", "wind").orElseThrow()))
                .hasSameBinaryContentAs(remoteData("wind"));
        home.close();
    }
}
