// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/CellPainter.h"

#include "app/fields/Markdown.h"
#include "app/fields/RatingShape.h"
#include "app/model/Pictures.h"
#include "app/widgets/Paint.h"
#include "shared/field/ChecklistField.h"
#include "shared/field/UrlField.h"

#include <QCoreApplication>

namespace casebase {

namespace {

constexpr int Padding = 8;
constexpr int Gap = 6;
constexpr int BoxPadding = 6;
constexpr int BoxHeight = 21;
constexpr int RatingSize = 15;
constexpr int RingSize = 18;
constexpr int ProgressTextWidth = 40;

/// Signs stand closer together where there is little room.
int ratingStep(const QRect &inner, const Field &field)
{
    return std::clamp(inner.width() / std::max(1, field.maximum), 6, RatingSize + 2);
}

bool isLink(FieldKind kind)
{
    return kind == FieldKind::Email || kind == FieldKind::Url || kind == FieldKind::PhoneNumber;
}

} // namespace

QString CellPainter::icon(const Field &field)
{
    if (field.isSystem) {
        return QStringLiteral("workflow");
    }
    if (!field.formula.isEmpty()) {
        return QStringLiteral("formula");
    }
    switch (field.kind) {
    case FieldKind::SingleLineText:
        return QStringLiteral("text");
    case FieldKind::MultilineText:
        return QStringLiteral("long-text");
    case FieldKind::Number:
        return QStringLiteral("number");
    case FieldKind::Checkbox:
        return QStringLiteral("checkbox");
    case FieldKind::SingleSelect:
        return QStringLiteral("select");
    case FieldKind::MultipleSelects:
        return QStringLiteral("multi-select");
    case FieldKind::State:
        return QStringLiteral("state");
    case FieldKind::Date:
        return QStringLiteral("calendar");
    case FieldKind::DateTime:
    case FieldKind::CreatedTime:
    case FieldKind::ModifiedTime:
        return QStringLiteral("clock");
    case FieldKind::Person:
    case FieldKind::CreatedBy:
    case FieldKind::ModifiedBy:
        return QStringLiteral("person");
    case FieldKind::AutoNumber:
        return QStringLiteral("auto-number");
    case FieldKind::Attachments:
        return QStringLiteral("attach");
    case FieldKind::Currency:
        return QStringLiteral("currency");
    case FieldKind::Percent:
        return QStringLiteral("percent");
    case FieldKind::Duration:
        return QStringLiteral("duration");
    case FieldKind::Rating:
        return QStringLiteral("star");
    case FieldKind::Progress:
        return QStringLiteral("trend-up");
    case FieldKind::Email:
        return QStringLiteral("mail");
    case FieldKind::Url:
        return QStringLiteral("globe");
    case FieldKind::PhoneNumber:
        return QStringLiteral("phone");
    case FieldKind::Links:
        return QStringLiteral("link");
    case FieldKind::RichText:
        return QStringLiteral("script");
    case FieldKind::Persons:
        return QStringLiteral("people");
    case FieldKind::Checklist:
        return QStringLiteral("checklist");
    case FieldKind::Barcode:
        return QStringLiteral("qr");
    case FieldKind::Location:
        return QStringLiteral("pin");
    case FieldKind::Image:
        return QStringLiteral("image");
    case FieldKind::Signature:
        return QStringLiteral("signature");
    case FieldKind::Button:
        return QStringLiteral("button");
    case FieldKind::Department:
        return QStringLiteral("department");
    case FieldKind::Sensitive:
        return QStringLiteral("sensitive");
    }
    return QStringLiteral("text");
}

QString CellPainter::reason(Fault fault)
{
    switch (fault) {
    case Fault::Error:
        return tr("The formula says that this is an error.");
    case Fault::DivideByZero:
        return tr("Something is divided by zero.");
    case Fault::NotANumber:
        return tr("The result is no number, or cannot be shown as this type.");
    case Fault::BadUnit:
        return tr("A unit or a calendar that the formula names is not known.");
    case Fault::BadPattern:
        return tr("The pattern in the formula is wrong.");
    case Fault::MissingField:
        return tr("A field that the formula reads has been deleted.");
    case Fault::Circular:
        return tr("The formula reads itself.");
    case Fault::TooComplex:
        return tr("The formula takes too many steps, or its text is too long.");
    }
    return {};
}

int CellPainter::defaultWidth(const Field &field)
{
    switch (field.kind) {
    case FieldKind::Checkbox:
        return 64;
    case FieldKind::Number:
    case FieldKind::Percent:
    case FieldKind::Duration:
        return 100;
    case FieldKind::Rating:
        return std::max(100, 2 * Padding + field.maximum * (RatingSize + 2));
    case FieldKind::Email:
    case FieldKind::Url:
        return 200;
    case FieldKind::Currency:
    case FieldKind::AutoNumber:
        return 112;
    case FieldKind::Date:
        return field.date.format == DateFormat::Friendly ? 160 : 112;
    case FieldKind::DateTime:
    case FieldKind::CreatedTime:
    case FieldKind::ModifiedTime:
        return (field.date.format == DateFormat::Friendly ? 192 : 144)
            + (field.date.is12Hour ? 24 : 0) + (field.date.showsZone ? 64 : 0);
    case FieldKind::SingleSelect:
    case FieldKind::State:
    case FieldKind::Department:
    case FieldKind::Person:
    case FieldKind::CreatedBy:
    case FieldKind::ModifiedBy:
        return 112;
    case FieldKind::RichText:
    case FieldKind::MultilineText:
    case FieldKind::Location:
        return 240;
    case FieldKind::Checklist:
    case FieldKind::MultipleSelects:
    case FieldKind::Links:
    case FieldKind::Persons:
        return 160;
    default:
        return 140;
    }
}

int CellPainter::shapeWidth(const Field &field)
{
    const bool isAmount = field.kind == FieldKind::Number || field.kind == FieldKind::Currency
        || field.kind == FieldKind::Percent;
    switch (isAmount ? field.number.shape : NumberShape::Digits) {
    case NumberShape::Digits:
        break;
    case NumberShape::Bar:
        return 120;
    case NumberShape::Ring:
        return RingSize + Gap;
    }
    return 0;
}

bool CellPainter::isRightAligned(FieldKind kind)
{
    return isTypedNumber(kind) && kind != FieldKind::Rating && kind != FieldKind::Progress;
}

void CellPainter::paint(QPainter &painter, const QRect &rect, const Value &value,
    const Field &field, const FieldContext &context, const QString &found) const
{
    if (isEmpty(value)) {
        if (field.kind == FieldKind::Checkbox) {
            const QRect box(rect.center().x() - 7, rect.center().y() - 7, 14, 14);
            painter.setPen(m_theme.colour(Tone::LineStrong));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(box, 3, 3);
        } else if (field.kind == FieldKind::Rating) {
            paintRating(painter, rect.adjusted(Padding, 0, -Padding, 0), field, 0);
        }
        return;
    }
    const QRect inner = rect.adjusted(Padding, 0, -Padding, 0);
    if (const auto *fault = std::get_if<Fault>(&value)) {
        paintText(painter, inner, faultCode(*fault), Qt::AlignLeft, found, Tone::Danger);
    } else if (std::holds_alternative<bool>(value)) {
        const QRect box(rect.center().x() - 7, rect.center().y() - 7, 15, 15);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.colour(Tone::Accent));
        painter.drawRoundedRect(box, 3, 3);
        painter.restore();
        paintIcon(painter, m_theme, box.adjusted(1, 1, -2, -2), QStringLiteral("check"),
            m_theme.colour(Tone::OnAccent));
    } else if (const auto *option = std::get_if<OptionId>(&value)) {
        paintOptions(painter, inner, {*option}, field);
    } else if (const auto *options = std::get_if<Options>(&value)) {
        paintOptions(painter, inner, *options, field);
    } else if (const auto *person = std::get_if<UserId>(&value)) {
        paintPerson(painter, inner, *person, context.people);
    } else if (const auto *persons = std::get_if<Persons>(&value)) {
        paintPersons(painter, inner, *persons, context.people);
    } else if (field.kind == FieldKind::RichText) {
        paintText(painter, inner, plainWords(std::get<QString>(value)), Qt::AlignLeft, found);
    } else if (field.kind == FieldKind::Checklist) {
        paintChecklist(painter, inner, std::get<QString>(value));
    } else if (field.kind == FieldKind::Barcode) {
        paintIcon(painter, m_theme, QRect(inner.left(), inner.center().y() - 6, 14, 14),
            QStringLiteral("qr"), m_theme.colour(Tone::Text2));
        paintText(
            painter, inner.adjusted(20, 0, 0, 0), std::get<QString>(value), Qt::AlignLeft, found);
    } else if (const auto *files = std::get_if<Attachments>(&value)) {
        paintFiles(painter, inner, *files);
    } else if (const auto *links = std::get_if<Links>(&value)) {
        paintLinks(painter, inner, *links, found);
    } else if (field.kind == FieldKind::Rating) {
        paintRating(painter, inner, field, int(std::get<double>(value)));
    } else if (field.kind == FieldKind::Progress) {
        paintProgress(painter, inner, field, std::get<double>(value) / 100,
            fieldType(field.kind).format(value, field, context));
    } else if (shapeWidth(field) > 0) {
        const double shown = std::get<double>(value) * (field.kind == FieldKind::Percent ? 100 : 1);
        paintAmount(painter, inner, field, shown / field.number.full,
            fieldType(field.kind).format(value, field, context));
    } else {
        QString text = fieldType(field.kind).format(value, field, context);
        const Qt::Alignment side = isRightAligned(field.kind) ? Qt::AlignRight : Qt::AlignLeft;
        paintText(painter, inner, text.replace(u'\n', u' '), side, found,
            isLink(field.kind) ? Tone::Accent : Tone::Text);
    }
}

