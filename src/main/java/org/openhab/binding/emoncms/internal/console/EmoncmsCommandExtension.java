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
package org.openhab.binding.emoncms.internal.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.handler.EmoncmsServerHandler;
import org.openhab.binding.emoncms.internal.handler.EngineRequests;
import org.openhab.binding.emoncms.internal.handler.JobTexts;
import org.openhab.binding.emoncms.internal.handler.RequestOutcome;
import org.openhab.binding.emoncms.internal.handler.StatusTexts;
import org.openhab.binding.emoncms.internal.sync.JobReport;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.io.console.Console;
import org.openhab.core.io.console.ConsoleCommandCompleter;
import org.openhab.core.io.console.StringsCompleter;
import org.openhab.core.io.console.extensions.AbstractConsoleCommandExtension;
import org.openhab.core.io.console.extensions.ConsoleCommandExtension;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingRegistry;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The console's command {@code openhab:emoncms}. Requests return at once; {@code feeds} waits until both sides were
 * listed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Component(service = ConsoleCommandExtension.class)
public class EmoncmsCommandExtension extends AbstractConsoleCommandExtension implements ConsoleCommandCompleter {

    private static final String SERVERS = "servers";
    private static final String FEEDS = "feeds";
    private static final String UPLOAD = "upload";
    private static final String DOWNLOAD = "download";
    private static final String VERIFY = "verify";
    private static final String REPAIR_PLAN = "repair-plan";
    private static final String REPAIR = "repair";
    private static final String RECREATE_REMOTE = "recreate-remote";
    private static final String DOWNLOAD_TO_NEW_FEED = "download-to-new-feed";
    /** Those that may be followed by a feed. */
    private static final Set<String> OF_FEED = Set.of(UPLOAD, DOWNLOAD, VERIFY, REPAIR_PLAN, REPAIR, RECREATE_REMOTE,
            DOWNLOAD_TO_NEW_FEED);
    private static final Set<String> OF_ALL = Set.of(DOWNLOAD, VERIFY);
    private static final String ALL = "all";
    private static final String SEVERAL = "Name the server, since there are several.";
    private static final StringsCompleter COMMANDS = new StringsCompleter(
            Stream.concat(Stream.of(SERVERS, FEEDS), OF_FEED.stream()).sorted().toList(), false);
    private static final int LONGEST_WAIT_SECONDS = 90;

    private final ThingRegistry things;
    private final TranslationProvider translations;
    private final LocaleProvider locales;

    @Activate
    public EmoncmsCommandExtension(@Reference ThingRegistry things, @Reference TranslationProvider translations,
            @Reference LocaleProvider locales) {
        super("emoncms", "Emoncms feeds: list, upload, download, verify, repair.");
        this.things = things;
        this.translations = translations;
        this.locales = locales;
    }

    private String text(Problem problem) {
        String text = translations.getText(FrameworkUtil.getBundle(EmoncmsCommandExtension.class),
                StatusTexts.key(problem), problem.toString(), locales.getLocale(), problem.arguments().toArray());
        return text == null ? problem.toString() : text;
    }

    @Override
    public List<String> getUsages() {
        return List.of(buildCommandUsage(SERVERS, "lists the servers"),
                buildCommandUsage(FEEDS + " [<server>]", "compares the feeds of both sides"),
                buildCommandUsage(UPLOAD + " [<server>] [<tag:name>]", "compares and uploads at once"),
                buildCommandUsage(DOWNLOAD + " [<server>] (<tag:name> | " + ALL + ")",
                        "downloads what is only remote, or ahead there"),
                buildCommandUsage(VERIFY + " [<server>] (<tag:name> | " + ALL + ")",
                        "compares all points of both sides"),
                buildCommandUsage(REPAIR_PLAN + " [<server>] <tag:name>", "lists the remote points that differ"),
                buildCommandUsage(REPAIR + " [<server>] <tag:name>",
                        "gives the remote points that differ the local values"),
                buildCommandUsage(RECREATE_REMOTE + " [<server>] <tag:name>",
                        "renames the remote feed and uploads the local one anew"),
                buildCommandUsage(DOWNLOAD_TO_NEW_FEED + " [<server>] <tag:name>",
                        "downloads the remote feed beside the local one"));
    }

    private List<EmoncmsServerHandler> servers() {
        return things.getAll().stream().map(thing -> thing.getHandler())
                .flatMap(handler -> handler instanceof EmoncmsServerHandler server ? Stream.of(server) : Stream.of())
                .sorted(Comparator.comparing(server -> server.getThing().getUID().getAsString())).toList();
    }

    /** Also those that are disabled and have no handler. */
    private List<Thing> bridges() {
        return things.getAll().stream()
                .filter(thing -> EmoncmsBindingConstants.THING_TYPE_SERVER.equals(thing.getThingTypeUID()))
                .sorted(Comparator.comparing(thing -> thing.getUID().getAsString())).toList();
    }

