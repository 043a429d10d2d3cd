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
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.handler.EmoncmsServerHandler;
import org.openhab.binding.emoncms.internal.handler.StatusTexts;
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
    private static final String ALL = "all";
    private static final String SEVERAL = "Name the server, since there are several.";
    private static final StringsCompleter COMMANDS = new StringsCompleter(List.of(SERVERS, FEEDS, UPLOAD, DOWNLOAD),
            false);
    private static final int LONGEST_WAIT_SECONDS = 90;

    private final ThingRegistry things;
    private final TranslationProvider translations;
    private final LocaleProvider locales;

    @Activate
    public EmoncmsCommandExtension(@Reference ThingRegistry things, @Reference TranslationProvider translations,
            @Reference LocaleProvider locales) {
        super("emoncms", "Emoncms feeds: list, upload, download.");
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
                        "downloads what is only remote, or ahead there"));
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
            case DOWNLOAD -> download(arguments, console);
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
        try {
            return server.look().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
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
        arguments.selected().forEach(
                server -> print(server, (feed == null ? server.uploadNow() : server.upload(feed)).id(), console));
    }

    private void download(Arguments arguments, Console console) {
        FeedIdentity feed = arguments.feed();
        boolean all = ALL.equals(arguments.feedText());
        List<EmoncmsServerHandler> selected = arguments.selected();
        if (feed == null && !all) {
            printUsage(console);
        } else if (selected.size() > 1) {
            console.println(SEVERAL);
        } else {
            selected.forEach(server -> print(server, (feed == null ? server.downloadAll() : server.download(feed)).id(),
                    console));
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
        boolean takesFeed = UPLOAD.equals(args[0]) || DOWNLOAD.equals(args[0]);
        if (takesFeed && cursorArgumentIndex <= 2) {
            Arguments arguments = new Arguments(List.of(args).subList(0, cursorArgumentIndex), servers());
            arguments.selected()
                    .forEach(server -> server.feeds().stream().map(FeedIdentity::toString).forEach(words::add));
            if (DOWNLOAD.equals(args[0])) {
                words.add(ALL);
            }
        }
        return new StringsCompleter(words, true).complete(args, cursorArgumentIndex, cursorPosition, candidates);
    }
}