void CellPainter::paintText(QPainter &painter, const QRect &rect, const QString &text,
    Qt::Alignment side, const QString &found, Tone tone) const
{
    QFont font = m_theme.font(TextSize::Body);
    font.setStyleStrategy(QFont::PreferNoShaping); // where the script does not need it
    if (!found.isEmpty() && side == Qt::AlignLeft) {
        paintFound(painter, rect, text, QFontMetrics(font), found);
    }
    painter.setPen(m_theme.colour(tone));
    paintLine(painter, rect, text, font, side);
}

void CellPainter::paintFound(QPainter &painter, const QRect &rect, const QString &text,
    const QFontMetrics &metrics, const QString &found) const
{
    const QString elided =
        metrics.elidedText(text.left(rect.width() / 2 + 8), Qt::ElideRight, rect.width());
    const qsizetype at = elided.indexOf(found, 0, Qt::CaseInsensitive);
    if (at >= 0) {
        const int start = rect.left() + metrics.horizontalAdvance(elided.left(at));
        const int width = metrics.horizontalAdvance(elided.mid(at, found.size()));
        painter.fillRect(
            QRect(start, rect.center().y() - 9, width, 19), m_theme.colour(Tone::Found));
    }
}

void CellPainter::paintOptions(
    QPainter &painter, const QRect &rect, const Options &options, const Field &field) const
{
    int x = rect.left();
    for (qsizetype i = 0; i < options.size(); ++i) {
        const Option *option = field.option(options[i]);
        const QString name = option ? option->name : QStringLiteral("?");
        const qsizetype left = options.size() - i - 1;
        const int room = rect.right() - x + 1;
        const int moreWidth =
            left > 0 ? pillWidth(m_theme, QStringLiteral("+%1").arg(left + 1)) + Gap : 0;
        if (i > 0 && pillWidth(m_theme, name) > room - moreWidth) {
            paintPill(painter, m_theme, {x, rect.center().y() + 1},
                QStringLiteral("+%1").arg(left + 1), m_theme.option(QStringLiteral("grey")), room);
            return;
        }
        x += Gap
            + paintPill(painter, m_theme, {x, rect.center().y() + 1}, name,
                m_theme.option(option ? option->colour : QString()), room);
    }
}

