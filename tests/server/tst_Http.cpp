// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/Commands.h"
#include "server/net/FrontServer.h"
#include "shared/field/FieldType.h"
#include "shared/protocol/Message.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace casebase;

/// The real front on loopback: strictness, limits, errors, and the sync socket's state machine.
class HttpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void hostileRequests_areRefusedAndNothingElseRuns_data();
    void hostileRequests_areRefusedAndNothingElseRuns();
    void errors_haveTheirShape_data();
    void errors_haveTheirShape();
    void scopes_areEnforced();
    void duplicateKeys_areRefused();
    void tooManyValues_areRefused();
    void bodyThatDoesNotCome_isRefused();
    void openApi_describesEveryRoute();
    void tables_areMadeWithTheirLinks_andWhatFollowsThem();
    void people_severalInACell();
    void rules_holdOnEveryCall();
    void rulesThatWarn_areToldInTheReply();
    void formula_isAFieldLikeAirtables();
    void attachment_comesBackAsItWas();
    void csv_goesInAndOut();
    void query_groupsAndPivots();
    void query_refusesWhatItDoesNotKnow_data();
    void query_refusesWhatItDoesNotKnow();
    void sync_nothingBeforeHello();
    void sync_revokedSession_isClosed();
    void sync_fromABrowserPage_isRefused();
    void sync_clientThatDoesNotRead_isCutOff();
    void connections_thatEnded_doNotCount();

private:
    struct Reply {
        int status = 0;
        QByteArray head;
        QByteArray body;
        QJsonObject json;
    };
    QByteArray raw(const QByteArray &request, int waitMs = 3000);
    Reply call(const QByteArray &method, const QString &path, const QByteArray &body = {},
        const QString &token = {});

    QTemporaryDir m_folder;
    std::unique_ptr<ServerCore> m_core;
    std::unique_ptr<Api> m_api;
    std::unique_ptr<SyncHub> m_hub;
    std::unique_ptr<FrontServer> m_front;
    QString m_token;
    QString m_base;
    QString m_table;
};

void HttpTest::initTestCase()
{
    const QString data = m_folder.filePath(QStringLiteral("data"));
    QVERIFY(ServerCore::create(data));
    m_core = ServerCore::open(data).value();
    const Account admin =
        m_core->accounts()
            .add(QStringLiteral("admin"), {}, {}, QStringLiteral("a long password"), true)
            .value();
    m_token = m_core->accounts().createToken(admin.id, {}, AllScopes).value().secret;
    m_api = std::make_unique<Api>(ApiServices{m_core->host(), m_core->accounts(), m_core->files()});
    m_hub = std::make_unique<SyncHub>(m_core->host(), m_core->accounts());
    m_core->host().setListener(m_hub.get());
    m_core->accounts().setRevokedHandler([this](const QStringList &ids) { m_hub->revoked(ids); });
    m_front = std::make_unique<FrontServer>(*m_api, *m_hub);
    QVERIFY(m_front->listen(QStringLiteral("127.0.0.1:0")));
    const Reply made = call("POST", QStringLiteral("/v0/meta/bases"),
        R"({"name": "b", "tables": [{"name": "t", "fields": [{"name": "title", "type": "singleLineText"}, {"name": "amount", "type": "number", "options": {"precision": 1}}]}]})",
        m_token);
    QCOMPARE(made.status, 200);
    m_base = made.json.value(QLatin1String("id")).toString();
    m_table = QStringLiteral("/v0/%1/t").arg(m_base);
}

void HttpTest::cleanupTestCase()
{
    m_front.reset();
    WorkerPool::forLongWork().waitForDone();
    WorkerPool::instance().waitForDone();
    m_core->host().setListener(nullptr);
    m_core->writer().runAndWait([] {});
    m_hub.reset();
    m_api.reset();
    m_core.reset();
}

QByteArray HttpTest::raw(const QByteArray &request, int waitMs)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), QUrl(m_front->url()).port());
    QElapsedTimer timer;
    timer.start();
    QByteArray reply;
    bool sent = false;
    while (timer.elapsed() < waitMs) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        if (!sent && socket.state() == QAbstractSocket::ConnectedState) {
            socket.write(request);
            sent = true;
        }
        reply += socket.readAll();
        const qsizetype end = reply.indexOf("\r\n\r\n");
        const qsizetype length = reply.indexOf("Content-Length: ");
        if (end > 0 && length > 0
            && reply.size() >= end + 4 + reply.mid(length + 16, 10).split('\r').first().toInt()) {
            break;
        }
        if (sent && socket.state() == QAbstractSocket::UnconnectedState) {
            reply += socket.readAll();
            break;
        }
    }
    return reply;
}

HttpTest::Reply HttpTest::call(
    const QByteArray &method, const QString &path, const QByteArray &body, const QString &token)
{
    QByteArray request =
        method + ' ' + QUrl::toPercentEncoding(path, "/?=&:[]") + " HTTP/1.1\r\nHost: x\r\n";
    if (!token.isEmpty()) {
        request += "Authorization: Bearer " + token.toLatin1() + "\r\n";
    }
    request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    const QByteArray answer = raw(request, 20000);
    Reply reply;
    reply.status = answer.mid(9, 3).toInt();
    const qsizetype end = answer.indexOf("\r\n\r\n");
    reply.head = answer.left(end);
    reply.body = answer.mid(end + 4);
    reply.json = QJsonDocument::fromJson(reply.body).object();
    return reply;
}

