// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/LinkEditor.h"

#include "app/fields/CellPainter.h"
#include "app/widgets/Paint.h"

namespace casebase {

namespace {

constexpr int RecordRole = EntryDelegate::FirstRole; ///< Empty: the offer to make one.
constexpr int DetailRole = EntryDelegate::FirstRole + 1;
constexpr qsizetype MostChosen = 200; ///< Of more, the others are there when searched for.

/// The title and what else the record says; or the offer to make one.
class LinkDelegate final : public EntryDelegate {
public:
    using EntryDelegate::EntryDelegate;

protected:
    void paintEntry(QPainter &painter, const QRect &rect, const QModelIndex &index) const override
    {
        const QFont font = theme().font(TextSize::Body);
        const QString title = index.data().toString();
        if (index.data(RecordRole).toString().isEmpty()) {
            paintIcon(painter, theme(), QRect(rect.left(), rect.center().y() - 7, 14, 14),
                QStringLiteral("plus"), theme().colour(Tone::Accent));
            painter.setPen(theme().colour(Tone::Accent));
            paintLine(painter, rect.adjusted(22, 0, 0, 0), title, font);
            return;
        }
        painter.setPen(theme().colour(Tone::Text));
        paintLine(painter, rect, title, font);
        const QRect beside =
            rect.adjusted(std::min(lineWidth(title, font), rect.width()) + 12, 0, 0, 0);
        if (beside.width() > 40) {
            painter.setPen(theme().colour(Tone::Text2));
            paintLine(painter, beside, index.data(DetailRole).toString(),
                theme().font(TextSize::Small), Qt::AlignRight);
        }
    }
};

} // namespace

LinkEditor::LinkEditor(
    const Theme &theme, LinkChoices *choices, const Value &value, QWidget *parent)
    : ListEditor(choices->field().name, !choices->field().link.isSingle, parent)
    , m_choices(*choices)
    , m_links(std::get_if<Links>(&value) ? std::get<Links>(value) : Links())
{
    choices->setParent(this);
    search()->setPlaceholderText(FieldEditor::tr("Find or make a record"));
    list()->setItemDelegate(new LinkDelegate(theme, list()));
    connect(choices, &LinkChoices::found, this, &LinkEditor::show);
    fill();
    setMinimumSize(200, 34 + 28 * 8);
}

Result<Value> LinkEditor::value() const
{
    return m_links.isEmpty() ? Value() : Value(m_links);
}

QList<Operation> LinkEditor::preparations() const
{
    QList<NewRecord> made = m_made;
    made.removeIf([this](const NewRecord &record) { return !isChosen(record.id); });
    return made.isEmpty() ? QList<Operation>()
                          : QList<Operation>{CreateRecords{m_choices.field().link.table, made}};
}

bool LinkEditor::isChosen(RecordId record) const
{
    return std::any_of(m_links.cbegin(), m_links.cend(),
        [record](const Link &link) { return link.record == record; });
}

void LinkEditor::fill()
{
    m_choices.search(needle());
}

void LinkEditor::addEntry(const LinkChoice &choice)
{
    auto *item = new QListWidgetItem(CellPainter::linkTitle(choice.link), list());
    item->setData(RecordRole, choice.link.record.text());
    item->setData(DetailRole, choice.detail);
    item->setData(EntryDelegate::ChosenRole, isChosen(choice.link.record));
}

void LinkEditor::show(const QList<LinkChoice> &found)
{
    list()->clear();
    const QString wanted = needle();
    bool isKnown = wanted.isEmpty();
    for (qsizetype i = 0; wanted.isEmpty() && i < std::min(m_links.size(), MostChosen); ++i) {
        addEntry(m_choices.choice(m_links[i]));
    }
    for (const LinkChoice &choice : found) {
        isKnown = isKnown || choice.link.title.compare(wanted, Qt::CaseInsensitive) == 0;
        if (!wanted.isEmpty() || !isChosen(choice.link.record)) {
            addEntry(choice);
        }
    }
    if (!isKnown && m_choices.newRecord(wanted)) {
        const QString offer =
            m_choices.asksForMore() ? FieldEditor::tr("Make “%1”…") : FieldEditor::tr("Make “%1”");
        new QListWidgetItem(offer.arg(wanted), list());
    }
    list()->setCurrentRow(0);
    filled();
}

void LinkEditor::choose(QListWidgetItem *item)
{
    const auto record = RecordId::fromText(item->data(RecordRole).toString());
    if (!record && m_choices.asksForMore() && !m_choices.named(needle())) {
        if (const auto begun = m_choices.newRecord(needle())) {
            Q_EMIT recordWanted(*begun);
            return;
        }
    }
    const Links links = record ? Links{{*record, item->text()}} : typed();
    if (!isMultiple()) {
        m_links = links;
        Q_EMIT committed(Step::Stay);
        return;
    }
    if (record && isChosen(*record)) {
        m_links.removeIf([&](const Link &link) { return link.record == *record; });
    } else {
        std::copy_if(links.cbegin(), links.cend(), std::back_inserter(m_links),
            [this](const Link &link) { return !isChosen(link.record); });
    }
    const int row = list()->row(item);
    if (search()->text().isEmpty()) {
        fill();
        list()->setCurrentRow(std::min(row, list()->count() - 1));
    } else {
        search()->clear(); // Ready for the next name.
    }
}

/// What has been typed: names of records, parted by commas, as they are pasted; else the name of a
/// new one.
Links LinkEditor::typed()
{
    const auto known = m_choices.named(needle());
    if (known) {
        return std::get<Links>(known.value());
    }
    const auto made = m_choices.newRecord(needle());
    if (!made || m_choices.asksForMore()) {
        return {};
    }
    m_made += *made;
    return {{made->id, needle()}};
}

} // namespace casebase