QString CellPainter::personName(UserId id, const People &people)
{
    const Person *person = people.person(id);
    const QString name = person ? person->name : id.text();
    return person && person->role == Role::None ? tr("%1 (left)").arg(name) : name;
}

void CellPainter::paintPerson(
    QPainter &painter, const QRect &rect, UserId id, const People &people) const
{
    const Person *person = people.person(id);
    const bool isHere = !person || person->role != Role::None;
    const QRect circle(rect.left(), rect.center().y() - 8, 18, 18);
    paintAvatar(painter, m_theme, circle, person ? person->name : id.text(), id.text());
    paintText(painter, rect.adjusted(24, 0, 0, 0), personName(id, people), Qt::AlignLeft, {},
        isHere ? Tone::Text : Tone::Text3);
}

/// Each with their name as far as there is room; of more, how many.
void CellPainter::paintPersons(
    QPainter &painter, const QRect &rect, const Persons &persons, const People &people) const
{
    const QFont font = m_theme.font(TextSize::Body);
    int x = rect.left();
    for (qsizetype i = 0; i < persons.size(); ++i) {
        const QString name = personName(persons[i], people);
        const qsizetype left = persons.size() - i - 1;
        const QString more = QStringLiteral("+%1").arg(left + 1);
        const int room = rect.right() - x + 1;
        const int width = 24 + lineWidth(name, font);
        if (i > 0 && width > room - (left > 0 ? lineWidth(more, font) + Gap : 0)) {
            paintText(painter, QRect(x, rect.top(), room, rect.height()), more, Qt::AlignLeft, {},
                Tone::Text2);
            return;
        }
        paintPerson(painter, QRect(x, rect.top(), std::min(width, room), rect.height()), persons[i],
            people);
        x += width + 2 * Gap;
    }
}

