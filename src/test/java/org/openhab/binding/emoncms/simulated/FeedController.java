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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The routes below {@code /feed}. Without the right to an action, a request is answered as if it were about a single
 * feed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedController {
    private static final Set<String> PAGES = Set.of("", "view", "list", "api");

    private final FeedStore store;
    private final FeedSync sync;
    private final FeedForm form;
    private final FeedExport export;
    private final DataRequest data;

    FeedController(FeedStore store) {
        this.store = store;
        sync = new FeedSync(store);
        form = new FeedForm(store);
        export = new FeedExport(store.engines());
        data = new DataRequest(store);
    }

    Answer answer(Route route, Session session, PhpRequest request, PhpScript script) throws IOException {
        if ("sync".equals(route.action()) && session.canWrite()) {
            return Answer.json(script, sync.apply(session.userId(), request.input(script), script));
        }
        if (route.isHtml()) {
            if (!session.canRead()) {
                return Answer.page(200, "user login");
            }
            return PAGES.contains(route.action()) ? Answer.page(200, "feed " + route.action()) : Answer.unknown(route);
        }
        if (!route.isJson()) {
            return Answer.unknown(route);
        }
        Answer answer = aboutManyFeeds(route, session, request, script);
        return answer != null ? answer : aboutOneFeed(route, session, request, script);
    }

    /** Null if the action is about one feed, or not permitted */
    private @Nullable Answer aboutManyFeeds(Route route, Session session, PhpRequest request, PhpScript script)
            throws IOException {
        switch (route.action()) {
            case "list":
                return list(session, request, script);
            case "fetch":
                return Answer.json(script, fetched(session, request));
            case "data":
                return data.answer(session, request, script);
            default:
        }
        if (session.canRead()) {
            switch (route.action()) {
                case "listwithmeta":
                    return Answer.json(store.list(session.userId(), false, true));
                case "getid":
                    return Answer.plain("text/plain;charset=UTF-8", feedId(session, request));
                default:
            }
        }
        if (session.canWrite()) {
            switch (route.action()) {
                case "create":
                    return Answer.json(script, form.create(session.userId(), request, script));
                case "updatesize":
                    return Answer.json(script, updatedSizes(session.userId()));
                case "buffersize":
                    return Answer.json(script, 0);
                default:
            }
        }
        return null;
    }

    private Answer aboutOneFeed(Route route, Session session, PhpRequest request, PhpScript script) throws IOException {
        Optional<Feed> found = store.catalogue().withId(PhpText.integer(request.query("id", "")));
        if (found.isEmpty()) {
            return Answer.json(script, Answer.failure("Feed does not exist"));
        }
        Feed feed = found.get();
        boolean isOwn = session.canRead() && feed.userId() == session.userId();
        Answer answer = isOwn || feed.isPublic() ? read(route.action(), feed, request, script) : null;
        if (answer == null && isOwn && session.canWrite()) {
            answer = written(route.action(), feed, request, script);
        }
        return answer == null ? Answer.unknown(route) : answer;
    }

    private @Nullable Answer read(String action, Feed feed, PhpRequest request, PhpScript script) throws IOException {
        switch (action) {
            case "timevalue":
                TimeValue latest = store.timeValue(feed);
                Map<String, @Nullable Object> answer = new LinkedHashMap<>();
                answer.put("time", latest.time());
                answer.put("value", latest.value());
                return Answer.json(script, answer);
            case "value":
                return Answer.json(script, value(feed, PhpText.integer(request.query("time", ""))));
            case "get":
                return Answer.json(script, feed.entry(store.timeValue(feed)).get(request.query("field", "")));
            case "aget":
                return Answer.json(script, feed.entry(store.timeValue(feed)));
            case "getmeta":
                Map<String, Object> meta = store.meta(feed);
                return Answer.json(script, meta == null ? Boolean.FALSE : meta);
            case "sha256sum":
                return Answer.json(script, sha256(feed, PhpText.integer(request.query("npoints", ""))));
            case "getfeedsize":
                return Answer.json(script, store.engines().of(feed).size(feed.id()));
            case "export":
                return export.answer(feed, request, script).orElse(null);
            default:
                return null;
        }
    }

    private @Nullable Answer written(String action, Feed feed, PhpRequest request, PhpScript script)
            throws IOException {
        switch (action) {
            case "set":
                return Answer.json(script, form.set(feed.userId(), feed, request));
            case "insert", "update", "post":
                return Answer.json(script, posted(feed, request));
            case "delete":
                store.delete(feed);
                return Answer.json(script, FileEngine.success("Feed removed successfully."));
            case "scalerange":
                return Answer.json(script, scaled(feed, request));
            case "clear":
                return Answer.json(script, store.clear(feed));
            case "trim":
                long startTime = PhpText.integer(request.query("start_time", ""));
                return Answer.json(script, startTime == 0 ? Boolean.FALSE : store.trim(feed, startTime));
            default:
                return null;
        }
    }

    /** Only the scale that makes missing values of points is simulated. */
    private Object scaled(Feed feed, PhpRequest request) throws IOException {
        if (feed.engine() != FeedEngine.PHPFINA) {
            return "scalerange only supported by phpfina engine";
        }
        if (!"NAN".equalsIgnoreCase(request.query("value", ""))) {
            return false;
        }
        return store.engines().fina().erase(feed.id(), PhpText.integer(request.query("start", "")),
                PhpText.integer(request.query("end", "")));
    }

    private Answer list(Session session, PhpRequest request, PhpScript script) throws IOException {
        boolean withMeta = PhpText.integer(request.query("meta", "0")) != 0;
        if (request.has("userid")) {
            return Answer.json(store.list((int) PhpText.integer(request.query("userid", "")), true, withMeta));
        }
        return session.canRead() ? Answer.json(store.list(session.userId(), false, withMeta))
                : Answer.json(script, false);
    }

    private List<@Nullable Object> fetched(Session session, PhpRequest request) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        for (String id : request.query("ids", "").split(",", -1)) {
            Optional<Feed> feed = store.catalogue().withId(PhpText.integer(id))
                    .filter(known -> known.isPublic() || session.canRead() && known.userId() == session.userId());
            values.add(feed.isEmpty() ? Boolean.FALSE : store.timeValue(feed.get()).value());
        }
        return values;
    }

    private String feedId(Session session, PhpRequest request) {
        return store.catalogue().of(session.userId()).stream()
                .filter(feed -> feed.isNamed(request.query("tag", feed.tag()), request.query("name", "")))
                .map(feed -> Integer.toString(feed.id())).findFirst().orElse("");
    }

    private long updatedSizes(int userId) throws IOException {
        long total = 0;
        for (Feed feed : store.catalogue().of(userId)) {
            total += store.updateSize(feed);
        }
        return total;
    }

    private @Nullable Object value(Feed feed, long time) throws IOException {
        if (time == 0) {
            return store.timeValue(feed).value();
        }
        Optional<FileEngine> engine = store.engines().files(feed);
        return engine.isEmpty() ? Answer.failure("This request is only supported by PHPFina")
                : engine.get().valueAt(feed.id(), time);
    }

    private Object sha256(Feed feed, long npoints) throws IOException {
        Optional<FileEngine> engine = store.engines().files(feed);
        return engine.isEmpty() ? Answer.failure("SHA256SUM is only supported by PHPFina and PHPTimeSeries")
                : engine.get().sha256(feed.id(), npoints);
    }

    private Object posted(Feed feed, PhpRequest request) throws IOException {
        if (!request.has("time") && !request.has("value")) {
            return new PostedPoints(store).post(feed, request);
        }
        double value = PhpText.number(request.query("value", ""));
        long time = PhpText.integer(request.query("time", ""));
        store.post(feed, time == 0 ? store.now() : time, value);
        return value;
    }
}
