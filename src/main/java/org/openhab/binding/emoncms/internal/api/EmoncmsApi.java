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
package org.openhab.binding.emoncms.internal.api;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.http.HttpStatus;
import org.openhab.binding.emoncms.internal.feed.ByteSink;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * The calls of Emoncms's HTTP API that the add-on uses, with one account's write key. Blocks the calling thread.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class EmoncmsApi {

    static final long MAX_SHORT_ANSWER = 1 << 20;
    private static final long MAX_LIST = 32 << 20;
    /** What {@code feed/export} sends; an error comes as JSON, also with status 200. */
    private static final String BINARY = "application/octet-stream";
    private static final int MAX_UNIT_LENGTH = 10;
    private static final int EXPORT_BUFFER_BYTES = 64 << 10;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final HttpTransport transport;
    private final Credentials.ApiKey key;

    public EmoncmsApi(HttpAccess access, ServerUrl url, Credentials.ApiKey key) {
        transport = new HttpTransport(access, url);
        this.key = key;
    }

    public List<RemoteFeed> feeds() throws ProblemException, InterruptedException {
        return transport.exchange(HttpCall.get("/feed/listwithmeta.json"), key, MAX_LIST,
                new FeedListReader(transport.url().authority()));
    }

    /**
     * @throws ProblemException also for a PHPTimeSeries feed that ends in NaN: the server then answers nothing
     */
    public RemoteMeta meta(int feedId) throws ProblemException, InterruptedException {
        return transport.exchange(HttpCall.get("/feed/getmeta.json", Map.of("id", String.valueOf(feedId))), key,
                MAX_SHORT_ANSWER, answer -> {
                    JsonAnswer json = JsonAnswer.read(answer);
                    if (json.object().has("success")) {
                        throw refused(json);
                    }
                    return readMeta(json.object());
                });
    }

    /**
     * Sends the request for a new feed, so that others can be sent before its answer is asked for: Emoncms creates
     * duplicates only of feeds of one name.
     *
     * @param unit left out if Emoncms has no room for it, where it would answer with a fatal error
     * @return the new feed's id
     */
    public PendingAnswer<Integer> beginCreate(FeedIdentity identity, Engine engine, long intervalSeconds, String unit) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("tag", identity.tag());
        query.put("name", identity.name());
        query.put("engine", String.valueOf(engine.id()));
        query.put("options", engine == Engine.PHPFINA ? "{\"interval\":" + intervalSeconds + "}" : "{}");
        if (!unit.isEmpty() && unit.codePointCount(0, unit.length()) <= MAX_UNIT_LENGTH) {
            query.put("unit", unit);
        }
        return transport.begin(HttpCall.get("/feed/create.json", query), key, MAX_SHORT_ANSWER,
                answer -> id(JsonAnswer.number(successful(answer), "feedid")));
    }

    /**
     * Sends segments of one or more feeds, so that others can be prepared before the answer is asked for.
     *
     * @param body as {@link SyncBody} makes it; it must not change before the answer has come
     * @return one entry per segment
     */
    public PendingAnswer<List<RemoteMeta>> beginSync(ByteBuffer body) {
        return transport.begin(HttpCall.post("/feed/sync", BINARY, body), key, MAX_SHORT_ANSWER, answer -> {
            List<RemoteMeta> metas = new ArrayList<>();
            if (!(successful(answer).get("updated_feed_meta") instanceof JsonArray entries)) {
                throw new IllegalStateException("no updated_feed_meta");
            }
            for (JsonElement entry : entries) {
                if (!(entry instanceof JsonObject meta)) {
                    throw new IllegalStateException("no meta");
                }
                metas.add(readMeta(meta));
            }
            return metas;
        });
    }

    /**
     * Streams {@code feed/export} until it ends or the sink has enough.
     *
     * @param exportStart the call's start parameter, bytes; see the server's rules for what it answers
     * @param expectedBytes of the answer, which may take the longer
     */
    public void export(int feedId, long exportStart, long expectedBytes, ByteSink sink)
            throws ProblemException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("id", String.valueOf(feedId));
        query.put("start", String.valueOf(exportStart));
        HttpCall call = HttpCall.get("/feed/export.json", query).withAnswer(expectedBytes);
        transport.exchange(call, key, Long.MAX_VALUE, answer -> {
            if (!answer.contentType().startsWith(BINARY)) {
                throw new RefusedException(transport.url().authority(), answer.excerpt());
            }
            byte[] buffer = new byte[EXPORT_BUFFER_BYTES];
            try {
                int read = answer.body().read(buffer);
                while (read >= 0 && sink.accept(ByteBuffer.wrap(buffer, 0, read))) {
                    read = answer.body().read(buffer);
                }
            } catch (EOFException e) {
                throw HttpFailures.toProblem(transport.url().authority(), e);
            }
            return feedId;
        });
    }

    /**
     * @param bytes how much the server has to hash
     * @return lower-case hexadecimal digits
     * @throws ProblemException DIGEST_UNSUPPORTED if the server has no such call
     */
    public String digest(int feedId, long npoints, long bytes) throws ProblemException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("id", String.valueOf(feedId));
        query.put("npoints", String.valueOf(npoints));
        try {
            return transport.exchange(HttpCall.get("/feed/sha256sum.json", query).withWork(bytes), key,
                    MAX_SHORT_ANSWER, answer -> {
                        JsonObject json = successful(answer);
                        if ((long) JsonAnswer.number(json, "npoints") != npoints) {
                            throw new IllegalStateException("hash of other points");
                        }
                        if (json.get("sha256sum") instanceof JsonPrimitive hash
                                && SHA256.matcher(hash.getAsString()).matches()) {
                            return hash.getAsString().toLowerCase(Locale.ROOT);
                        }
                        throw new IllegalStateException("no hash");
                    });
        } catch (ProblemException e) {
            String host = transport.url().authority();
            boolean isUnknown = e.problem().kind() == ProblemKind.NOT_EMONCMS
                    || e.problem().equals(Problem.of(ProblemKind.SERVER_ERROR, host, HttpStatus.NOT_ACCEPTABLE_406));
            throw isUnknown ? new ProblemException(Problem.of(ProblemKind.DIGEST_UNSUPPORTED, host), e) : e;
        }
    }

    /**
     * Writes single points: of a PHPFina feed at the slot a time falls in, of a PHPTimeSeries feed over the record of
     * that time, or as a new one. Goes past the buffer of Emoncms's low-write mode, as the single-point form of the
     * call does not.
     *
     * @param json {@code [[time, value], …]}, in the order of time
     */
    public void post(int feedId, String json) throws ProblemException, InterruptedException {
        transport.exchange(
                HttpCall.postForm("/feed/post.json", Map.of("id", String.valueOf(feedId)), Map.of("data", json)), key,
                MAX_SHORT_ANSWER, answer -> successful(answer));
    }

    /**
     * Makes points of a PHPFina feed NaN; its last one stays as it is.
     *
     * @param startTime of the first point, s since 1970
     * @param endTime of the first point after them
     */
    public void erase(int feedId, long startTime, long endTime) throws ProblemException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("id", String.valueOf(feedId));
        query.put("start", String.valueOf(startTime));
        query.put("end", String.valueOf(endTime));
        query.put("value", "NAN");
        transport.exchange(HttpCall.get("/feed/scalerange.json", query), key, MAX_SHORT_ANSWER, answer -> {
            JsonAnswer json = JsonAnswer.read(answer);
            if (json.json() instanceof JsonPrimitive written && written.isNumber()) {
                return written;
            }
            throw new RefusedException(transport.url().authority(), answer.excerpt());
        });
    }

    /** Takes all points from a feed. */
    public void clear(int feedId) throws ProblemException, InterruptedException {
        transport.exchange(HttpCall.get("/feed/clear.json", Map.of("id", String.valueOf(feedId))), key,
                MAX_SHORT_ANSWER, answer -> successful(answer));
    }

    /** Gives a feed another name. */
    public void rename(int feedId, String name) throws ProblemException, InterruptedException {
        JsonObject fields = new JsonObject();
        fields.addProperty("name", name);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("id", String.valueOf(feedId));
        query.put("fields", fields.toString());
        transport.exchange(HttpCall.get("/feed/set.json", query), key, MAX_SHORT_ANSWER, answer -> successful(answer));
    }

    private RefusedException refused(JsonAnswer json) {
        return new RefusedException(transport.url().authority(), key.redact(json.text("message")));
    }

    private JsonObject successful(Answer answer) throws IOException, ProblemException {
        JsonAnswer json = JsonAnswer.read(answer);
        if (!json.isObject()) {
            throw new IllegalStateException("no object");
        }
        if (!json.isSuccess()) {
            throw refused(json);
        }
        return json.object();
    }

    private static RemoteMeta readMeta(JsonObject meta) {
        return new RemoteMeta(id(JsonAnswer.number(meta, "id")), (long) JsonAnswer.number(meta, "start_time"),
                JsonAnswer.number(meta, "interval"), (long) JsonAnswer.number(meta, "npoints"));
    }

    private static int id(double number) {
        if (!(number >= 1 && number <= Integer.MAX_VALUE)) {
            throw new IllegalStateException(number + " is no feed id");
        }
        return (int) number;
    }
}