void HttpTest::hostileRequests_areRefusedAndNothingElseRuns_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QList<int>>("statuses");
    const QByteArray smuggled = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    const auto row = [](const char *name, const QByteArray &request, const QList<int> &statuses) {
        QTest::newRow(name) << request << statuses;
    };
    row("length and chunks",
        "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n"
            + smuggled,
        {400});
    row("two lengths",
        "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n"
            + smuggled,
        {400});
    row("negative length",
        "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n" + smuggled, {400});
    row("huge chunk",
        "POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
        "chunked\r\n\r\nffffffffffffffff\r\n",
        {400, 413});
    row("version", "GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n", {400});
    row("no host", "GET /healthz HTTP/1.1\r\n\r\n", {400});
    row("nul in the path", "GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n", {400});
    row("trace", "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", {405});
    row("space before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", {400});
    row("large header", "GET / HTTP/1.1\r\nHost: x\r\nX: " + QByteArray(20000, 'x') + "\r\n\r\n",
        {431});
    row("large body", "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
        {413});
    row("tls on the plain port",
        QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), {400});
}

void HttpTest::hostileRequests_areRefusedAndNothingElseRuns()
{
    QFETCH(QByteArray, request);
    QFETCH(QList<int>, statuses);
    const QByteArray reply = raw(request);
    QVERIFY2(statuses.contains(reply.mid(9, 3).toInt()), reply.left(200).constData());
    QCOMPARE(reply.count("HTTP/1.1 "), 1); // the request behind it did not run
    QVERIFY(reply.contains("Connection: close"));
    QCOMPARE(call("GET", QStringLiteral("/healthz")).status, 200);
}

void HttpTest::errors_haveTheirShape_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("signedIn");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const char *method, const char *path, const char *body,
                         bool signedIn, int status, const char *type) {
        QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(method) << QByteArray(body)
                            << signedIn << status << QString::fromLatin1(type);
    };
    row("no token", "GET", "$t", "", false, 401, "AUTHENTICATION_REQUIRED");
    row("unknown base", "GET", "/v0/appNope/t", "", true, 404, "NOT_FOUND");
    row("unknown table", "GET", "/v0/$b/nope", "", true, 404, "TABLE_NOT_FOUND");
    row("unknown record", "GET", "$t/recNope", "", true, 404, "RECORD_NOT_FOUND");
    row("unknown field", "POST", "$t", R"({"fields": {"nope": 1}})", true, 422,
        "UNKNOWN_FIELD_NAME");
    row("wrong type", "POST", "$t", R"({"fields": {"amount": "x"}})", true, 422,
        "INVALID_VALUE_FOR_FIELD");
    row("no json", "POST", "$t", "{", true, 400, "BAD_MESSAGE");
    row("unknown key", "POST", "$t", R"({"fields": {}, "nonsense": 1})", true, 422, "UNKNOWN_KEY");
    row("bad formula", "GET", "$t?filterByFormula=1%2B", "", true, 422,
        "INVALID_FILTER_BY_FORMULA");
    row("page size", "GET", "$t?pageSize=101", "", true, 422, "INVALID_REQUEST");
    row("nothing there", "GET", "/nothing", "", true, 404, "NOT_FOUND");
    row("method", "DELETE", "/healthz", "", true, 405, "INVALID_REQUEST");
    row("wrong password", "POST", "/api/session", R"({"username": "nobody", "password": "x"})",
        false, 401, "WRONG_PASSWORD");
}

void HttpTest::errors_haveTheirShape()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    QFETCH(bool, signedIn);
    QFETCH(int, status);
    QFETCH(QString, type);
    path.replace(QLatin1String("$t"), m_table).replace(QLatin1String("$b"), m_base);
    const QString decoded = QUrl::fromPercentEncoding(path.toLatin1());
    const Reply reply =
        call(method, decoded.contains(u'+') ? decoded : path, body, signedIn ? m_token : QString());
    QCOMPARE(reply.status, status);
    const QJsonObject error = reply.json.value(QLatin1String("error")).toObject();
    QCOMPARE(error.value(QLatin1String("type")).toString(), type);
    const QString message = error.value(QLatin1String("message")).toString();
    QVERIFY(message.size() > 10);
    QVERIFY(!message.contains(QLatin1String("SELECT")) && !message.contains(m_folder.path()));
}

void HttpTest::scopes_areEnforced()
{
    const Account admin = *m_core->accounts().accountNamed(QStringLiteral("admin"));
    const QString reader =
        m_core->accounts().createToken(admin.id, {}, Scopes(Scope::Read)).value().secret;
    QCOMPARE(call("GET", m_table, {}, reader).status, 200);
    QCOMPARE(call("POST", m_table, R"({"fields": {"title": "x"}})", reader).status, 403);
    QCOMPARE(call("POST", QStringLiteral("/v0/meta/bases/%1/tables").arg(m_base),
                 R"({"name": "u"})", reader)
                 .status,
        403);
    QCOMPARE(call("GET", QStringLiteral("/api/users"), {}, reader).status, 403);
}

void HttpTest::duplicateKeys_areRefused()
{
    const Reply reply =
        call("POST", m_table, R"({"fields": {"title": "x", "title": "y"}})", m_token);
    QCOMPARE(reply.status, 422);
    const Reply deep = call(
        "POST", m_table, "{\"a\":" + QByteArray(100, '[') + QByteArray(100, ']') + "}", m_token);
    QVERIFY(deep.status == 422 || deep.status == 400);
}

