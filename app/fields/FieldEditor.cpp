// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/FieldEditor.h"

#include "app/fields/ChecklistEditor.h"
#include "app/fields/ChoiceEditor.h"
#include "app/fields/LinkEditor.h"
#include "app/fields/LocationEditor.h"
#include "app/widgets/Parts.h"
#include "shared/field/DateFields.h"

#include <QCalendarWidget>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QWidgetAction>

namespace casebase {

namespace {

/// One line of text that the field's type parses.
class LineEditor final : public FieldEditor {
public:
    LineEditor(const Theme &theme, const Field &field, const Value &value,
        const FieldContext &context, QWidget *parent)
        : FieldEditor(parent)
        , m_field(typedDates(field))
        , m_people(context.people)
        , m_locale(context.locale)
        , m_zone(context.zone)
        , m_nowMs(context.nowMs)
        , m_before(value)
        , m_shown(isHidden(field, value) ? QString()
                                         : fieldType(field.kind).format(value, m_field, context))
        , m_line(new QLineEdit(m_shown, this))
    {
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_line);
        m_line->setAccessibleName(field.name);
        m_line->installEventFilter(this);
        if (isHidden(field, value)) { // A mask is no text to go on with.
            m_line->setPlaceholderText(fieldType(field.kind).format(value, field, context));
        }
        m_line->selectAll();
        setFocusProxy(m_line);
        if (field.kind == FieldKind::Date || field.kind == FieldKind::DateTime) {
            addCalendar(theme);
        }
    }

    /// What is shown may be rounded: as long as it stands there, the value is what it was.
    Result<Value> value() const override
    {
        return m_line->text() == m_shown
            ? Result<Value>(m_before)
            : fieldType(m_field.kind)
                  .parse(m_line->text(), m_field, {m_people, m_locale, m_zone, m_nowMs});
    }

    void beginWith(const QString &text) override
    {
        m_line->setText(text);
        m_line->end(false);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress) {
            return FieldEditor::eventFilter(watched, event);
        }
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT committed(Step::Down);
            return true;
        case Qt::Key_Tab:
            Q_EMIT committed(Step::Next);
            return true;
        case Qt::Key_Backtab:
            Q_EMIT committed(Step::Previous);
            return true;
        case Qt::Key_Escape:
            Q_EMIT cancelled();
            return true;
        default:
            return false;
        }
    }

private:
    static bool isHidden(const Field &field, const Value &value)
    {
        return field.kind == FieldKind::Sensitive && !isEmpty(value);
    }

    void addCalendar(const Theme &theme)
    {
        QAction *action = m_line->addAction(
            theme.buttonIcon(QStringLiteral("calendar")), QLineEdit::TrailingPosition);
        connect(action, &QAction::triggered, this, [this] {
            auto *menu = new QMenu(this);
            auto *calendar = new QCalendarWidget;
            calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
            auto *item = new QWidgetAction(menu);
            item->setDefaultWidget(calendar);
            menu->addAction(item);
            connect(calendar, &QCalendarWidget::clicked, menu, [this, menu](const QDate &date) {
                const QString time = m_line->text().section(u' ', 1);
                const QString day = fieldType(FieldKind::Date)
                                        .format(fromQDate(date), m_field, {m_people, m_locale});
                m_line->setText(day
                    + (m_field.kind == FieldKind::DateTime && !time.isEmpty() ? u' ' + time
                                                                              : QString()));
                menu->close();
            });
            menu->popup(m_line->mapToGlobal(QPoint(0, m_line->height())));
        });
    }

    Field m_field;
    People m_people;
    QLocale m_locale;
    QTimeZone m_zone;
    qint64 m_nowMs;
    Value m_before;
    QString m_shown;
    QLineEdit *m_line;
};

/// Text of several lines. Enter ends, Shift+Enter begins a line.
class TextEditor final : public FieldEditor {
public:
    TextEditor(const Field &field, const Value &value, const FieldContext &context, QWidget *parent)
        : FieldEditor(parent)
        , m_field(field)
        , m_text(new QPlainTextEdit(this))
    {
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_text);
        m_text->setAccessibleName(field.name);
        m_text->setPlainText(fieldType(field.kind).format(value, field, context));
        m_text->installEventFilter(this);
        setFocusProxy(m_text);
        setMinimumHeight(96);
    }

    Result<Value> value() const override
    {
        return fieldType(m_field.kind).parse(m_text->toPlainText(), m_field, {People()});
    }

    void beginWith(const QString &text) override
    {
        m_text->setPlainText(text);
        m_text->moveCursor(QTextCursor::End);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::KeyPress) {
            const auto *key = static_cast<QKeyEvent *>(event);
            const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
            if (isEnter && !(key->modifiers() & Qt::ShiftModifier)) {
                Q_EMIT committed(Step::Down);
                return true;
            }
            if (key->key() == Qt::Key_Escape) {
                Q_EMIT cancelled();
                return true;
            }
            if (key->key() == Qt::Key_Tab) {
                Q_EMIT committed(Step::Next);
                return true;
            }
        }
        return FieldEditor::eventFilter(watched, event);
    }

private:
    Field m_field;
    QPlainTextEdit *m_text;
};

} // namespace

FieldEditor *newFieldEditor(const Theme &theme, const Field &field, const Value &value,
    const FieldContext &context, LinkChoices *choices, QWidget *parent)
{
    switch (field.kind) {
    case FieldKind::MultilineText:
    case FieldKind::RichText:
        return new TextEditor(field, value, context, parent);
    case FieldKind::SingleSelect:
    case FieldKind::MultipleSelects:
    case FieldKind::State:
    case FieldKind::Department:
    case FieldKind::Person:
    case FieldKind::Persons:
        return new ChoiceEditor(theme, field, value, context, parent);
    case FieldKind::Links:
        return new LinkEditor(theme, choices, value, parent);
    case FieldKind::Checklist:
        return new ChecklistEditor(field, value, context, parent);
    case FieldKind::Location:
        return new LocationEditor(field, value, parent);
    case FieldKind::Checkbox:
    case FieldKind::Attachments:
    case FieldKind::Image:
    case FieldKind::Signature:
    case FieldKind::Button:
        return nullptr;
    default:
        return new LineEditor(theme, field, value, context, parent);
    }
}

} // namespace casebase
