// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Bench.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

namespace casebase::bench {

namespace {

QString verdict(bool reachesAim, bool reachesMust, double must, double aim)
{
    if (must == 0 && aim == 0) {
        return {};
    }
    const QLatin1String word(reachesAim ? "aim" : reachesMust ? "must" : "MISSED");
    return QStringLiteral("%1 (%2, %3)").arg(word).arg(must).arg(aim);
}

template <class T> T must(Result<T> result)
{
    if (!result) {
        qFatal("benchmark: %s", qUtf8Printable(result.error().detail));
    }
    return std::move(result).value();
}

} // namespace

QStringList sampleOptions(const QString &field)
{
    const int count = field == u"kind" ? 6 : field == u"status" ? 5 : 12;
    QStringList names;
    for (int i = 0; i < count; ++i) {
        names += QStringLiteral("%1 %2").arg(field).arg(i);
    }
    return names;
}

SampleRow sampleRow(QRandomGenerator &random, int number)
{
    static const QStringList words{QStringLiteral("refund"), QStringLiteral("parcel"),
        QStringLiteral("customer"), QStringLiteral("called"), QStringLiteral("again"),
        QStringLiteral("broken"), QStringLiteral("delivery"), QStringLiteral("waiting"),
        QStringLiteral("退款"), QStringLiteral("冰袋融化"), QStringLiteral("客户"),
        QStringLiteral("仓库核对"), QStringLiteral("补发")};
    SampleRow row;
    row.name = QStringLiteral("Case %1").arg(number % 100000, 8);
    row.code = QStringLiteral("C%1").arg(random.bounded(1000000), 6, 10, QLatin1Char('0'));
    while (row.notes.size() < 110) {
        row.notes += words[random.bounded(int(words.size()))] + u' ';
    }
    row.kind = random.bounded(6);
    row.status = random.bounded(5);
    row.source = random.bounded(12);
    row.openedMs = 1700000000000LL + random.bounded(100000000) * 1000LL;
    row.closedMs = row.openedMs + random.bounded(1000000) * 1000LL;
    row.amount = random.bounded(100000) / 100.0;
    row.score = random.generateDouble();
    row.isUrgent = random.bounded(8) == 0;
    row.count = random.bounded(1000);
    return row;
}

Report::Report(const QString &title)
    : m_title(title)
{
    std::printf("\n%s\n%-58s %12s %12s %-6s %8s  %s\n", qUtf8Printable(title), "what", "ours",
        "limit", "", "ratio", "must, aim");
}

void Report::line(const QString &what, double ours, double limit, const char *unit, double ratio,
    const QString &verdict)
{
    const auto number = [](double value) {
        return value == 0 ? QString() : QString::number(value, 'f', value < 20 ? 2 : 0);
    };
    std::printf("%-58s %12s %12s %-6s %8s  %s\n", qUtf8Printable(what),
        qUtf8Printable(number(ours)), qUtf8Printable(number(limit)), unit,
        ratio == 0 ? "" : qUtf8Printable(QString::number(ratio, 'f', 2)), qUtf8Printable(verdict));
    std::fflush(stdout);
    m_rows += QJsonObject{{QStringLiteral("what"), what}, {QStringLiteral("ours"), ours},
        {QStringLiteral("limit"), limit}, {QStringLiteral("unit"), QLatin1String(unit)},
        {QStringLiteral("ratio"), ratio}, {QStringLiteral("verdict"), verdict}};
}

void Report::speed(
    const QString &what, double ours, double limit, const char *unit, double must, double aim)
{
    const double ratio = ours / limit;
    line(what, ours, limit, unit, ratio, verdict(ratio >= aim, ratio >= must, must, aim));
}

void Report::cost(
    const QString &what, double ours, double limit, const char *unit, double must, double aim)
{
    const double ratio = ours / limit;
    line(what, ours, limit, unit, ratio, verdict(ratio <= aim, ratio <= must, must, aim));
}

void Report::value(const QString &what, double ours, const char *unit, double must, double aim)
{
    line(what, ours, 0, unit, 0, verdict(ours <= aim, ours <= must, must, aim));
}

void Report::note(const QString &what, double ours, const char *unit)
{
    line(what, ours, 0, unit, 0, {});
}

Report::~Report()
{
    if (!qEnvironmentVariableIsSet("CASEBASE_BENCH_JSON")) {
        return;
    }
    QFile file(qEnvironmentVariable("CASEBASE_BENCH_JSON"));
    if (file.open(QIODevice::Append)) {
        file.write(QJsonDocument(QJsonObject{{QStringLiteral("title"), m_title},
                                     {QStringLiteral("rows"), m_rows}})
                       .toJson(QJsonDocument::Compact)
            + '\n');
    }
}

double secondsOf(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e9;
}

double median(std::vector<double> values)
{
    return percentile(std::move(values), 0.5);
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, size_t(double(values.size()) * share))];
}

qint64 residentBytes(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:")) {
            return line.mid(6).trimmed().split(' ').first().toLongLong() * 1024;
        }
    }
    return 0;
}

double rawCommits(const QString &folder, int rows, int group, int commits)
{
    const auto database =
        must(Database::openSqlite(folder + QStringLiteral("/raw-%1-%2.db").arg(rows).arg(group)));
    must(database->run(
        QStringLiteral("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, v REAL)")));
    must(database->begin());
    for (int i = 0; i < rows; ++i) {
        must(database->run(QStringLiteral("INSERT INTO t VALUES (?, ?, 0)"),
            {i, QStringLiteral("row %1").arg(i)}));
    }
    must(database->commit());
    const auto update =
        must(database->statement(QStringLiteral("UPDATE t SET v = ? WHERE id = ?")));
    QRandomGenerator random(1);
    const double seconds = secondsOf([&] {
        for (int i = 0; i < commits; ++i) {
            if (i % group == 0) {
                must(database->begin());
            }
            update->bindNumber(0, i);
            update->bindInteger(1, random.bounded(rows));
            must(update->run());
            if (i % group == group - 1) {
                must(database->commit());
            }
        }
    });
    database->rollback();
    return commits / seconds;
}

double rawInserts(const QString &folder, int rows)
{
    const auto database = must(Database::openSqlite(folder + QStringLiteral("/raw-inserts.db")));
    must(database->run(QStringLiteral(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, code TEXT, notes TEXT, kind INTEGER, "
        "status INTEGER, source INTEGER, opened INTEGER, closed INTEGER, amount REAL, score REAL, "
        "urgent INTEGER, count INTEGER)")));
    QRandomGenerator random(1);
    QList<SampleRow> samples;
    for (int i = 0; i < rows; ++i) {
        samples += sampleRow(random, i);
    }
    const auto insert = must(
        database->statement(QStringLiteral("INSERT INTO t VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)")));
    const double seconds = secondsOf([&] {
        for (int i = 0; i < rows; ++i) {
            if (i % 1000 == 0) {
                must(database->begin());
            }
            const SampleRow &row = samples[i];
            const SqlValues values{i, row.name, row.code, row.notes, row.kind, row.status,
                row.source, row.openedMs, row.closedMs, row.amount, row.score, int(row.isUrgent),
                row.count};
            for (int k = 0; k < values.size(); ++k) {
                insert->bind(k, values[k]);
            }
            must(insert->run());
            if (i % 1000 == 999) {
                must(database->commit());
            }
        }
    });
    database->rollback();
    return rows / seconds;
}

} // namespace casebase::bench