void HttpTest::tooManyValues_areRefused()
{
    const QByteArray many = "{\"records\": [" + QByteArray("0,").repeated(400001) + "0]}";
    const Reply reply = call("POST", m_table, many, m_token);
    QCOMPARE(reply.status, 422);
    QVERIFY(reply.body.contains("400000"));
}

void HttpTest::bodyThatDoesNotCome_isRefused()
{
    const QByteArray reply =
        raw("POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{", 12000);
    QVERIFY2(reply.startsWith("HTTP/1.1 408"), reply.constData());
}

void HttpTest::openApi_describesEveryRoute()
{
    const Reply reply = call("GET", QStringLiteral("/api/openapi.json"));
    QCOMPARE(reply.status, 200);
    QSet<QString> described;
    const QJsonObject paths = reply.json.value(QLatin1String("paths")).toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        const QStringList verbs = path.value().toObject().keys();
        for (const QString &verb : verbs) {
            described.insert(verb.toUpper() + u' ' + path.key());
        }
    }
    QSet<QString> known;
    static const QRegularExpression parameter(QStringLiteral(":(\\w+)"));
    for (const Route &route : m_api->routes()) {
        QString path = route.pattern;
        known.insert(QString::fromLatin1(route.method) + u' '
            + path.replace(parameter, QStringLiteral("{\\1}")));
    }
    QVERIFY2(described == known,
        qUtf8Printable((described - known + (known - described)).values().join(u'\n')));
    const QJsonObject field = reply.json.value(QLatin1String("components"))
                                  .toObject()
                                  .value(QLatin1String("schemas"))
                                  .toObject()
                                  .value(QLatin1String("Field"))
                                  .toObject();
    QStringList types = field.value(QLatin1String("properties"))
                            .toObject()
                            .value(QLatin1String("type"))
                            .toObject()
                            .value(QLatin1String("enum"))
                            .toVariant()
                            .toStringList();
    for (const FieldKind kind : allFieldKinds()) {
        if (kind == FieldKind::Sensitive) {
            continue; // An option of texts.
        }
        const QString name = QString::fromLatin1(fieldType(kind).apiName());
        QVERIFY2(types.removeAll(name) == 1, qUtf8Printable(name));
    }
    // Where values come from, no kind.
    QCOMPARE(types,
        QStringList({QStringLiteral("multipleLookupValues"), QStringLiteral("count"),
            QStringLiteral("rollup"), QStringLiteral("formula")}));
}

void HttpTest::tables_areMadeWithTheirLinks_andWhatFollowsThem()
{
    const QString tables = QStringLiteral("/v0/meta/bases/%1/tables").arg(m_base);
    QCOMPARE(call("POST", tables, R"({"name": "firms", "fields": [
        {"name": "name", "type": "singleLineText"}, {"name": "city", "type": "singleLineText"}]})",
                 m_token)
                 .status,
        200);
    // The lookup stands before the link that it follows, and comes back in that place.
    const Reply made = call("POST", tables, R"({"name": "jobs", "fields": [
        {"name": "job", "type": "singleLineText"},
        {"name": "where", "type": "multipleLookupValues",
            "options": {"recordLinkFieldId": "firm", "fieldIdInLinkedTable": "city"}},
        {"name": "firm", "type": "multipleRecordLinks", "options": {"linkedTableId": "firms",
            "inverseLinkFieldName": "its jobs", "prefersSingleRecordLink": true}},
        {"name": "cost", "type": "number"}]})",
        m_token);
    QCOMPARE(made.status, 200);
    QStringList names;
    for (const QJsonValue &each : made.json.value(QLatin1String("fields")).toArray()) {
        names += each.toObject().value(QLatin1String("name")).toString();
    }
    QCOMPARE(names.join(u' '), QStringLiteral("job where firm cost"));
    const auto add = [&](const QByteArray &field) {
        return call("POST", tables + QStringLiteral("/firms/fields"), field, m_token);
    };
    QCOMPARE(
        add(R"({"name": "number", "type": "count", "options": {"recordLinkFieldId": "its jobs"}})")
            .status,
        200);
    QCOMPARE(add(R"({"name": "total", "type": "rollup", "options": {"recordLinkFieldId": "its jobs",
        "fieldIdInLinkedTable": "cost"}})")
                 .status,
        200);
    QCOMPARE(add(R"({"name": "x", "type": "rollup", "options": {"recordLinkFieldId": "its jobs"}})")
                 .status,
        422);
    QCOMPARE(add(R"({"name": "x", "type": "rollup", "options": {"recordLinkFieldId": "its jobs",
        "fieldIdInLinkedTable": "cost", "function": "nonsense\"&1&\""}})")
                 .status,
        422);
    QCOMPARE(
        add(R"({"name": "x", "type": "count", "options": {"recordLinkFieldId": "city"}})").status,
        422);
    const QString data = QStringLiteral("/v0/%1/").arg(m_base);
    QCOMPARE(call("POST", data + QStringLiteral("firms"),
                 R"({"fields": {"name": "Acme", "city": "Oslo"}})", m_token)
                 .status,
        200);
    const Reply jobs =
        call("POST", data + QStringLiteral("jobs"), R"({"typecast": true, "records": [
        {"fields": {"job": "a", "firm": "acme", "cost": 2}}, {"fields": {"job": "b", "firm": "Acme", "cost": 3}}]})",
            m_token);
    QCOMPARE(jobs.status, 200);
    const auto fieldsOf = [&](const QString &table) {
        return call("GET", data + table, {}, m_token)
            .json.value(QLatin1String("records"))
            .toArray()[0]
            .toObject()
            .value(QLatin1String("fields"))
            .toObject();
    };
    QCOMPARE(fieldsOf(QStringLiteral("jobs")).value(QLatin1String("where")).toString(),
        QStringLiteral("Oslo"));
    const QJsonObject firm = fieldsOf(QStringLiteral("firms"));
    QCOMPARE(firm.value(QLatin1String("number")).toDouble(), 2.0);
    QCOMPARE(firm.value(QLatin1String("total")).toDouble(), 5.0);
    for (const char *name : {"jobs", "firms"}) {
        QCOMPARE(call("DELETE", tables + u'/' + QLatin1String(name), {}, m_token).status, 200);
    }
}

