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
package org.openhab.binding.emoncms.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.api.ContentResponse;
import org.eclipse.jetty.client.api.Request;
import org.eclipse.jetty.client.util.ByteBufferContentProvider;
import org.eclipse.jetty.client.util.FormContentProvider;
import org.eclipse.jetty.client.util.InputStreamResponseListener;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Fields;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * What the add-on is compared with: an HTTP client that knows nothing but to send one prepared request after the other,
 * each when the one before is answered, over one connection that is kept.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class PlainClient implements AutoCloseable {

    private static final int KEEP_ALIVE_MILLIS = 4_000;
    private static final int REQUEST_SECONDS = 120;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] SUCCESS = "{\"success\":true".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient client;
    private final Target target;

    PlainClient(Target target) {
        this.target = target;
        client = Clients.of(target);
        client.setFollowRedirects(false);
        client.setMaxConnectionsPerDestination(1);
        client.setIdleTimeout(KEEP_ALIVE_MILLIS);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("The plain client does not start", e);
        }
    }

    private Request request(String target) {
        return client.newRequest(this.target.url() + target).header("Authorization", "Bearer " + this.target.key())
                .idleTimeout(REQUEST_SECONDS, TimeUnit.SECONDS).timeout(REQUEST_SECONDS, TimeUnit.SECONDS);
    }

    private static ContentResponse send(Request request) throws IOException {
        try {
            ContentResponse answer = request.send();
            if (answer.getStatus() != 200) {
                throw new IOException(request.getPath() + " is answered with status " + answer.getStatus());
            }
            return answer;
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(request.getPath() + " fails", e);
        }
    }

    /** Creates a PHPFina feed and tells its id. */
    int create(String tag, String name) throws IOException {
        String options = URLEncoder.encode("{\"interval\":" + LocalFeeds.INTERVAL + "}", StandardCharsets.UTF_8);
        String answer = send(
                request("/feed/create.json?tag=" + tag + "&name=" + name + "&engine=5&options=" + options + "&unit=W"))
                .getContentAsString();
        if (!(JsonParser.parseString(answer) instanceof JsonObject created) || !created.has("feedid")) {
            throw new IOException("No feed is created: " + answer);
        }
        return created.get("feedid").getAsInt();
    }

    /** Creates as many feeds as the local ones, with their names. */
    int[] createAll(String tag, int count) throws IOException {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = create(tag, LocalFeeds.name(i));
        }
        return ids;
    }

    /** The ids of the feeds of a tag, in the order of the local ones. */
    int[] ids(String tag, int count) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        try (InputStream list = stream("/feed/list.json")) {
            String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
            for (JsonElement entry : JsonParser.parseString(text).getAsJsonArray()) {
                JsonObject feed = entry.getAsJsonObject();
                if (tag.equals(feed.get("tag").getAsString())) {
                    found.put(feed.get("name").getAsString(), feed.get("id").getAsInt());
                }
            }
        }
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = found.getOrDefault(LocalFeeds.name(i), 0);
        }
        return ids;
    }

    void delete(int... ids) throws IOException {
        for (int id : ids) {
            if (id > 0) {
                send(request("/feed/delete.json?id=" + id));
            }
        }
    }

    /** Posts a body of {@code feed/sync}. */
    void sync(ByteBuffer body) throws IOException {
        byte[] answer = send(request("/feed/sync").method(HttpMethod.POST)
                .content(new ByteBufferContentProvider("application/octet-stream", body.duplicate()))).getContent();
        for (int i = 0; i < SUCCESS.length; i++) {
            if (i >= answer.length || answer[i] != SUCCESS[i]) {
                throw new IOException("The body is refused: " + new String(answer, StandardCharsets.UTF_8));
            }
        }
    }

    /** Writes a point over the one that is at its time. */
    void post(int id, long time, int value) throws IOException {
        Fields form = new Fields();
        form.put("data", "[[" + time + "," + value + "]]");
        String answer = send(
                request("/feed/post.json?id=" + id).method(HttpMethod.POST).content(new FormContentProvider(form)))
                .getContentAsString();
        if (!answer.contains("\"success\":true")) {
            throw new IOException("The point is refused: " + answer);
        }
    }

    /** Streams all points of a feed to a file and forces it to the disk. */
    void export(int id, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(buffer);
        try (InputStream points = stream("/feed/export.json?id=" + id + "&start=0");
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = points.read(buffer); read >= 0; read = points.read(buffer)) {
                bytes.position(0).limit(read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
    }

    private InputStream stream(String target) throws IOException {
        InputStreamResponseListener answer = new InputStreamResponseListener();
        request(target).send(answer);
        try {
            int status = answer.get(REQUEST_SECONDS, TimeUnit.SECONDS).getStatus();
            if (status != 200) {
                throw new IOException(target + " is answered with status " + status);
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(target + " fails", e);
        }
        return answer.getInputStream();
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The plain client does not stop", e);
        }
    }
}