QUrl CellPainter::link(const Value &value, const Field &field)
{
    const auto *text = std::get_if<QString>(&value);
    return text ? linkTarget(field.kind, *text) : QUrl();
}

int CellPainter::ratingAt(const QRect &rect, const Field &field, const QPoint &point)
{
    const QRect inner = rect.adjusted(Padding, 0, -Padding, 0);
    const int at = point.x() - inner.left();
    const int number = at / ratingStep(inner, field) + 1;
    return at >= 0 && number <= field.maximum ? number : 0;
}

void CellPainter::paintRating(
    QPainter &painter, const QRect &rect, const Field &field, int rating) const
{
    const int step = ratingStep(rect, field);
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < field.maximum; ++i) {
        painter.setBrush(i < rating ? m_theme.mark(field.colour) : m_theme.colour(Tone::Line));
        painter.drawPath(ratingShape(field.icon,
            QRectF(rect.left() + i * step, rect.center().y() - RatingSize / 2.0, RatingSize,
                RatingSize)));
    }
    painter.restore();
}

void CellPainter::paintProgress(QPainter &painter, const QRect &rect, const Field &field,
    double share, const QString &text) const
{
    paintBar(painter,
        QRect(rect.left(), rect.center().y() - 2, rect.width() - ProgressTextWidth - Gap, 6), field,
        share);
    paintText(painter, rect, text, Qt::AlignRight, {});
}

void CellPainter::paintBar(
    QPainter &painter, const QRect &bar, const Field &field, double share) const
{
    if (bar.width() > 8) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.colour(Tone::Line));
        painter.drawRoundedRect(bar, 3, 3);
        painter.setBrush(m_theme.mark(field.colour));
        const int width = int(std::lround(bar.width() * std::clamp(share, 0.0, 1.0)));
        painter.setClipRect(QRect(bar.left(), bar.top(), width, bar.height()), Qt::IntersectClip);
        painter.drawRoundedRect(bar, 3, 3);
        painter.restore();
    }
}

