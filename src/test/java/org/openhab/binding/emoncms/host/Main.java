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
    private static final int FRAME_MILLIS = 250;
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
            if (isTerminal) {
                endOnRequest();
            }
            do {
                view.show();
                isSame = session.isAllSame();
            } while (!(options.once() && (isSame || clock.instant().isAfter(deadline)))
                    && !await(end, Duration.ofMillis(FRAME_MILLIS)));
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

    private void endOnRequest() {
        Thread reader = new Thread(() -> {
            try {
                int character;
                while ((character = System.in.read()) >= 0 && character != 'q') {
                    continue;
                }
                if (character == 'q') {
                    end.countDown();
                }
            } catch (IOException e) {
                // Ctrl-C is left
            }
        }, "keyboard");
        reader.setDaemon(true);
        reader.start();
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
