// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/PlanRules.h"
#include "shared/query/Match.h"

#include <QObject>
#include <QTimer>

namespace casebase {

/// Which values of a table break the rules of their fields. Large tables are looked through on a
/// worker, and not all the time while they change.
class RuleMarks final : public QObject {
    Q_OBJECT
public:
    explicit RuleMarks(QObject *parent = nullptr);

    /// Looks at these fields of the table as it is in the document; changed() tells if the answer
    /// is another one. Keeps the document until it has looked.
    void look(const Document &document, TableId table, const QList<Field> &fields, UserId me,
        const FieldContext &context);
    bool isMarked(FieldId field, Row row) const;
    /// The rows that break the rules of the field, as they stand in the table.
    std::vector<Row> rows(FieldId field) const { return m_rows.value(field); }
    /// Until when time alone changes nothing in them.
    qint64 holdsUntilMs() const { return m_horizon ? m_horizon->ms() : Horizon::Never; }

Q_SIGNALS:
    void changed();

private:
    using Rows = QHash<FieldId, std::vector<Row>>;
    struct Question {
        Document document;
        TableId table;
        QList<Field> fields;
        UserId me;
        QLocale locale;
        QTimeZone zone;
        qint64 nowMs = 0;
        std::shared_ptr<Horizon> horizon;
    };
    static Rows found(const Question &question);
    void start();
    void take(const Rows &rows);

    std::optional<Question> m_next; ///< To be looked at.
    std::shared_ptr<Horizon> m_horizon; ///< Of the last look.
    Rows m_rows;
    QTimer m_pause; ///< After a look that took long.
    bool m_isBusy = false;
};

/// What is wrong with the value, which is there all the same.
QString warningText(const Error &broken);

/// The document with that field instead of its own; the same one if it has it like this.
Document withField(const Document &document, TableId table, const Field &field);

} // namespace casebase
