// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/CellFiles.h"

#include "app/record/SignatureDialog.h"
#include "app/widgets/Parts.h"
#include "shared/support/FileName.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeDatabase>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

namespace casebase {

CellFiles::CellFiles(const Theme &theme, Session &session, UndoStack &undo, HttpClient &http,
    Pictures &pictures, QWidget *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_session(session)
    , m_undo(undo)
    , m_http(http)
    , m_pictures(pictures)
    , m_parent(parent)
{
}

const Field *CellFiles::fieldOf(const Cell &cell) const
{
    const Document *document = m_session.document(cell.base);
    const TableData *table = document ? document->table(cell.table) : nullptr;
    return table && table->aliveRow(cell.record) ? table->definition().field(cell.field) : nullptr;
}

Attachments CellFiles::filesOf(const Cell &cell) const
{
    const Field *field = fieldOf(cell);
    if (!field) {
        return {};
    }
    const TableData &table = *m_session.document(cell.base)->table(cell.table);
    const Value value = table.value(*table.row(cell.record), *field);
    const auto *files = std::get_if<Attachments>(&value);
    return files ? *files : Attachments();
}

void CellFiles::write(const Cell &cell, const Attachments &files)
{
    const Attachments before = filesOf(cell);
    const CellEdit edit{cell.record, cell.field, files.isEmpty() ? Value() : Value(files),
        before.isEmpty() ? Value() : Value(before)};
    const auto done =
        m_undo.perform(cell.base, {EditCells{cell.table, {edit}, false}}, tr("Edit record"));
    if (!done) {
        Q_EMIT refused(done.error());
    }
}

void CellFiles::open(BaseId base, TableId table, RecordId record, FieldId fieldId)
{
    const Cell cell{base, table, record, fieldId};
    const Field *field = fieldOf(cell);
    if (!field) {
        return;
    }
    const Attachments files = filesOf(cell);
    const bool isSignature = field->kind == FieldKind::Signature;
    const Person *me = m_session.fieldContext(base).people.person(m_session.me());
    const bool mayEdit = me && me->role >= Role::Editor && !field->isComputed() && !field->isSystem;
    if (isSignature && files.isEmpty() && mayEdit) {
        return sign(cell);
    }
    auto *menu = new QMenu(m_parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Attachment &file : files) {
        QMenu *each = menu->addMenu(buttonText(file.name));
        if (Pictures::isPicture(file)) {
            each->addAction(tr("Show"), this, [this, file] { show(file); });
        }
        each->addAction(tr("Save as…"), this, [this, file] { save(file); });
        if (mayEdit) {
            each->addAction(tr("Remove"), this, [this, cell, file] {
                Attachments kept = filesOf(cell);
                kept.removeOne(file);
                write(cell, kept);
            });
        }
    }
    if (mayEdit && isSignature) {
        menu->addAction(m_theme.buttonIcon(QStringLiteral("signature")), tr("Sign again…"), this,
            [this, cell] { sign(cell); });
    } else if (mayEdit) {
        menu->addAction(m_theme.buttonIcon(QStringLiteral("plus")),
            field->kind == FieldKind::Image ? tr("Add a picture…") : tr("Attach a file…"), this,
            [this, cell] { pick(cell); });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("No files"))->setEnabled(false);
    }
    menu->popup(QCursor::pos());
}

void CellFiles::save(const Attachment &file)
{
    m_http.download(QStringLiteral("/api/attachments/") + file.id.text(), this,
        [this, file](const Result<QByteArray> &bytes) {
            if (!bytes) {
                Q_EMIT refused(bytes.error());
                return;
            }
            QFileDialog::saveFileContent(bytes.value(), safeFileName(file.name));
        });
}

/// As large as it is, or as the window allows.
void CellFiles::show(const Attachment &file)
{
    m_http.download(QStringLiteral("/api/attachments/") + file.id.text(), this,
        [this, file](const Result<QByteArray> &bytes) {
            const QImage image = bytes ? Pictures::decoded(bytes.value(), 4096) : QImage();
            if (!bytes || image.isNull()) {
                Q_EMIT refused(bytes
                        ? Error{ErrorCode::FileInvalid, {QStringLiteral("1"), file.name}, {}}
                        : bytes.error());
                return;
            }
            auto *dialog = new QDialog(m_parent);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setWindowTitle(file.name);
            auto *layout = new QVBoxLayout(dialog);
            layout->setContentsMargins(0, 0, 0, 0);
            auto *label = new QLabel;
            label->setStyleSheet(QStringLiteral("background: white"));
            label->setAlignment(Qt::AlignCenter);
            const QSize most = m_parent->window()->size() * 0.9;
            const QSize size =
                image.size().boundedTo(image.size().scaled(most, Qt::KeepAspectRatio));
            label->setPixmap(QPixmap::fromImage(
                image.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
            layout->addWidget(label);
            dialog->show();
        });
}

void CellFiles::pick(const Cell &cell)
{
    const Field *field = fieldOf(cell);
    const bool isImage = field && field->kind == FieldKind::Image;
    const QString path =
        QFileDialog::getOpenFileName(m_parent, isImage ? tr("Add a picture") : tr("Attach a file"),
            {}, isImage ? tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp *.bmp)") : QString());
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        return;
    }
    upload(cell, QFileInfo(path).fileName(), QMimeDatabase().mimeTypeForFile(path).name(),
        file.readAll());
}

void CellFiles::sign(const Cell &cell)
{
    const Field *field = fieldOf(cell);
    if (!field) {
        return;
    }
    auto *dialog = new SignatureDialog(m_theme, field->name, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, cell, dialog] {
        upload(cell, tr("Signature") + QStringLiteral(".png"), QStringLiteral("image/png"),
            dialog->png());
    });
    dialog->open();
}

void CellFiles::upload(
    const Cell &cell, const QString &name, const QString &type, const QByteArray &bytes)
{
    m_http.upload(QStringLiteral("/api/%1/attachments?name=%2")
                      .arg(cell.base.text(), QString::fromLatin1(QUrl::toPercentEncoding(name))),
        bytes, type, this, [this, cell](const Result<QJsonObject> &reply) {
            const Field *field = fieldOf(cell);
            if (!reply || !field) {
                Q_EMIT refused(reply ? Error{ErrorCode::UnknownRecord, {cell.record.text()}, {}}
                                     : reply.error());
                return;
            }
            const QJsonObject json = reply.value();
            // A signature takes the place of the one before.
            Attachments files = field->kind == FieldKind::Signature ? Attachments() : filesOf(cell);
            files += Attachment{
                FileId::fromText(json.value(QLatin1String("id")).toString()).value_or(FileId()),
                json.value(QLatin1String("filename")).toString(),
                json.value(QLatin1String("size")).toInteger(),
                json.value(QLatin1String("type")).toString()};
            write(cell, files);
        });
}

} // namespace casebase