/// Digits to the right, and before them how much of the whole they are.
void CellPainter::paintAmount(QPainter &painter, const QRect &rect, const Field &field,
    double share, const QString &text) const
{
    const int width = lineWidth(text, m_theme.font(TextSize::Body)) + Gap;
    const double part = std::clamp(share, 0.0, 1.0);
    if (field.number.shape == NumberShape::Bar) {
        paintBar(painter, QRect(rect.left(), rect.center().y() - 2, rect.width() - width, 6), field,
            part);
    } else if (rect.width() - width >= RingSize) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        const QRectF ring(
            rect.left() + 2, rect.center().y() - RingSize / 2 + 2, RingSize - 4, RingSize - 4);
        painter.setPen(QPen(m_theme.colour(Tone::Line), 3));
        painter.drawEllipse(ring);
        painter.setPen(QPen(m_theme.mark(field.colour), 3, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(ring, 90 * 16, -int(std::lround(part * 360 * 16)));
        painter.restore();
    }
    paintText(painter, rect, text, Qt::AlignRight, {});
}

QList<QRect> CellPainter::linkBoxes(const QRect &rect, const Links &links, bool wraps) const
{
    const QFont font = m_theme.font(TextSize::Body);
    const int moreWidth = lineWidth(QStringLiteral("+%1").arg(links.size()), font) + Gap;
    QList<QRect> boxes;
    int x = rect.left();
    int y = wraps ? rect.top() : rect.center().y() - BoxHeight / 2;
    for (qsizetype i = 0; i < links.size(); ++i) {
        const int width =
            std::min(lineWidth(linkTitle(links[i]), font) + 2 * BoxPadding, rect.width());
        const bool isLast = i == links.size() - 1;
        const int end = rect.right() + 1 - (wraps || isLast ? 0 : moreWidth);
        if (x > rect.left() && x + width > end) {
            if (!wraps) {
                break;
            }
            x = rect.left();
            y += BoxHeight + Gap;
        }
        boxes += QRect(x, y, width, BoxHeight);
        x += width + Gap;
    }
    return boxes;
}

void CellPainter::paintLinkBox(
    QPainter &painter, const QRect &box, const casebase::Link &link, const QString &found) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.colour(Tone::LineStrong));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.restore();
    paintText(painter, box.adjusted(BoxPadding, 0, -BoxPadding + 1, 0), linkTitle(link),
        Qt::AlignLeft, found, link.title.isEmpty() ? Tone::Text3 : Tone::Text);
}

void CellPainter::paintLinks(
    QPainter &painter, const QRect &rect, const Links &links, const QString &found) const
{
    const QList<QRect> boxes = linkBoxes(rect, links, false);
    for (qsizetype i = 0; i < boxes.size(); ++i) {
        paintLinkBox(painter, boxes[i], links[i], found);
    }
    if (boxes.size() < links.size()) {
        paintText(painter, rect.adjusted(boxes.last().right() + 1 + Gap - rect.left(), 0, 0, 0),
            QStringLiteral("+%1").arg(links.size() - boxes.size()), Qt::AlignLeft, {}, Tone::Text2);
    }
}

QString CellPainter::linkTitle(const casebase::Link &link)
{
    return link.title.isEmpty() ? tr("(without a name)") : link.title;
}

/// How far it is, and what comes next.
void CellPainter::paintChecklist(QPainter &painter, const QRect &rect, const QString &text) const
{
    const Checklist items = checklistItems(text);
    const qsizetype done = doneCount(items);
    const bool isAll = done == items.size();
    paintIcon(painter, m_theme, QRect(rect.left(), rect.center().y() - 6, 14, 14),
        isAll ? QStringLiteral("check") : QStringLiteral("checklist"),
        m_theme.colour(isAll ? Tone::Good : Tone::Text2));
    const QString count = QStringLiteral("%1/%2").arg(done).arg(items.size());
    const QFont font = m_theme.font(TextSize::Body);
    paintText(painter, rect.adjusted(20, 0, 0, 0), count, Qt::AlignLeft, {});
    const auto next = std::find_if(
        items.cbegin(), items.cend(), [](const ChecklistItem &item) { return !item.isDone; });
    if (next != items.cend()) {
        paintText(painter, rect.adjusted(20 + lineWidth(count, font) + Gap, 0, 0, 0), next->text,
            Qt::AlignLeft, {}, Tone::Text2);
    }
}