void HttpTest::people_severalInACell()
{
    const QString tables = QStringLiteral("/v0/meta/bases/%1/tables").arg(m_base);
    QCOMPARE(call("POST", tables, R"json({"name": "jobs", "fields": [
        {"name": "job", "type": "singleLineText"}, {"name": "team", "type": "multipleCollaborators"},
        {"name": "notes", "type": "richText"}, {"name": "by", "type": "createdBy"},
        {"name": "names", "type": "formula", "options": {"formula": "ARRAYJOIN({team}, '+')"}}]})json",
                 m_token)
                 .status,
        200);
    const QString rows = QStringLiteral("/v0/%1/jobs").arg(m_base);
    const auto post = [&](const QByteArray &fields) {
        return call("POST", rows, "{\"fields\": " + fields + "}", m_token);
    };
    const auto fieldsOf = [](const Reply &reply) {
        return reply.json.value(QLatin1String("fields")).toObject();
    };
    const QJsonObject person =
        fieldsOf(post(R"({"job": "b"})")).value(QLatin1String("by")).toObject();
    const QByteArray me = person.value(QLatin1String("id")).toString().toUtf8();
    const Reply made = post(R"({"job": "a", "notes": "# Head\n**bold**", "team": [{"id": ")" + me
        + R"("}, ")" + me + R"("]})");
    QCOMPARE(made.status, 200);
    const QJsonObject first = fieldsOf(made);
    QCOMPARE(first.value(QLatin1String("team")).toArray(), QJsonArray{person}); // once
    QCOMPARE(first.value(QLatin1String("names")), person.value(QLatin1String("name")));
    QCOMPARE(first.value(QLatin1String("notes")).toString(), QStringLiteral("# Head\n**bold**"));
    const auto count = [&](const QByteArray &filter) {
        return call("POST", QStringLiteral("/api/%1/jobs/query").arg(m_base),
            R"({"filter": )" + filter + R"(, "aggregate": [{"fn": "count"}]})", m_token)
            .body;
    };
    const QByteArray none = count(R"({"field": "job", "op": "is", "value": "nothing"})");
    const QByteArray one = count(R"({"field": "job", "op": "is", "value": "a"})");
    QCOMPARE(count(R"({"field": "team", "op": "hasAnyOf", "value": {"me": true}})"), one);
    QCOMPARE(count(R"({"field": "team", "op": "isEmpty"})"),
        count(R"({"field": "job", "op": "is", "value": "b"})"));
    QVERIFY(none != one);
    QCOMPARE(post(R"({"team": ["nobody"]})").status, 422);
    QCOMPARE(post(R"({"team": "x"})").status, 422);
    QCOMPARE(call("DELETE", tables + QStringLiteral("/jobs"), {}, m_token).status, 200);
}

void HttpTest::rulesThatWarn_areToldInTheReply()
{
    const QString tables = QStringLiteral("/v0/meta/bases/%1/tables").arg(m_base);
    const Reply made = call("POST", tables, R"json({"name": "mild", "fields": [
        {"name": "name", "type": "singleLineText", "options": {"required": true, "warnOnly": true}},
        {"name": "mail", "type": "email", "options": {"unique": true, "warnOnly": true}},
        {"name": "free", "type": "number", "options": {"warnOnly": true}}]})json",
        m_token);
    QCOMPARE(made.status, 200);
    const QJsonArray fields = made.json.value(QLatin1String("fields")).toArray();
    QCOMPARE(fields[1].toObject().value(QLatin1String("options")).toObject(),
        (QJsonObject{{QStringLiteral("unique"), true}, {QStringLiteral("warnOnly"), true}}));
    QVERIFY(!fields[2]
                 .toObject()
                 .value(QLatin1String("options"))
                 .toObject()
                 .contains(QLatin1String("warnOnly")));
    const QString rows = QStringLiteral("/v0/%1/mild").arg(m_base);
    const auto warnings = [](const Reply &reply) {
        QStringList said;
        for (const QJsonValue &each : reply.json.value(QLatin1String("warnings")).toArray()) {
            const QJsonObject warning = each.toObject();
            said += warning.value(QLatin1String("field")).toString() + u' '
                + warning.value(QLatin1String("type")).toString();
        }
        return said;
    };
    const Reply good =
        call("POST", rows, R"({"fields": {"name": "a", "mail": "a@x.org"}})", m_token);
    QCOMPARE(good.status, 200);
    QVERIFY(!good.json.contains(QLatin1String("warnings")));
    const Reply bad = call("POST", rows,
        R"({"records": [{"fields": {"mail": "A@x.org"}}, {"fields": {"name": "c"}}]})", m_token);
    QCOMPARE(bad.status, 200);
    QCOMPARE(bad.json.value(QLatin1String("records")).toArray().size(), 2);
    QCOMPARE(warnings(bad),
        (QStringList{
            QStringLiteral("name MISSING_VALUE"), QStringLiteral("mail DUPLICATE_VALUE")}));
    const Reply found = call("GET",
        rows + QStringLiteral("?filterByFormula=OR(BREAKS_RULES({name}),BREAKS_RULES({mail}))"), {},
        m_token);
    QCOMPARE(found.json.value(QLatin1String("records")).toArray().size(), 2);
    const QString first = rows + u'/' + good.json.value(QLatin1String("id")).toString();
    const Reply emptied = call("PATCH", first, R"({"fields": {"name": null}})", m_token);
    QCOMPARE(emptied.status, 200);
    QCOMPARE(emptied.json.value(QLatin1String("id")), good.json.value(QLatin1String("id")));
    QCOMPARE(warnings(emptied).size(), 2);
    QCOMPARE(call("DELETE", tables + QStringLiteral("/mild"), {}, m_token).status, 200);
}

