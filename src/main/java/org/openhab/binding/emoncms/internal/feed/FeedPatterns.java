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
package org.openhab.binding.emoncms.internal.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Selects feeds by {@code tag:name}, case-sensitive. In a pattern {@code *} stands for any characters and {@code ?} for
 * one; a leading {@code !} excludes. A feed is selected if it matches a pattern and no exclusion, in whatever order
 * they are.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class FeedPatterns {

    public static final FeedPatterns NONE = new FeedPatterns(List.of(), List.of());

    private static final String EXCLUSION = "!";
    private static final int LONGEST_PATTERN = 1000;

    private final List<Pattern> inclusions;
    private final List<Pattern> exclusions;

    private FeedPatterns(List<Pattern> inclusions, List<Pattern> exclusions) {
        this.inclusions = inclusions;
        this.exclusions = exclusions;
    }

    /**
     * @param patterns blank ones are ignored; each may hold several, separated by commas or line breaks
     * @throws ProblemException if a pattern can never match, or is longer than any feed can be called
     */
    public static FeedPatterns parse(List<String> patterns) throws ProblemException {
        List<Pattern> inclusions = new ArrayList<>();
        List<Pattern> exclusions = new ArrayList<>();
        for (String text : patterns.stream().flatMap(line -> Stream.of(line.split("[,\\r\\n]"))).map(String::strip)
                .filter(pattern -> !pattern.isEmpty()).toList()) {
            boolean excludes = text.startsWith(EXCLUSION);
            String glob = excludes ? text.substring(1).strip() : text;
            if (!glob.contains(":") && !glob.contains("*") || glob.length() > LONGEST_PATTERN) {
                throw new ProblemException(Problem.of(ProblemKind.PATTERN_INVALID, text));
            }
            (excludes ? exclusions : inclusions).add(toRegex(glob));
        }
        if (inclusions.isEmpty() && !exclusions.isEmpty()) {
            throw new ProblemException(Problem.of(ProblemKind.PATTERNS_EXCLUDE_ALL));
        }
        return new FeedPatterns(List.copyOf(inclusions), List.copyOf(exclusions));
    }

    /** What stands between two stars is sought once, at the first place it fits, so that no pattern takes long. */
    private static Pattern toRegex(String glob) {
        String[] parts = glob.split("\\*+", -1);
        StringBuilder regex = new StringBuilder(literal(parts[0]));
        for (int i = 1; i < parts.length - 1; i++) {
            regex.append("(?>.*?").append(literal(parts[i])).append(')');
        }
        if (parts.length > 1) {
            regex.append(".*").append(literal(parts[parts.length - 1]));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String literal(String part) {
        return part.codePoints().mapToObj(Character::toString)
                .map(character -> "?".equals(character) ? "." : Pattern.quote(character)).collect(Collectors.joining());
    }

    public boolean matches(FeedIdentity feed) {
        String text = feed.toString();
        return inclusions.stream().anyMatch(pattern -> pattern.matcher(text).matches())
                && exclusions.stream().noneMatch(pattern -> pattern.matcher(text).matches());
    }
}
