// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/ChangePreview.h"

#include "shared/document/Convert.h"
#include "shared/document/TitleFinder.h"
#include "shared/field/SelectFields.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace casebase {

namespace {

constexpr Row RowsForWorker = 20000;

/// Knows names, too, of records that are yet to be made.
class LargerFinder final : public LinkFinder {
public:
    LargerFinder(std::shared_ptr<const LinkFinder> known, const QStringList &others)
        : m_known(std::move(known))
    {
        for (const QString &each : others) {
            m_others.insert(each.toLower(), RecordId(IdBits{1, quint64(m_others.size()) + 1}));
        }
    }

    std::optional<RecordId> find(const LinkOptions &link, const QString &title) const override
    {
        const auto known = m_known->find(link, title);
        const auto other = m_others.constFind(title.toLower());
        return known || other == m_others.cend() ? known : std::optional(*other);
    }

private:
    std::shared_ptr<const LinkFinder> m_known;
    QHash<QString, RecordId> m_others;
};

/// The words in the cells that no record of the other table is called; none where titles are not
/// typed.
QStringList unknownNames(const ChangeQuestion &question, const LinkFinder &finder)
{
    const TableData *far = question.document.table(question.to.link.table);
    const Field *primary = far ? far->definition().titleField(question.to.link.shown) : nullptr;
    if (!primary || primary->isComputed() || primary->isSystem
        || primary->kind == FieldKind::Links) {
        return {};
    }
    const FieldContext context{question.people, QLocale()};
    QStringList names;
    QSet<QString> seen;
    for (Row row = 0; row < question.table.rowCount(); ++row) {
        const Value value =
            question.table.isAlive(row) ? question.table.value(row, question.from) : Value();
        if (isEmpty(value) || isFault(value)) {
            continue;
        }
        const QString whole =
            fieldType(question.from.kind).format(value, question.from, context).simplified();
        const bool isOneName =
            question.to.link.isSingle || finder.find(question.to.link, whole).has_value();
        for (const QString &name : isOneName ? QStringList{whole} : splitNames(whole)) {
            if (!seen.contains(name.toLower()) && !finder.find(question.to.link, name).has_value()
                && fieldType(primary->kind).parse(name, *primary, context)) {
                seen.insert(name.toLower());
                names += name;
            }
        }
    }
    return names;
}

} // namespace

ChangePreview previewOf(const ChangeQuestion &question)
{
    ChangePreview preview;
    if (question.progress) {
        question.progress->restart();
        question.progress->begin(1, question.table.rowCount());
    }
    const auto finder = std::make_shared<TitleFinder>(question.document);
    if (question.to.kind == FieldKind::Links && question.from.kind != FieldKind::Links) {
        preview.missing = unknownNames(question, *finder);
    }
    const FieldContext context{question.people, QLocale(), question.zone, 0,
        std::make_shared<LargerFinder>(
            finder, question.makesMissing ? preview.missing : QStringList())};
    const Conversion conversion =
        convertField(question.table, question.from, question.to, context, question.progress.get());
    preview.converted = conversion.converted;
    preview.lost = conversion.lost.size();
    return preview;
}

void ChangePreviewer::ask(const ChangeQuestion &question)
{
    const quint64 generation = ++m_generation;
    if (question.table.rowCount() < RowsForWorker) {
        m_isBusy = false;
        Q_EMIT found(previewOf(question));
        return;
    }
    m_isBusy = true;
    auto *watcher = new QFutureWatcher<ChangePreview>(this);
    connect(watcher, &QFutureWatcher<ChangePreview>::finished, this, [this, watcher, generation] {
        if (generation == m_generation) {
            m_isBusy = false;
            Q_EMIT found(watcher->result());
        }
        watcher->deleteLater();
    });
    watcher->setFuture(QtConcurrent::run([question] { return previewOf(question); }));
}

void ChangePreviewer::cancel()
{
    ++m_generation;
    m_isBusy = false;
}

} // namespace casebase
