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
package org.openhab.binding.emoncms;

import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.slf4j.LoggerFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;

/**
 * Keeps what the add-on logs, at all levels, instead of showing it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class LogCapture implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.openhab.binding.emoncms.internal");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final @Nullable Level level = logger.getLevel();

    public LogCapture() {
        events.start();
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
        logger.addAppender(events);
    }

    public List<ILoggingEvent> events() {
        synchronized (events) {
            return List.copyOf(events.list);
        }
    }

    /** What an administrator sees who has changed nothing. */
    public List<ILoggingEvent> normallySeen() {
        return events().stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO)).toList();
    }

    /** Message, arguments, and the messages of the exception with all its causes. */
    public List<String> texts() {
        return events().stream().flatMap(LogCapture::texts).toList();
    }

    private static Stream<String> texts(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        return Stream.of(Stream.of(event.getFormattedMessage(), event.getThreadName()),
                arguments == null ? Stream.<String> of() : Stream.of(arguments).map(String::valueOf),
                texts(event.getThrowableProxy())).flatMap(texts -> texts);
    }

    private static Stream<String> texts(@Nullable IThrowableProxy throwable) {
        return throwable == null ? Stream.of()
                : Stream.of(Stream.of(String.valueOf(throwable.getMessage())), texts(throwable.getCause()),
                        Stream.of(throwable.getSuppressed()).flatMap(LogCapture::texts)).flatMap(texts -> texts);
    }

    @Override
    public void close() {
        logger.detachAppender(events);
        logger.setAdditive(true);
        logger.setLevel(level);
    }
}
