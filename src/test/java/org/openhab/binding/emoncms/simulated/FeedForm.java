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
package org.openhab.binding.emoncms.simulated;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * Creates feeds and changes their names, tags, units and publicity, with the server's rules for them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedForm {
    private static final String CONTROLLER = "Modules/feed/feed_controller.php";
    private static final String MODEL = "Modules/feed/feed_model.php";
    private static final Pattern FORBIDDEN = Pattern.compile("[^\\p{N}\\p{L}_\\s\\-:]",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final int LONGEST_UNIT = 10;

    private final FeedStore store;

    FeedForm(FeedStore store) {
        this.store = store;
    }

    Object create(int userId, PhpRequest request, PhpScript script) throws IOException {
        String sentOptions = request.query("options");
        if (sentOptions == null) {
            script.deprecated("json_decode(): Passing null to parameter #1 ($json) of type string is deprecated",
                    CONTROLLER);
        }
        JsonObject options = object(sentOptions == null ? "" : sentOptions);
        String name = text(request.query("name"), script);
        if (isForbidden(name)) {
            return Answer.failure("invalid characters in feed name");
        }
        String tag = text(request.query("tag"), script);
        if (isForbidden(tag)) {
            return Answer.failure("invalid characters in feed tag");
        }
        long engine = PhpText.integer(request.query("engine", ""));
        if (!Engines.isKnown(engine)) {
            return Answer.failure("ABORTED: Engine id " + engine + " is not supported.");
        }
        text(request.query("name"), script);
        text(request.query("tag"), script);
        if (store.catalogue().named(userId, tag, name).isPresent()) {
            return Answer.failure("feed already exists");
        }
        long interval = engine == FeedEngine.PHPFINA ? interval(options, script) : 0;
        String unit = request.query("unit", "");
        if (unit.codePointCount(0, unit.length()) > LONGEST_UNIT) {
            throw new PhpFatalException("Uncaught mysqli_sql_exception: Data too long for column 'unit' at row 1");
        }
        Optional<Feed> feed = store.create(userId, tag, name, (int) engine, interval, unit);
        if (feed.isEmpty()) {
            return Answer.failure("feed already exists");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("feedid", feed.get().id());
        answer.put("result", true);
        return answer;
    }

    /**
     * Field by field: what was changed before a field is refused stays. A name is hardly checked.
     */
    Object set(int userId, Feed feed, PhpRequest request) {
        String sent = request.query("fields", "");
        JsonObject fields = object(PhpText.withoutSlashes(sent));
        if (fields == null) {
            return Answer.failure("Field could not be updated");
        }
        String newName = field(fields, "name");
        String newTag = field(fields, "tag");
        if (!newName.isEmpty() || !newTag.isEmpty()) {
            String name = newName.isEmpty() ? feed.name() : newName;
            String tag = newTag.isEmpty() ? feed.tag() : newTag;
            if (store.catalogue().named(userId, allowed(tag), allowed(name)).isPresent()) {
                return Answer.failure("fields tag:name must be unique");
            }
        }
        return changed(feed, fields);
    }

    private static Object changed(Feed feed, JsonObject fields) {
        Map<String, Object> changed = new LinkedHashMap<>();
        if (fields.has("name")) {
            feed.rename(PhpText.htmlEscaped(field(fields, "name")).strip());
            changed.put("name", feed.name());
        }
        if (fields.has("tag")) {
            if (isForbidden(field(fields, "tag"))) {
                return Answer.failure("invalid characters in feed tag");
            }
            feed.retag(field(fields, "tag"));
            changed.put("tag", feed.tag());
        }
        if (fields.has("unit")) {
            String unit = field(fields, "unit");
            if (!PhpText.htmlEscaped(unit).strip().equals(unit)) {
                return Answer.failure("invalid characters in feed unit");
            }
            if (unit.getBytes(StandardCharsets.UTF_8).length > LONGEST_UNIT) {
                return Answer.failure("feed unit too long");
            }
            feed.measureIn(unit);
            changed.put("unit", unit);
        }
        if (fields.has("public")) {
            String sent = field(fields, "public");
            feed.publish("true".equals(sent) || PhpText.integer(sent) > 0);
            changed.put("public", feed.isPublic() ? 1 : 0);
        }
        if (changed.isEmpty()) {
            return Answer.failure("Field could not be updated");
        }
        Map<String, Object> answer = FileEngine.success("Field updated");
        answer.put("feedid", feed.id());
        answer.put("fields", changed);
        return answer;
    }

    private static long interval(@Nullable JsonObject options, PhpScript script) {
        if (options == null) {
            script.warning("Attempt to read property \"interval\" on null", MODEL);
            return 0;
        }
        if (!options.has("interval")) {
            script.warning("Undefined property: stdClass::$interval", MODEL);
            return 0;
        }
        return PhpText.integer(field(options, "interval"));
    }

    private static String text(@Nullable String value, PhpScript script) {
        if (value == null) {
            script.deprecated(
                    "preg_replace(): Passing null to parameter #3 ($subject) of type array|string is deprecated",
                    MODEL);
            return "";
        }
        return value;
    }

    private static boolean isForbidden(String name) {
        return FORBIDDEN.matcher(name).find();
    }

    private static String allowed(String name) {
        return FORBIDDEN.matcher(name).replaceAll("");
    }

    private static String field(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static @Nullable JsonObject object(String json) {
        try {
            JsonElement element = JsonParser.parseString(json);
            return element.isJsonObject() ? element.getAsJsonObject() : null;
        } catch (JsonParseException e) {
            return null;
        }
    }
}