void HttpTest::rules_holdOnEveryCall()
{
    const QString tables = QStringLiteral("/v0/meta/bases/%1/tables").arg(m_base);
    const Reply made = call("POST", tables, R"json({"name": "strict", "fields": [
        {"name": "name", "type": "singleLineText", "options": {"required": true}},
        {"name": "mail", "type": "email", "options": {"unique": true}},
        {"name": "code", "type": "singleLineText", "options": {"pattern": "[A-Z]\\d{3}", "message": "a letter and three digits"}},
        {"name": "from", "type": "number", "options": {"default": {"formula": "LEN({name})"}}},
        {"name": "to", "type": "number", "options": {"condition": "OR({to}=BLANK(),{to}>={from})"}}]})json",
        m_token);
    QCOMPARE(made.status, 200);
    const QString rows = QStringLiteral("/v0/%1/strict").arg(m_base);
    const auto post = [&](const QByteArray &body) { return call("POST", rows, body, m_token); };
    const Reply first =
        post(R"({"fields": {"name": "a", "mail": "A@x.org", "code": "B123", "from": 1, "to": 2}})");
    QCOMPARE(first.status, 200);
    const auto verifyRefused = [&](const Reply &reply, const char *type, const char *says) {
        QCOMPARE(reply.status, 422);
        QVERIFY2(reply.body.contains(type) && reply.body.contains(says), reply.body.constData());
    };
    verifyRefused(post(R"({"fields": {"code": "B123"}})"), "MISSING_VALUE", "name");
    verifyRefused(
        post(R"({"fields": {"name": "b", "mail": "a@x.org"}})"), "DUPLICATE_VALUE", "mail");
    verifyRefused(post(R"({"fields": {"name": "b", "code": "xB123"}})"), "INVALID_VALUE_FOR_COLUMN",
        "three digits");
    verifyRefused(
        post(R"({"fields": {"name": "b", "from": 3, "to": 2}})"), "INVALID_VALUE_FOR_COLUMN", "to");
    verifyRefused(
        post(R"({"records": [{"fields": {"name": "b"}}, {"fields": {"mail": "z@x.org"}}]})"),
        "MISSING_VALUE", "name");
    const QString record = rows + u'/' + first.json.value(QLatin1String("id")).toString();
    verifyRefused(
        call("PATCH", record, R"({"fields": {"name": null}})", m_token), "MISSING_VALUE", "name");
    verifyRefused(
        call("PUT", record, R"({"fields": {"code": "C123"}})", m_token), "MISSING_VALUE", "name");
    verifyRefused(call("PATCH", record, R"({"fields": {"from": 9}})", m_token),
        "INVALID_VALUE_FOR_COLUMN", "to");
    QCOMPARE(call("PATCH", record, R"({"fields": {"from": 9, "to": 10}})", m_token).status, 200);
    QCOMPARE(
        call("GET", rows, {}, m_token).json.value(QLatin1String("records")).toArray().size(), 1);
    // A file: what fits goes in, the rest is named with its line.
    const Reply imported = call("POST",
        QStringLiteral("/api/%1/strict/import?format=csv").arg(m_base),
        "name,mail,code\nc,c@x.org,Z999\n,d@x.org,Z998\ne,a@x.org,Z997\nf,f@x.org,zz\ng,F@X.org,\n",
        m_token);
    QCOMPARE(imported.status, 200);
    QCOMPARE(imported.json.value(QLatin1String("imported")).toInt(), 4);
    QStringList faults;
    for (const QJsonValue &each : imported.json.value(QLatin1String("faults")).toArray()) {
        faults += QStringLiteral("%1 %2")
                      .arg(each.toObject().value(QLatin1String("line")).toInt())
                      .arg(each.toObject().value(QLatin1String("field")).toString());
    }
    QCOMPARE(faults.join(QLatin1String(", ")), QStringLiteral("3 name, 4 mail, 5 code, 6 mail"));
    const QString fields = tables + QStringLiteral("/strict/fields/");
    verifyRefused(
        call("PATCH", fields + QStringLiteral("code"), R"({"options": {"pattern": "("}})", m_token),
        "INVALID", "pattern");
    verifyRefused(call("PATCH", fields + QStringLiteral("to"),
                      R"({"options": {"condition": "{to}>"}})", m_token),
        "INVALID_FORMULA", "character");
    QCOMPARE(call("PATCH", fields + QStringLiteral("name"), R"({"options": {"required": false}})",
                 m_token)
                 .status,
        200);
    const Reply computed = post(R"({"fields": {"name": "four", "code": "B124"}})");
    QCOMPARE(computed.json.value(QLatin1String("fields"))
                 .toObject()
                 .value(QLatin1String("from"))
                 .toDouble(),
        4.0);
    QCOMPARE(call("DELETE", tables + QStringLiteral("/strict"), {}, m_token).status, 200);
}

