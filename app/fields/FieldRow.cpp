// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/FieldRow.h"

#include "app/fields/BarcodePicture.h"
#include "app/fields/Markdown.h"
#include "app/model/Pictures.h"
#include "app/widgets/Paint.h"
#include "app/widgets/Parts.h"
#include "shared/field/SelectFields.h"
#include "shared/support/ErrorText.h"

#include <QAbstractTextDocumentLayout>
#include <QDateTime>
#include <QDesktopServices>
#include <QKeyEvent>
#include <QTextDocument>

namespace casebase {

namespace {

constexpr int LabelWidth = 112;
constexpr int LineHeight = 32;
constexpr int MostHeight = 400;
constexpr int ItemHeight = 24;
constexpr QSize CodeSize(220, 116); ///< Of a barcode, at most.
constexpr int PictureHeight = 100;
constexpr qsizetype MostLinks = 24; ///< Shown as boxes; of others it says how many.

} // namespace

FieldRow::FieldRow(const Theme &theme, const Field &field, bool isEditable, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_cells(theme)
    , m_field(field)
    , m_isEditable(isEditable)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(field.name);
    updateTip();
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FieldRow::setValue(const Value &value, const FieldContext &context)
{
    m_people = context.people;
    const bool mayBeCalledOtherwise = m_field.kind == FieldKind::Links;
    if (!m_editor && (m_value != value || mayBeCalledOtherwise)) {
        m_value = value;
        m_refused.clear();
        updateGeometry();
        updateTip();
    }
    setAccessibleDescription(fieldType(m_field.kind).format(m_value, m_field, context));
    update();
}

void FieldRow::setLinkChoices(const std::function<LinkChoices *()> &newChoices)
{
    m_newChoices = newChoices;
    setMouseTracking(true); // Over a box the pointer says that it opens.
}

void FieldRow::setPictures(Pictures *pictures)
{
    m_cells.setPictures(pictures);
    if (isFiles() && pictures) {
        connect(pictures, &Pictures::loaded, this, qOverload<>(&QWidget::update));
    }
}

void FieldRow::setOffered(bool isOffered)
{
    m_isOffered = isOffered;
    update();
}

Checklist FieldRow::checklist() const
{
    const auto *text = std::get_if<QString>(&m_value);
    return text && m_field.kind == FieldKind::Checklist ? checklistItems(*text) : Checklist();
}

QList<QRect> FieldRow::checklistBoxes() const
{
    QList<QRect> boxes;
    const QRect rect = valueRect();
    for (qsizetype i = 0; i < checklist().size(); ++i) {
        boxes += QRect(rect.left() + 8, rect.top() + 4 + int(i) * ItemHeight + 4, 15, 15);
    }
    return boxes;
}

void FieldRow::paintChecklist(QPainter &painter) const
{
    const Checklist items = checklist();
    const QList<QRect> boxes = checklistBoxes();
    QFont font = m_theme.font(TextSize::Body);
    for (qsizetype i = 0; i < items.size(); ++i) {
        const bool isDone = items[i].isDone;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(isDone ? Qt::NoPen : QPen(m_theme.colour(Tone::LineStrong)));
        painter.setBrush(isDone ? QBrush(m_theme.colour(Tone::Accent)) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(boxes[i]).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.restore();
        if (isDone) {
            paintIcon(painter, m_theme, boxes[i].adjusted(1, 1, -1, -1), QStringLiteral("check"),
                m_theme.colour(Tone::OnAccent));
        }
        painter.setPen(m_theme.colour(isDone ? Tone::Text3 : Tone::Text));
        const QRect line(boxes[i].right() + 8, boxes[i].top() - 4,
            valueRect().right() - boxes[i].right() - 16 - lockWidth(), ItemHeight);
        paintLine(painter, line, items[i].text, font);
    }
}

/// A click on a box ticks it, or takes the tick away.
bool FieldRow::tickAt(const QPoint &at)
{
    const QList<QRect> boxes = checklistBoxes();
    for (qsizetype i = 0; m_isEditable && !m_editor && i < boxes.size(); ++i) {
        if (boxes[i].adjusted(-4, -4, 4, 4).contains(at)) {
            Checklist items = checklist();
            items[i].isDone = !items[i].isDone;
            take(Value(checklistText(items)));
            return true;
        }
    }
    return false;
}

/// What is drawn larger below the line: a code, or pictures. 0 if there is nothing.
int FieldRow::blockHeight() const
{
    if (m_editor || isEmpty(m_value)) {
        return 0;
    }
    if (m_field.kind == FieldKind::Barcode) {
        return int(code().deviceIndependentSize().height());
    }
    const auto *files = std::get_if<Attachments>(&m_value);
    return files && std::all_of(files->cbegin(), files->cend(), Pictures::isPicture) ? PictureHeight
                                                                                     : 0;
}

QRect FieldRow::blockRect() const
{
    const QRect rect = valueRect();
    return m_field.kind == FieldKind::Barcode ? rect.adjusted(8, LineHeight - 2, -8, -6)
                                              : rect.adjusted(8, 2, -8, -2);
}

void FieldRow::paintBlock(QPainter &painter) const
{
    const QRect rect = blockRect();
    if (m_field.kind != FieldKind::Barcode) {
        return m_cells.paint(
            painter, rect.adjusted(-8, 0, 8, 0), m_value, m_field, {m_people, QLocale()});
    }
    m_cells.paint(painter, QRect(valueRect().topLeft(), QSize(valueRect().width(), LineHeight - 4)),
        m_value, m_field, {m_people, QLocale()});
    painter.drawPixmap(rect.topLeft(), code());
}

QPixmap FieldRow::code() const
{
    const auto *text = std::get_if<QString>(&m_value);
    return text ? barcodePicture(*text, m_field.barcode, CodeSize, devicePixelRatioF()) : QPixmap();
}

void FieldRow::setParentValue(const Value &value)
{
    m_parentValue = value;
}

void FieldRow::setRefused(const QString &sentence)
{
    m_refused = sentence;
    updateGeometry();
    update();
}

void FieldRow::setWarning(const QString &sentence)
{
    if (sentence != m_warning) {
        m_warning = sentence;
        updateGeometry();
        update();
    }
}

QString FieldRow::longText(int width) const
{
    const auto *text = std::get_if<QString>(&m_value);
    const auto isLong = [&] {
        return link().isEmpty()
            && lineWidth(*text, m_theme.font(TextSize::Body))
            > width - LabelWidth - 18 - lockWidth();
    };
    const bool isText = text && m_field.kind != FieldKind::Checklist
        && m_field.kind != FieldKind::Barcode && m_field.kind != FieldKind::Sensitive;
    return isText && (m_field.kind == FieldKind::MultilineText || isLong()) ? *text : QString();
}

QRect FieldRow::valueRect() const
{
    return QRect(LabelWidth, 2, width() - LabelWidth - 2, height() - 4 - noteHeight(width()));
}

/// How much it needs below the value.
int FieldRow::noteHeight(int width) const
{
    if (note().isEmpty()) {
        return 0;
    }
    const QRect area(0, 0, width - LabelWidth - 4, 4000);
    return QFontMetrics(m_theme.font(TextSize::Small))
               .boundingRect(area, Qt::TextWordWrap, note())
               .height()
        + 4;
}

/// Of the sign that the value cannot be edited.
int FieldRow::lockWidth() const
{
    return m_isEditable ? 0 : 20;
}

/// Where the sign stands that opens the link.
QRect FieldRow::linkRect() const
{
    const QRect value = valueRect();
    return QRect(value.right() - 28, value.top(), 28, LineHeight - 4);
}

QUrl FieldRow::link() const
{
    return CellPainter::link(m_value, m_field);
}

Links FieldRow::links() const
{
    const auto *links = std::get_if<Links>(&m_value);
    return links ? links->mid(0, MostLinks) : Links();
}

QRect FieldRow::linksRect() const
{
    return valueRect().adjusted(8, 4, -8, -4);
}

void FieldRow::paintLinks(QPainter &painter) const
{
    const Links shown = links();
    const QList<QRect> boxes = m_cells.linkBoxes(linksRect(), shown, true);
    for (qsizetype i = 0; i < shown.size(); ++i) {
        m_cells.paintLinkBox(painter, boxes[i], shown[i], {});
    }
    const qsizetype others = std::get<Links>(m_value).size() - shown.size();
    if (others > 0) {
        painter.setFont(m_theme.font(TextSize::Small));
        painter.setPen(m_theme.colour(Tone::Text2));
        painter.drawText(
            linksRect().adjusted(0, boxes.last().bottom() + 4 - linksRect().top(), 0, 0),
            Qt::AlignTop, tr("and %n more", nullptr, int(others)));
    }
}

RecordId FieldRow::linkedAt(const QPoint &at) const
{
    const Links shown = links();
    const QList<QRect> boxes = m_cells.linkBoxes(linksRect(), shown, true);
    for (qsizetype i = 0; i < shown.size(); ++i) {
        if (boxes[i].contains(at)) {
            return shown[i].record;
        }
    }
    return {};
}

QSize FieldRow::sizeHint() const
{
    return {320, heightForWidth(std::max(320, width()))};
}

int FieldRow::heightForWidth(int width) const
{
    int height = LineHeight;
    if (m_editor) {
        height = std::max(height, m_editor->minimumHeight() + 4);
    } else if (isRich()) {
        const auto text =
            readable(std::get<QString>(m_value), m_theme, width - LabelWidth - 20 - lockWidth());
        height = std::clamp(int(text->size().height()) + 14, LineHeight, MostHeight);
    } else if (const qsizetype items = checklist().size()) {
        height = std::max(height, int(items) * ItemHeight + 12);
    } else if (blockHeight() > 0) {
        height = m_field.kind == FieldKind::Barcode ? LineHeight + blockHeight() + 10
                                                    : std::max(height, blockHeight() + 8);
    } else if (const Links shown = links(); !shown.isEmpty()) {
        const QRect area(0, 0, width - LabelWidth - 2 - 16, 0);
        const bool hasMore = std::get<Links>(m_value).size() > shown.size();
        height = std::max(height,
            m_cells.linkBoxes(area, shown, true).last().bottom() + 1 + 12 + (hasMore ? 20 : 0));
    } else if (!longText(width).isEmpty()) {
        const QRect area(0, 0, width - LabelWidth - 20 - lockWidth(), 4000);
        const int needed = QFontMetrics(m_theme.font(TextSize::Body))
                               .boundingRect(area, Qt::TextWordWrap, longText(width).left(4000))
                               .height();
        height = std::clamp(needed + 14, LineHeight, MostHeight);
    }
    return height + noteHeight(width);
}

void FieldRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintIcon(painter, m_theme, QRect(0, 9, 14, 14), CellPainter::icon(m_field),
        m_theme.colour(Tone::Text2));
    const QFont font = m_theme.font(TextSize::Body);
    painter.setFont(font);
    painter.setPen(m_theme.colour(Tone::Text2));
    const bool isAsked = m_isEditable && m_field.rules.isRequired && !m_field.rules.onlyWarns;
    const QRect label(22, 0, LabelWidth - (isAsked ? 38 : 28), LineHeight);
    paintLine(painter, label, m_field.name, font);
    if (isAsked) {
        painter.setPen(m_theme.colour(Tone::Danger));
        const int taken = std::min(lineWidth(m_field.name, font), label.width());
        painter.drawText(label.translated(taken + 3, 0), Qt::AlignVCenter, QStringLiteral("*"));
    }
    const QRect rect = valueRect();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isButton = m_field.kind == FieldKind::Button;
    if ((m_isEditable && !isButton) || hasFocus()) {
        const bool isFocused = hasFocus();
        painter.setPen(QPen(m_theme.colour(!m_refused.isEmpty() ? Tone::Danger
                                    : isFocused                 ? Tone::Accent
                                                                : Tone::LineStrong),
            isFocused ? 2 : 1));
        painter.setBrush(m_isEditable ? m_theme.colour(Tone::Surface) : QColor(Qt::transparent));
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (isRich()) {
        const QRect area = rect.adjusted(8, 5, -8 - lockWidth(), -5);
        const auto text = readable(std::get<QString>(m_value), m_theme, area.width());
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, m_theme.colour(Tone::Text));
        context.palette.setColor(QPalette::Link, m_theme.colour(Tone::Accent));
        painter.save();
        painter.setClipRect(area);
        painter.translate(area.topLeft());
        text->documentLayout()->draw(&painter, context);
        painter.restore();
    } else if (isButton) {
        m_cells.paintButton(painter, rect.adjusted(-4, 0, 0, 0), m_field, m_isOffered);
    } else if (!checklist().isEmpty()) {
        paintChecklist(painter);
    } else if (blockHeight() > 0) {
        paintBlock(painter);
    } else if (!longText(width()).isEmpty()) {
        painter.setPen(m_theme.colour(Tone::Text));
        painter.drawText(rect.adjusted(8, 5, -8 - lockWidth(), -5), Qt::TextWordWrap,
            longText(width()).left(4000));
    } else if (!links().isEmpty()) {
        paintLinks(painter);
    } else if (m_field.kind == FieldKind::Checkbox) {
        m_cells.paint(painter, QRect(rect.left(), rect.top(), 30, rect.height()), m_value, m_field,
            {m_people});
    } else {
        const bool hasSign = !link().isEmpty() || isHidden();
        QRect area = hasSign ? rect.adjusted(0, 0, -linkRect().width(), 0) : rect;
        if (CellPainter::isRightAligned(m_field.kind)) {
            // Numbers stand at the left on a card, beside their name.
            const int width = QFontMetrics(font).horizontalAdvance(
                fieldType(m_field.kind).format(m_value, m_field, {m_people, QLocale()}));
            area.setWidth(std::min(area.width(), width + 17 + CellPainter::shapeWidth(m_field)));
        }
        m_cells.paint(painter, area, m_value, m_field,
            {m_people, QLocale(), QTimeZone::systemTimeZone(),
                QDateTime::currentMSecsSinceEpoch()});
    }
    if (!link().isEmpty() || (isHidden() && !m_editor)) {
        const QString icon = isHidden()      ? QStringLiteral("eye")
            : m_field.kind == FieldKind::Url ? QStringLiteral("share")
                                             : CellPainter::icon(m_field);
        paintIcon(painter, m_theme, QRect(linkRect().center() - QPoint(7, 7), QSize(14, 14)), icon,
            m_theme.colour(Tone::Accent));
    } else if (!m_isEditable && !isButton) {
        paintIcon(painter, m_theme, QRect(rect.right() - 18, 10, 12, 12), QStringLiteral("lock"),
            m_theme.colour(Tone::Text3));
    }
    if (!note().isEmpty()) {
        painter.setFont(m_theme.font(TextSize::Small));
        painter.setPen(m_theme.colour(m_refused.isEmpty() ? Tone::Warning : Tone::Danger));
        painter.drawText(
            QRect(LabelWidth + 2, rect.bottom() + 3, rect.width() - 2, noteHeight(width())),
            Qt::TextWordWrap, note());
    }
}

void FieldRow::edit()
{
    if (m_field.kind == FieldKind::Button) {
        Q_EMIT pressed(m_field.id);
        return;
    }
    if (!m_isEditable || m_editor) {
        return;
    }
    if (m_field.kind == FieldKind::Checkbox) {
        Q_EMIT edited(m_field.id, m_value, isEmpty(m_value) ? Value(true) : Value());
        return;
    }
    if (isFiles()) {
        Q_EMIT filesClicked(m_field.id);
        return;
    }
    Field choosable = m_field;
    choosable.options = choosableOptions(m_field, m_value, m_parentValue);
    m_editor = newFieldEditor(m_theme, choosable, m_value,
        {m_people, QLocale(), QTimeZone::systemTimeZone(), QDateTime::currentMSecsSinceEpoch()},
        m_newChoices ? m_newChoices() : nullptr, this);
    connect(m_editor, &FieldEditor::committed, this, [this](FieldEditor::Step step) {
        finish(true);
        if (!m_editor && step == FieldEditor::Step::Next) {
            focusNextChild();
        }
    });
    connect(m_editor, &FieldEditor::cancelled, this, [this] { finish(false); });
    connect(m_editor, &FieldEditor::recordWanted, this, [this](const NewRecord &begun) {
        finish(true);
        Q_EMIT recordWanted(m_field.id, begun);
    });
    updateGeometry();
    m_editor->setGeometry(valueRect());
    m_editor->show();
    m_editor->setFocus();
}

void FieldRow::finishEditing()
{
    if (m_editor) {
        finish(true);
    }
}

void FieldRow::finish(bool keep)
{
    const auto value = m_editor->value();
    if (keep && !value) {
        setRefused(localisedSentence(value.error()));
        return;
    }
    const QList<Operation> preparations = m_editor->preparations();
    const QList<FieldValue> besides = m_editor->besides();
    FieldEditor *editor = std::exchange(m_editor, nullptr);
    editor->hide();
    editor->deleteLater();
    m_refused.clear();
    updateGeometry();
    setFocus();
    if (keep) {
        take(value.value(), preparations, besides);
    }
    update();
}

void FieldRow::take(
    const Value &value, const QList<Operation> &preparations, const QList<FieldValue> &besides)
{
    if (value != m_value) {
        const Value before = std::exchange(m_value, value);
        updateTip();
        Q_EMIT edited(m_field.id, before, m_value, preparations, besides);
    }
    update();
}

/// What would be opened, before it is; else what the field is for.
void FieldRow::updateTip()
{
    const QString reveals = isHidden() ? tr("The eye, or Ctrl+Enter, shows all of it.") : QString();
    setTip(this,
        !link().isEmpty()                   ? link().toDisplayString()
            : m_field.description.isEmpty() ? reveals
                                            : m_field.description + u'\n' + reveals);
}

void FieldRow::openLink()
{
    QDesktopServices::openUrl(link());
}

void FieldRow::rate(int rating)
{
    take(rating > 0 ? Value(double(rating)) : Value());
}

void FieldRow::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (isFiles()) {
        Q_EMIT filesClicked(m_field.id);
    } else if (tickAt(at)) {
        return;
    } else if (m_field.kind == FieldKind::Button
        && !m_cells.buttonRect(valueRect().adjusted(-4, 0, 0, 0), m_field).contains(at)) {
        return;
    } else if (isHidden() && linkRect().contains(at)) {
        Q_EMIT revealWanted(m_field.id);
    } else if (!link().isEmpty() && linkRect().contains(at)) {
        openLink();
    } else if (const RecordId linked = linkedAt(at); !linked.isNull()) {
        Q_EMIT recordClicked(m_field.link.table, linked);
    } else if (const int rating = m_isEditable && m_field.kind == FieldKind::Rating
            ? CellPainter::ratingAt(valueRect(), m_field, at)
            : 0) {
        rate(m_value == Value(double(rating)) ? 0 : rating); // The same sign takes it back.
    } else {
        edit();
    }
}

void FieldRow::mouseMoveEvent(QMouseEvent *event)
{
    const bool opens = !linkedAt(event->position().toPoint()).isNull();
    setCursor(opens ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void FieldRow::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    const bool isDigit = key >= Qt::Key_0 && key <= Qt::Key_9;
    if (isDigit && m_isEditable && m_field.kind == FieldKind::Rating) {
        rate(std::min(key - int(Qt::Key_0), m_field.maximum));
    } else if ((key == Qt::Key_Return || key == Qt::Key_Enter)
        && (event->modifiers() & Qt::ControlModifier) && isHidden()) {
        Q_EMIT revealWanted(m_field.id);
    } else if (key == Qt::Key_Delete && m_isEditable && isHidden()) {
        take({}); // Its editor begins empty, and empty means that nothing changes.
    } else if ((key == Qt::Key_Return || key == Qt::Key_Enter)
        && (event->modifiers() & Qt::ControlModifier) && !link().isEmpty()) {
        openLink();
    } else if ((key == Qt::Key_Return || key == Qt::Key_Enter)
        && (event->modifiers() & Qt::ControlModifier) && !links().isEmpty()) {
        Q_EMIT recordClicked(m_field.link.table, links().first().record);
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_F2
        || key == Qt::Key_Space) {
        edit();
    } else if (key == Qt::Key_Down) {
        focusNextChild();
    } else if (key == Qt::Key_Up) {
        focusPreviousChild();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void FieldRow::resizeEvent(QResizeEvent *)
{
    if (m_editor) {
        m_editor->setGeometry(valueRect());
    }
}

void FieldRow::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void FieldRow::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace casebase