QRect CellPainter::buttonRect(const QRect &rect, const Field &field) const
{
    const QString &text = field.button.label.isEmpty() ? field.name : field.button.label;
    const int width = lineWidth(text, m_theme.font(TextSize::Body)) + 2 * Padding + 4;
    return QRect(rect.left() + Padding, rect.center().y() - 11,
        std::min(width, rect.width() - 2 * Padding), 24);
}

QRect CellPainter::paintButton(
    QPainter &painter, const QRect &rect, const Field &field, bool isOffered) const
{
    const QRect button = buttonRect(rect, field);
    const ColourPair colours = m_theme.option(field.colour);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isOffered ? Qt::NoPen : QPen(m_theme.colour(Tone::Line)));
    painter.setBrush(isOffered ? QBrush(colours.ground) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.restore();
    painter.setPen(isOffered ? colours.text : m_theme.colour(Tone::Text3));
    paintLine(painter, button.adjusted(Padding, 0, -Padding, 0),
        field.button.label.isEmpty() ? field.name : field.button.label,
        m_theme.font(TextSize::Body), Qt::AlignHCenter);
    return button;
}

/// Small ones beside each other, as many as have room; of more, how many.
void CellPainter::paintThumbnails(
    QPainter &painter, const QRect &rect, const Attachments &files) const
{
    const int height = std::min(rect.height() - 4, 96);
    int x = rect.left();
    for (qsizetype i = 0; i < files.size(); ++i) {
        const QPixmap picture = m_pictures->picture(files[i]);
        const QSize size = picture.isNull()
            ? QSize(height, height)
            : picture.size().scaled(3 * height, height, Qt::KeepAspectRatio);
        const qsizetype left = files.size() - i - 1;
        const int room = rect.right() + 1 - x;
        if (i > 0 && size.width() > room - (left > 0 ? 28 : 0)) {
            paintText(painter, QRect(x, rect.top(), room, rect.height()),
                QStringLiteral("+%1").arg(left + 1), Qt::AlignLeft, {}, Tone::Text2);
            return;
        }
        const QRect place(QPoint(x, rect.center().y() - size.height() / 2 + 1),
            size.boundedTo(QSize(room, size.height())));
        if (picture.isNull()) {
            painter.fillRect(place, m_theme.colour(Tone::Sunken));
            paintIcon(painter, m_theme, QRect(place.center() - QPoint(7, 7), QSize(14, 14)),
                QStringLiteral("image"), m_theme.colour(Tone::Text3));
        } else {
            painter.save();
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.fillRect(place, Qt::white); // What is drawn in black on nothing is seen.
            painter.drawPixmap(place, picture,
                QRect(0, 0, picture.width() * place.width() / size.width(), picture.height()));
            painter.restore();
        }
        x += place.width() + Gap;
    }
}

void CellPainter::paintFiles(QPainter &painter, const QRect &rect, const Attachments &files) const
{
    const auto isShown = [](const Attachment &file) { return Pictures::isPicture(file); };
    if (m_pictures && std::all_of(files.cbegin(), files.cend(), isShown)) {
        return paintThumbnails(painter, rect, files);
    }
    paintIcon(painter, m_theme, QRect(rect.left(), rect.center().y() - 6, 14, 14),
        QStringLiteral("attach"), m_theme.colour(Tone::Text2));
    const QString text = files.size() == 1
        ? files.first().name
        : QStringLiteral("%1 +%2").arg(files.first().name).arg(files.size() - 1);
    paintText(painter, rect.adjusted(20, 0, 0, 0), text, Qt::AlignLeft, {});
}

} // namespace casebase