void HttpTest::formula_isAFieldLikeAirtables()
{
    const QString fields = QStringLiteral("/v0/meta/bases/%1/tables/t/fields").arg(m_base);
    const auto make = [&](const QByteArray &name, const QByteArray &options) {
        return call("POST", fields,
            "{\"name\": \"" + name + "\", \"type\": \"formula\", \"options\": " + options + "}",
            m_token);
    };
    const Reply made = make("twice", R"({"formula": "{amount}*2"})");
    QCOMPARE(made.status, 200);
    const QJsonObject options = made.json.value(QLatin1String("options")).toObject();
    QVERIFY(options.value(QLatin1String("isValid")).toBool());
    QCOMPARE(options.value(QLatin1String("referencedFieldIds")).toArray().size(), 1);
    QCOMPARE(
        options.value(QLatin1String("result")).toObject().value(QLatin1String("type")).toString(),
        QStringLiteral("number"));
    QVERIFY(!options.value(QLatin1String("formula")).toString().contains(QLatin1String("amount")));
    QCOMPARE(
        make("share", R"({"formula": "1/{amount}", "result": {"type": "percent"}})").status, 200);
    const Reply broken = make("broken", R"({"formula": "{amount}+{nope}"})");
    QCOMPARE(broken.status, 422);
    QVERIFY(broken.body.contains("INVALID_FORMULA"));
    QVERIFY(broken.body.contains("at character 10"));
    QCOMPARE(make("text", R"({"formula": "{title}", "result": {"type": "number"}})").status, 422);

    const Reply created = call("POST", m_table,
        R"({"records": [{"fields": {"title": "f1", "amount": 4}}, {"fields": {"title": "f2", "amount": 0}}]})",
        m_token);
    QCOMPARE(created.status, 200);
    const QJsonArray records = created.json.value(QLatin1String("records")).toArray();
    const auto field = [&](int i, const char *name) {
        return records[i]
            .toObject()
            .value(QLatin1String("fields"))
            .toObject()
            .value(QLatin1String(name));
    };
    QCOMPARE(field(0, "twice").toDouble(), 8.0);
    QCOMPARE(field(0, "share").toDouble(), 0.25);
    QCOMPARE(field(1, "share").toObject().value(QLatin1String("error")).toString(),
        QStringLiteral("#DIV/0!"));
    const Reply found =
        call("GET", m_table + QStringLiteral("?filterByFormula={twice}=8"), {}, m_token);
    QCOMPARE(found.json.value(QLatin1String("records")).toArray().size(), 1);
    const Reply refused = call("POST", m_table, R"({"fields": {"twice": 3}})", m_token);
    QCOMPARE(refused.status, 422);
    QVERIFY(refused.body.contains("FIELD_IS_READ_ONLY"));

    const QString id = made.json.value(QLatin1String("id")).toString();
    const Reply renamed = call("PATCH", fields + u'/' + id, R"({"name": "double"})", m_token);
    QCOMPARE(renamed.json.value(QLatin1String("type")).toString(), QStringLiteral("formula"));
    const Reply typed = call("PATCH", fields + u'/' + id, R"({"type": "number"})", m_token);
    QCOMPARE(typed.status, 200);
    QCOMPARE(typed.json.value(QLatin1String("type")).toString(), QStringLiteral("number"));
    const Reply after =
        call("GET", m_table + QStringLiteral("?filterByFormula={double}=8"), {}, m_token);
    QCOMPARE(after.json.value(QLatin1String("records")).toArray().size(), 1);
    for (const char *name : {"double", "share"}) {
        QCOMPARE(call("DELETE", fields + u'/' + QLatin1String(name), {}, m_token).status, 200);
    }
}

void HttpTest::attachment_comesBackAsItWas()
{
    const QByteArray bytes = "\x00\x01<script>bytes";
    const Reply up = call("POST",
        QStringLiteral("/api/%1/attachments?name=../../a b.html").arg(m_base), bytes, m_token);
    QCOMPARE(up.status, 200);
    QCOMPARE(up.json.value(QLatin1String("filename")).toString(), QStringLiteral("a b.html"));
    const QString id = up.json.value(QLatin1String("id")).toString();
    const Reply down = call("GET", QStringLiteral("/api/attachments/") + id, {}, m_token);
    QCOMPARE(down.body, bytes);
    QVERIFY(down.head.contains("attachment; filename*=UTF-8''a%20b.html"));
    QCOMPARE(call("GET", QStringLiteral("/api/attachments/") + id).status, 401);
}

