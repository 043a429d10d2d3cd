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

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.osgi.framework.BundleException;

/**
 * The program behind {@code ./run}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class Main {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_OPTIONS = 2;
    private static final Duration FRAME = Duration.ofMillis(250);
    private static final int END_SECONDS = 15;

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock = Clock.systemUTC();
    private final Instant started = clock.instant();
    private final CountDownLatch end = new CountDownLatch(1);

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String... arguments) {
        Charset charset = Charset.defaultCharset();
        Main main = new Main(new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            main.end.countDown();
            await(ended, Duration.ofSeconds(END_SECONDS));
        }, "end"));
        int status = FAILED;
        try {
            status = main.run(List.of(arguments));
        } finally {
            main.out.flush();
            ended.countDown();
        }
        System.exit(status);
    }

    private int run(List<String> arguments) {
        try {
            Options options = Options.parse(arguments, System.getenv());
            if (options.help()) {
                out.print(Options.HELP);
                return DONE;
            }
            try (Workspace workspace = Workspace.open(options.keep());
                    Session session = new Session(options, workspace)) {
                return run(options, session);
            }
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println("./run --help shows the options");
            return WRONG_OPTIONS;
        } catch (BundleException e) {
            err.println("The add-on does not start: " + e.getMessage());
        } catch (IOException e) {
            err.println("Cannot read or write: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }

    private int run(Options options, Session session) {
        boolean isTerminal = Boolean.getBoolean("emoncms.host.terminal");
        ThingsTable table = new ThingsTable(session.host(), session.texts(), clock,
                Charset.defaultCharset().newEncoder().canEncode('█'));
        Instant deadline = started.plus(options.timeout());
        boolean isSame;
        try (View view = isTerminal ? new LiveView(out, session.places(), table)
                : new LineView(out, session.places(), table, clock)) {
            Prompt prompt = options.once() ? null : new Prompt(System.in);
            do {
                view.show();
                isSame = session.isAllSame();
                if (options.once() && session.downloadsOnce()) {
                    tour(session.commands(), view);
                }
            } while (!(options.once() && (isSame || clock.instant().isAfter(deadline)))
                    && !isEnd(prompt, session.commands(), view));
            if (options.once() && isSame) {
                view.answer("feeds", session.commands().run("feeds"));
            }
        }
        if (!options.once()) {
            return DONE;
        }
        long seconds = Duration.between(started, clock.instant()).toSeconds();
        out.println(
                isSame ? "All " + session.feeds().size() + " feeds are the same on both sides after " + seconds + " s."
                        : "Not all feeds are the same on both sides after " + seconds + " s.");
        return isSame ? DONE : FAILED;
    }

    /** What somebody would type who wants to see all of it. */
    private static void tour(Commands commands, View view) {
        for (String line : List.of("inbox", "add all", "download all")) {
            view.answer(line, commands.run(line));
        }
    }

    /** Waits a moment for what is typed. */
    private boolean isEnd(@Nullable Prompt prompt, Commands commands, View view) {
        try {
            String line = prompt == null ? null : prompt.next(FRAME);
            if (line == null) {
                return await(end, prompt == null ? FRAME : Duration.ZERO);
            }
            if ("q".equals(line)) {
                return true;
            }
            view.answer(line, commands.run(line));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean await(CountDownLatch latch, Duration duration) {
        try {
            return latch.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
