// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/support/Progress.h"

#include <QObject>
#include <QTimeZone>

namespace casebase {

/// A field that is to become another kind.
struct ChangeQuestion {
    TableData table;
    Document document; ///< Where links may lead.
    Field from;
    Field to;
    People people;
    QTimeZone zone;
    bool makesMissing = false; ///< Records are made for names that none has.
    std::shared_ptr<Progress> progress = nullptr; ///< Of the looking; may be null.
};

/// What would become of the values of the field.
struct ChangePreview {
    qsizetype converted = 0;
    qsizetype lost = 0;
    QStringList missing; ///< Names that become links, and that no record has; each once.
};

/// Looks through all records; on any thread.
ChangePreview previewOf(const ChangeQuestion &question);

/// Finds out what changes would come to, one at a time: at once for tables that are not large, in
/// the background for others.
class ChangePreviewer final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Answers with found(); a question that is still being looked at is forgotten.
    void ask(const ChangeQuestion &question);
    void cancel();
    bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void found(const casebase::ChangePreview &preview);

private:
    quint64 m_generation = 0;
    bool m_isBusy = false;
};

} // namespace casebase