    @Override
    public void execute(String[] args, Console console) {
        Arguments arguments = new Arguments(List.of(args), servers());
        if (arguments.namesUnknownServer()) {
            console.println("There is no running server " + args[1] + ".");
            return;
        }
        switch (args.length == 0 ? "" : args[0]) {
            case SERVERS -> new ServersTable(bridges()).lines().forEach(console::println);
            case FEEDS -> arguments.selected().forEach(server -> feeds(server, console));
            case UPLOAD -> upload(arguments, console);
            case DOWNLOAD -> ofOne(arguments, console,
                    (server, feed) -> feed == null ? server.downloadAll() : server.download(feed));
            case VERIFY ->
                ofOne(arguments, console, (server, feed) -> feed == null ? server.verifyAll() : server.verify(feed));
            case REPAIR_PLAN -> job(arguments, console, (server, feed) -> server.repair(feed, true));
            case REPAIR -> job(arguments, console, (server, feed) -> server.repair(feed, false));
            case RECREATE_REMOTE -> job(arguments, console, (server, feed) -> server.recreateRemote(feed, false));
            case DOWNLOAD_TO_NEW_FEED ->
                job(arguments, console, (server, feed) -> server.downloadToNewFeed(feed, false));
            default -> printUsage(console);
        }
    }

    private void feeds(EmoncmsServerHandler server, Console console) {
        console.println(server.getThing().getUID().getAsString());
        Map<FeedIdentity, KnownFeed> feeds = look(server, console);
        if (feeds != null) {
            new FeedsTable(feeds.values(), this::text).lines().forEach(console::println);
        }
    }

    private @Nullable Map<FeedIdentity, KnownFeed> look(EmoncmsServerHandler server, Console console) {
        return await(server.look(), console);
    }

    private <T> @Nullable T await(CompletableFuture<T> answer, Console console) {
        try {
            return answer.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            console.println(
                    cause instanceof ProblemException problem ? text(problem.problem()) : String.valueOf(cause));
        } catch (CancellationException e) {
            console.println("The bridge is not running.");
        } catch (TimeoutException e) {
            console.println("No answer after " + LONGEST_WAIT_SECONDS + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private void upload(Arguments arguments, Console console) {
        FeedIdentity feed = arguments.feed();
        if (feed == null && arguments.hasFeed()) {
            console.println("Name the feed as tag:name.");
            return;
        }
        if (feed != null && arguments.selected().size() > 1) {
            console.println(SEVERAL);
            return;
        }
        arguments.selected().forEach(server -> print(server,
                (feed == null ? server.requests().uploadNow() : server.requests().upload(feed)).id(), console));
    }

    /**
     * @param request gets no feed for all of them
     */
    private void ofOne(Arguments arguments, Console console,
            BiFunction<EngineRequests, @Nullable FeedIdentity, RequestOutcome> request) {
        FeedIdentity feed = arguments.feed();
        boolean all = ALL.equals(arguments.feedText());
        List<EmoncmsServerHandler> selected = arguments.selected();
        if (feed == null && !all) {
            printUsage(console);
        } else if (selected.size() > 1) {
            console.println(SEVERAL);
        } else {
            selected.forEach(server -> print(server, request.apply(server.requests(), feed).id(), console));
        }
    }

    private void job(Arguments arguments, Console console,
            BiFunction<EngineRequests, FeedIdentity, CompletableFuture<JobReport>> request) {
        FeedIdentity feed = arguments.feed();
        List<EmoncmsServerHandler> selected = arguments.selected();
        if (feed == null) {
            printUsage(console);
        } else if (selected.size() > 1) {
            console.println(SEVERAL);
        } else {
            for (EmoncmsServerHandler server : selected) {
                JobReport report = await(request.apply(server.requests(), feed), console);
                if (report != null) {
                    JobTexts.lines(report).forEach(console::println);
                }
            }
        }
    }

    private static void print(EmoncmsServerHandler server, String outcome, Console console) {
        console.println(server.getThing().getUID() + ": " + outcome);
    }

    @Override
    public ConsoleCommandCompleter getCompleter() {
        return this;
    }

    @Override
    public boolean complete(String[] args, int cursorArgumentIndex, int cursorPosition, List<String> candidates) {
        if (cursorArgumentIndex <= 0) {
            return COMMANDS.complete(args, cursorArgumentIndex, cursorPosition, candidates);
        }
        if (args.length < cursorArgumentIndex) {
            return false;
        }
        List<String> words = new ArrayList<>();
        if (cursorArgumentIndex == 1 && !SERVERS.equals(args[0])) {
            servers().forEach(server -> words.add(server.getThing().getUID().getAsString()));
        }
        boolean takesFeed = OF_FEED.contains(args[0]);
        if (takesFeed && cursorArgumentIndex <= 2) {
            Arguments arguments = new Arguments(List.of(args).subList(0, cursorArgumentIndex), servers());
            arguments.selected()
                    .forEach(server -> server.feeds().stream().map(FeedIdentity::toString).forEach(words::add));
            if (OF_ALL.contains(args[0])) {
                words.add(ALL);
            }
        }
        return new StringsCompleter(words, true).complete(args, cursorArgumentIndex, cursorPosition, candidates);
    }
}