void HttpTest::csv_goesInAndOut()
{
    const Reply in = call("POST", QStringLiteral("/api/%1/fresh/import?format=csv").arg(m_base),
        "name,count\nx,1\n\"y,z\",2\nbroken\n", m_token);
    QCOMPARE(in.status, 200);
    QCOMPARE(in.json.value(QLatin1String("imported")).toInt(), 2);
    QCOMPARE(in.json.value(QLatin1String("faults")).toArray().size(), 1);
    const Reply out =
        call("GET", QStringLiteral("/api/%1/fresh/export?format=csv").arg(m_base), {}, m_token);
    QCOMPARE(out.body, QByteArray("\xEF\xBB\xBFname,count\r\nx,1\r\n\"y,z\",2\r\n"));
}

void HttpTest::query_groupsAndPivots()
{
    const Reply in = call("POST", QStringLiteral("/api/%1/cases/import?format=csv").arg(m_base),
        "kind,opened,amount\nrefund,2026-11-02,10\nrepair,2026-11-08,\nrefund,2026-11-09,2.5\n"
        "refund,2026-12-01,4\n,2026-11-10,1\n",
        m_token);
    QCOMPARE(in.json.value(QLatin1String("imported")).toInt(), 5);
    const auto ask = [&](const QByteArray &body) {
        const Reply reply =
            call("POST", QStringLiteral("/api/%1/cases/query").arg(m_base), body, m_token);
        return QString::fromUtf8(QJsonDocument(reply.json).toJson(QJsonDocument::Compact));
    };
    const QString sums = ask(R"({"group": [{"field": "kind"}], "limit": 2,
        "aggregate": [{"field": "amount", "fn": "sum"}, {"field": "opened", "fn": "max"}],
        "sort": [{"aggregate": 0, "direction": "desc"}]})");
    QCOMPARE(sums,
        QStringLiteral(
            R"({"all":{"count":5,"values":[17.5,"2026-12-01"]},"groupCount":3,"groups":[)"
            R"({"count":3,"key":["refund"],"values":[16.5,"2026-12-01"]},)"
            R"({"count":1,"key":[null],"values":[1,"2026-11-10"]}]})"));
    const QString weeks = ask(R"({"group": [{"field": "opened", "by": "week"}]})");
    QCOMPARE(weeks,
        QStringLiteral(
            R"({"all":{"count":5},"groupCount":3,"groups":[{"count":2,"key":["2026-11-02"]},)"
            R"({"count":2,"key":["2026-11-09"]},{"count":1,"key":["2026-11-30"]}]})"));
    const QString filtered = ask(R"({"group": [{"field": "opened", "by": "month"}],
        "filter": {"field": "amount", "op": "gt", "value": 2}})");
    QCOMPARE(filtered,
        QStringLiteral(
            R"({"all":{"count":3},"groupCount":2,"groups":[{"count":2,"key":["2026-11-01"]},)"
            R"({"count":1,"key":["2026-12-01"]}]})"));
    const QString byFormula = ask(R"({"group": [{"field": "opened", "by": "month"}],
        "filterByFormula": "{amount}>2"})");
    QCOMPARE(byFormula, filtered);
    const QString pivot = ask(R"({"rows": [{"field": "kind"}],
        "columns": [{"field": "opened", "by": "month"}],
        "aggregate": [{"field": "amount", "fn": "average"}]})");
    QCOMPARE(pivot,
        QStringLiteral(
            R"({"all":{"count":5,"values":[4.375]},"cells":[)"
            R"([{"count":2,"values":[6.25]},{"count":1,"values":[4]}],)"
            R"([{"count":1,"values":[null]},null],[{"count":1,"values":[1]},null]],"columns":[)"
            R"({"count":4,"key":["2026-11-01"],"values":[4.5]},)"
            R"({"count":1,"key":["2026-12-01"],"values":[4]}],"rowCount":3,"rows":[)"
            R"({"count":3,"key":["refund"],"values":[5.5]},)"
            R"({"count":1,"key":["repair"],"values":[null]},)"
            R"({"count":1,"key":[null],"values":[1]}]})"));
}

void HttpTest::query_refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *body, const char *named) {
        QTest::newRow(body) << QByteArray(body) << QString::fromUtf8(named);
    };
    row(R"({"groups": []})", "groups");
    row(R"({"group": [{"field": "nothing"}]})", "nothing");
    row(R"({"group": [{"field": "title", "by": "month"}]})", "title");
    row(R"({"group": [{"field": "title", "by": "decade"}]})", "decade");
    row(R"({"group": "title"})", "group");
    row(R"({"group": [{"field": "title"}], "rows": []})", "rows");
    row(R"({"aggregate": [{"field": "title", "fn": "sum"}]})", "title");
    row(R"({"aggregate": [{"field": "title", "fn": "guess"}]})", "guess");
    row(R"({"sort": [{"aggregate": 0}]})", "sort.aggregate");
    row(R"({"limit": 0})", "limit");
    row(R"({"timeZone": "Moon"})", "Moon");
    row(R"({"filter": {"field": "title", "op": "like", "value": 1}})", "like");
    row(R"({"group": [{"field":"title"},{"field":"title"},{"field":"title"},{"field":"title"},)"
        R"({"field":"title"},{"field":"title"}]})",
        "group");
}

void HttpTest::query_refusesWhatItDoesNotKnow()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, named);
    const Reply reply = call("POST", QStringLiteral("/api/%1/t/query").arg(m_base), body, m_token);
    QCOMPARE(reply.status, 422);
    QVERIFY2(reply.body.contains(named.toUtf8()), reply.body.constData());
}

