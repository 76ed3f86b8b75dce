// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/RuleMarks.h"

#include "shared/support/ErrorText.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace casebase {

namespace {

constexpr Row RowsForWorker = 5000;
constexpr int PauseFactor = 10; ///< A core is busy with it for a tenth of the time at most.

} // namespace

RuleMarks::RuleMarks(QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &RuleMarks::start);
}

void RuleMarks::look(const Document &document, TableId table, const QList<Field> &fields, UserId me,
    const FieldContext &context)
{
    if (fields.isEmpty()) {
        m_next.reset();
        m_horizon.reset();
        return take({});
    }
    m_next = Question{document, table, fields, me, context.locale, context.zone, context.nowMs,
        std::make_shared<Horizon>()};
    if (!m_isBusy && !m_pause.isActive()) {
        start();
    }
}

bool RuleMarks::isMarked(FieldId field, Row row) const
{
    const auto rows = m_rows.constFind(field);
    return rows != m_rows.cend() && std::binary_search(rows->cbegin(), rows->cend(), row);
}

RuleMarks::Rows RuleMarks::found(const Question &question)
{
    Rows rows;
    const TableData *table = question.document.table(question.table);
    const QueryContext context{
        {question.document.people(), question.locale, question.zone, question.nowMs}, question.me,
        Qt::Monday, &question.document, question.horizon};
    for (const Field &field : question.fields) {
        const Filter breaks{Filter::Kind::Test, {}, field.id, FilterOp::BreaksRules, {}, {}};
        if (const auto test = table ? compileFilter(breaks, *table, context) : never()) {
            rows.insert(field.id, matchingRows(*table, test.value()));
        }
    }
    return rows;
}

void RuleMarks::start()
{
    if (!m_next) {
        return;
    }
    const Question question = *std::exchange(m_next, std::nullopt);
    m_horizon = question.horizon;
    const TableData *table = question.document.table(question.table);
    if (!table || table->rowCount() < RowsForWorker) {
        return take(table ? found(question) : Rows());
    }
    m_isBusy = true;
    QElapsedTimer since;
    since.start();
    auto *watcher = new QFutureWatcher<Rows>(this);
    connect(watcher, &QFutureWatcher<Rows>::finished, this, [this, watcher, since] {
        m_isBusy = false;
        m_pause.start(int(since.elapsed()) * PauseFactor);
        take(watcher->result());
        watcher->deleteLater();
    });
    watcher->setFuture(QtConcurrent::run([question] { return found(question); }));
}

void RuleMarks::take(const Rows &rows)
{
    if (rows != m_rows) {
        m_rows = rows;
        Q_EMIT changed();
    }
}

QString warningText(const Error &broken)
{
    switch (broken.code) {
    case ErrorCode::MissingValue:
        return RuleMarks::tr("There should be a value");
    case ErrorCode::ValueTaken:
        return RuleMarks::tr("Another record has the same value");
    default:
        return localisedPhrase(broken.arguments.value(2));
    }
}

Document withField(const Document &document, TableId table, const Field &field)
{
    Document result = document;
    const TableData *data = document.table(table);
    Table definition = data ? data->definition() : Table();
    const auto found = std::find_if(definition.fields.begin(), definition.fields.end(),
        [&field](const Field &each) { return each.id == field.id; });
    if (found != definition.fields.end() && *found != field) {
        *found = field;
        result.writeTable(table).setDefinition(definition);
    }
    return result;
}

} // namespace casebase
