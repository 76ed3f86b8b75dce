// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/sql/Database.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>

#include <functional>

namespace casebase::bench {

/// The table that all benchmarks use: texts, selects, moments, numbers, a flag; 241 bytes a row as
/// plain data (docs/performance.md).
struct SampleRow {
    QString name;
    QString code;
    QString notes;
    int kind = 0;
    int status = 0;
    int source = 0;
    qint64 openedMs = 0;
    qint64 closedMs = 0;
    double amount = 0;
    double score = 0;
    bool isUrgent = false;
    int count = 0;
};
SampleRow sampleRow(QRandomGenerator &random, int number);
QStringList sampleOptions(const QString &field);

/// Figures of one run, printed as a table and kept as JSON.
class Report {
public:
    explicit Report(const QString &title);
    /// A figure next to the limit of the same run. `must` and `aim` are bounds of the ratio:
    /// of speeds from below, of times and sizes from above.
    void speed(
        const QString &what, double ours, double limit, const char *unit, double must, double aim);
    void cost(
        const QString &what, double ours, double limit, const char *unit, double must, double aim);
    /// A figure with bounds of its own.
    void value(const QString &what, double ours, const char *unit, double must, double aim);
    void note(const QString &what, double ours, const char *unit);
    /// Writes FILE if the environment names one in CASEBASE_BENCH_JSON.
    ~Report();

private:
    void line(const QString &what, double ours, double limit, const char *unit, double ratio,
        const QString &verdict);
    QString m_title;
    QJsonArray m_rows;
};

double secondsOf(const std::function<void()> &work);
double median(std::vector<double> values);
double percentile(std::vector<double> values, double share);
/// Resident memory of a process in bytes; 0 where the system does not say.
qint64 residentBytes(qint64 pid);

/// Single-cell updates per second in plain SQLite with our durability, `group` to a transaction.
double rawCommits(const QString &folder, int rows, int group, int commits);
/// Rows per second of plain INSERTs of sample rows, a thousand to a transaction.
double rawInserts(const QString &folder, int rows);

} // namespace casebase::bench
