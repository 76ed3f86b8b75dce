// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/ButtonPress.h"

#include "shared/document/Press.h"
#include "shared/field/UrlField.h"

#include <QCoreApplication>
#include <QDesktopServices>

namespace casebase {

namespace {

QString labelOf(const Field &button)
{
    return button.button.label.isEmpty() ? button.name : button.button.label;
}

} // namespace

bool isButtonOffered(
    const Session &session, BaseId base, TableId table, RecordId record, const Field &button)
{
    const Document *document = session.document(base);
    return document
        && isOffered(*document, table, record, button.id, session.me(), session.formulaContext());
}

Done pressButton(Session &session, UndoStack &undo, BaseId base, TableId table, RecordId record,
    const Field &button)
{
    const Document *document = session.document(base);
    if (!document) {
        return Error{ErrorCode::UnknownTable, {table.text()}, {}};
    }
    TRY_SET(const Pressed pressed,
        press(*document, table, record, button.id, session.me(), session.ids().next<InstanceId>(),
            session.typingContext(base), session.formulaContext()));
    if (const auto *link = std::get_if<QString>(&pressed)) {
        const QUrl url = linkTarget(FieldKind::Url, *link);
        if (url.isEmpty()) {
            return wrongType(
                button, *link, QStringLiteral("a link such as https://example.com/page"));
        }
        QDesktopServices::openUrl(url);
        return Ok;
    }
    const auto &request = std::get<Request>(pressed);
    if (const auto *edit = std::get_if<Edit>(&request)) {
        TRY(undo.perform(base, edit->operations, labelOf(button)));
    } else {
        TRY(session.submit(base, request));
    }
    return Ok;
}

} // namespace casebase
