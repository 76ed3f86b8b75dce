// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/Pictures.h"
#include "app/model/UndoStack.h"
#include "app/theme/Theme.h"

#include <QPointer>

class QWidget;

namespace casebase {

/// The files of a cell: saved, removed, added, looked at; and signatures, which are drawn.
class CellFiles final : public QObject {
    Q_OBJECT
public:
    CellFiles(const Theme &theme, Session &session, UndoStack &undo, HttpClient &http,
        Pictures &pictures, QWidget *parent);

    /// Offers what can be done with the files of the cell, at the pointer.
    void open(BaseId base, TableId table, RecordId record, FieldId field);

Q_SIGNALS:
    void refused(const Error &error);

private:
    struct Cell {
        BaseId base;
        TableId table;
        RecordId record;
        FieldId field;
    };
    const Field *fieldOf(const Cell &cell) const;
    Attachments filesOf(const Cell &cell) const;
    void save(const Attachment &file);
    void show(const Attachment &file);
    void pick(const Cell &cell);
    void sign(const Cell &cell);
    void upload(
        const Cell &cell, const QString &name, const QString &type, const QByteArray &bytes);
    void write(const Cell &cell, const Attachments &files);

    const Theme &m_theme;
    Session &m_session;
    UndoStack &m_undo;
    HttpClient &m_http;
    Pictures &m_pictures;
    QWidget *m_parent;
};

} // namespace casebase