void HttpTest::sync_nothingBeforeHello()
{
    for (const QString &bad : {QStringLiteral("hello"), QStringLiteral("{}"), QStringLiteral("[]"),
             QStringLiteral("{\"t\":\"open\",\"base\":\"%1\"}").arg(m_base),
             QStringLiteral("{\"t\":\"hello\",\"token\":\"wrong\"}")}) {
        QWebSocket socket;
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({QStringLiteral("casebase.v1+json")});
        QStringList received;
        bool closed = false;
        connect(&socket, &QWebSocket::connected, &socket, [&] { socket.sendTextMessage(bad); });
        connect(&socket, &QWebSocket::textMessageReceived, &socket,
            [&](const QString &text) { received += text; });
        connect(&socket, &QWebSocket::disconnected, &socket, [&] { closed = true; });
        socket.open(QUrl(m_front->url().replace(QLatin1String("http"), QLatin1String("ws"))
                        + QStringLiteral("/sync")),
            options);
        QTRY_VERIFY(closed);
        QCOMPARE(received.size(), 1);
        QVERIFY(received.first().contains(QLatin1String("\"t\":\"failure\"")));
    }
    QCOMPARE(call("GET", QStringLiteral("/healthz")).status, 200);
}

void HttpTest::sync_revokedSession_isClosed()
{
    const auto signedIn = m_core->accounts().signIn(
        QStringLiteral("admin"), QStringLiteral("a long password"), QStringLiteral("127.0.0.1"));
    QVERIFY(signedIn);
    QWebSocket socket;
    bool closed = false;
    int received = 0;
    connect(&socket, &QWebSocket::connected, &socket, [&] {
        socket.sendBinaryMessage(
            encodeMessage(Hello{ProtocolVersion, m_core->host().ids().next<DeviceId>(),
                              signedIn.value().secret, false},
                false));
    });
    connect(&socket, &QWebSocket::binaryMessageReceived, &socket, [&] { ++received; });
    connect(&socket, &QWebSocket::disconnected, &socket, [&] { closed = true; });
    socket.open(QUrl(m_front->url().replace(QLatin1String("http"), QLatin1String("ws"))
        + QStringLiteral("/sync")));
    QTRY_COMPARE(received, 1);
    QCOMPARE(
        call("DELETE", QStringLiteral("/api/session"), {}, signedIn.value().secret).status, 200);
    QTRY_VERIFY_WITH_TIMEOUT(closed, 2000);
    QCOMPARE(call("GET", QStringLiteral("/api/me"), {}, signedIn.value().secret).status, 401);
}

void HttpTest::sync_fromABrowserPage_isRefused()
{
    const QByteArray reply =
        raw("GET /sync HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nOrigin: "
            "https://evil.example\r\n\r\n");
    QVERIFY(!reply.startsWith("HTTP/1.1 101"));
}

namespace {

/// A frame as clients send it, masked with zeros.
QByteArray clientFrame(const QByteArray &payload)
{
    QByteArray frame("\x82", 1);
    if (payload.size() < 126) {
        frame.append(char(0x80 | payload.size()));
    } else {
        frame.append(char(0x80 | 126))
            .append(char(payload.size() >> 8))
            .append(char(payload.size()));
    }
    return frame.append(4, '\0') + payload;
}

} // namespace

void HttpTest::sync_clientThatDoesNotRead_isCutOff()
{
    const Account admin = *m_core->accounts().accountNamed(QStringLiteral("admin"));
    QTRY_COMPARE_WITH_TIMEOUT(m_hub->linkCount(admin.id), 0, 5000);
    QTcpSocket socket;
    socket.setReadBufferSize(4096); // takes that much, and then no more
    socket.connectToHost(QStringLiteral("127.0.0.1"), QUrl(m_front->url()).port());
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    socket.write(
        "GET /sync HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    QTRY_VERIFY(socket.peek(4096).contains("\r\n\r\n"));
    socket.write(clientFrame(encodeMessage(
        Hello{ProtocolVersion, m_core->host().ids().next<DeviceId>(), m_token, false, true},
        false)));
    QTRY_COMPARE(m_hub->linkCount(admin.id), 1);
    socket.write(clientFrame(encodeMessage(Open{*BaseId::fromText(m_base), {}, 0}, false)));
    const QByteArray text(90000, 'x');
    QByteArray body = R"({"records": [)";
    for (int i = 0; i < 90; ++i) {
        body += (i ? R"(, {"fields": {"title": ")" : R"({"fields": {"title": ")") + text + R"("}})";
    }
    body += "]}";
    for (int i = 0; i < 8 && m_hub->linkCount(admin.id) > 0; ++i) {
        QCOMPARE(call("POST", m_table, body, m_token).status, 200); // others go on meanwhile
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_hub->linkCount(admin.id), 0, 5000);
}

void HttpTest::connections_thatEnded_doNotCount()
{
    // More than one address may have at a time, one after another: sync sockets and plain ones.
    for (int i = 0; i < 1300; ++i) {
        const QByteArray path = i % 2 ? "/sync" : "/healthz";
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), QUrl(m_front->url()).port());
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        socket.write("GET " + path
            + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        while (!socket.peek(4096).contains("\r\n\r\n")
            && socket.state() == QAbstractSocket::ConnectedState) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        }
        const QByteArray reply = socket.readAll();
        QVERIFY2(reply.startsWith("HTTP/1.1 101") || reply.startsWith("HTTP/1.1 200"),
            qPrintable(QStringLiteral("connection %1").arg(i)));
        socket.abort();
    }
}

QTEST_GUILESS_MAIN(HttpTest)
#include "tst_Http.moc"
