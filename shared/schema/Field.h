// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/FieldKind.h"
#include "shared/value/Value.h"

namespace casebase {

/// One choice of a select field. Cells hold its id, so renaming is free.
struct Option {
    OptionId id;
    QString name;
    QString colour; ///< Name of one of the 24 option colours, such as "red" or "teal-strong".
    QList<OptionId> next = {}; ///< Of a state whose moves are limited: where it may go from here.
    bool asksReason = false; ///< Of states: whoever moves here says why.
    QList<OptionId> under = {}; ///< Options of the parent field that it goes with; all if empty.
    bool isClosed = false; ///< Stays where it stands, and is not offered any more.
    friend bool operator==(const Option &, const Option &) = default;
};

/// How days are written: 2026-11-22, 11/22/2026, 22/11/2026, 22.11.2026, November 22, 2026, or as
/// the system of whoever looks has it.
enum class DateFormat : quint8 { Iso, Us, European, Dotted, Friendly, Local };
inline constexpr DateFormat LastDateFormat = DateFormat::Local;

/// How dates and moments are typed and shown.
struct DateOptions {
    DateFormat format = DateFormat::Iso;
    bool is12Hour = false; ///< 2:30 PM
    QString zone = {}; ///< IANA name of the time zone of moments; empty for that of whoever looks.
    bool showsZone = false; ///< Behind moments: GMT+8
    friend bool operator==(const DateOptions &, const DateOptions &) = default;
};

/// How numbers are set: as the system of whoever looks has it, 1,234.5, 1.234,5 or 1 234,5.
enum class NumberSigns : quint8 { Local, CommaPoint, PointComma, SpaceComma };
inline constexpr NumberSigns LastNumberSigns = NumberSigns::SpaceComma;

/// What numbers are drawn as, besides their digits.
enum class NumberShape : quint8 { Digits, Bar, Ring };
inline constexpr NumberShape LastNumberShape = NumberShape::Ring;

/// How numbers, amounts and shares are shown.
struct NumberLook {
    NumberSigns signs = NumberSigns::Local;
    NumberShape shape = NumberShape::Digits;
    /// Above zero: where a bar or ring is full, in what is shown: 100 is all of a share.
    double full = 100;
    friend bool operator==(const NumberLook &, const NumberLook &) = default;
};

/// What is shown of a place: all of it, its province, province and city, those and the district, or
/// its coordinates.
enum class PlacePart : quint8 { All, Province, City, District, Coordinates };
inline constexpr PlacePart LastPlacePart = PlacePart::Coordinates;

/// What a sensitive text is: how it is read when typed, and masked.
enum class SensitiveForm : quint8 { Text, PhoneNumber, Email };
inline constexpr SensitiveForm LastSensitiveForm = SensitiveForm::Email;

/// How the text of a code is drawn.
enum class BarcodeFormat : quint8 { Qr, Code128, Ean13 };

/// What a button writes into a field of its record.
struct ButtonSetting {
    FieldId field;
    QString formula; ///< With fields by id.
    friend bool operator==(const ButtonSetting &, const ButtonSetting &) = default;
};

/// What a button does. Formulas have fields by id.
struct ButtonAction {
    enum class Kind : quint8 { OpenLink, EditFields, StartWorkflow };
    Kind kind = Kind::OpenLink;
    QString label; ///< On it; the name of the field if empty.
    QString link; ///< A formula that makes the address.
    QList<ButtonSetting> settings;
    WorkflowId workflow;
    QString condition; ///< A formula: it can be pressed where that is true; empty for everywhere.
    bool asksFirst = false;
    friend bool operator==(const ButtonAction &, const ButtonAction &) = default;
};

/// How finely durations are typed and shown; the value is always in seconds.
enum class DurationFormat : quint8 { Minutes, Seconds, Tenths, Hundredths, Thousandths };

/// What a new record gets where nothing is given.
struct DefaultValue {
    enum class Kind : quint8 {
        Nothing,
        Fixed,
        Me, ///< Of people: whoever makes the record.
        Now, ///< Of dates and moments: when it is made.
        Formula ///< What it makes of what the record says otherwise.
    };
    Kind kind = Kind::Nothing;
    Value value; ///< Of a fixed one; of a formula its text, with fields by id.
    friend bool operator==(const DefaultValue &, const DefaultValue &) = default;
};

/// What the values of a field must be. Holds for what is written, on every path; what is there
/// already may stay as it is, and can be asked for (FilterOp::BreaksRules).
struct ValueRules {
    bool isRequired = false;
    bool isUnique = false; ///< Among the records that are not deleted; letters a-z in any case.
    QString pattern; ///< Of text: RE2, for the whole of it; empty for none.
    QString condition; ///< A formula, with fields by id, that must be true; empty for none.
    QString message; ///< What to tell whoever breaks the pattern or the condition.
    bool onlyWarns = false; ///< What breaks them is taken, and marked.
    bool isNotNegative = false; ///< Of numbers.
    bool isEmpty() const { return *this == ValueRules(); }
    friend bool operator==(const ValueRules &, const ValueRules &) = default;
};

/// What becomes of a linked record when the one that it leads to is deleted.
enum class WhenGone : quint8 {
    Unlink, ///< The link goes; it comes back with the record.
    Forbid, ///< The other cannot be deleted.
    Cascade ///< It is deleted, too.
};
inline constexpr WhenGone LastWhenGone = WhenGone::Cascade;

/// Where links lead. Every link is seen from both ends; one of the two fields keeps it, the other
/// is made from that.
struct LinkOptions {
    TableId table;
    FieldId reverse; ///< The field of that table that leads back.
    bool isKept = true; ///< This end keeps the links, the reverse one does not.
    bool isSingle = false; ///< At most one record.
    WhenGone whenGone = WhenGone::Unlink;
    ViewId view =
        {}; ///< New links lead only to records that this view of that table shows; may be null.
    /// What has to be true of a record for a new link to lead to it, a formula in that record and,
    /// for fields that are only here, in the one that links; with ids. Empty if nothing has to.
    QString condition = {};
    /// Of that table: what links are called by; null for its primary field, as if it were gone.
    FieldId shown = {};
    /// Who writes here links records that are made with it, and none that were there.
    bool onlyNew = false;

    bool isLimited() const { return !view.isNull() || !condition.isEmpty(); }
    friend bool operator==(const LinkOptions &, const LinkOptions &) = default;
};

/// A column of a table: what it is called and what it takes.
struct Field {
    FieldId id;
    QString name;
    QString description;
    FieldKind kind = FieldKind::SingleLineText;
    QList<Option> options; ///< Of selects, in their order, which is also the sort order.
    int precision = 0; ///< Of numbers: decimals shown, 0 to 8; -1 as many as needed.
    QString symbol; ///< Of currencies, before the number; of numbers their unit, after it.
    bool isGrouped = true; ///< Of numbers: thousands are set apart.
    /// Of selects: a name that is none yet becomes an option when it is written.
    bool takesNewOptions = false;
    bool limitsMoves = false; ///< Of states: they go only where Option::next says.
    FieldId reason; ///< Of states: the text field that says why it is so; may be null.
    FieldId parent; ///< Of selects: the one that decides which options there are; may be null.
    /// Of when and by whom a record was changed: only in these fields; in any if empty.
    QList<FieldId> watched;
    DurationFormat durationFormat = DurationFormat::Minutes;
    int maximum = 5; ///< Of ratings: the best, 1 to 10.
    QString icon = QStringLiteral("star"); ///< Of ratings: one of ratingIcons().
    QString colour = QStringLiteral("amber"); ///< Of ratings, progress and buttons: as of options.
    BarcodeFormat barcode = BarcodeFormat::Qr;
    SensitiveForm sensitive = SensitiveForm::Text; ///< Of sensitive texts.
    DateOptions date; ///< Of dates and moments.
    NumberLook number; ///< Of numbers, amounts and shares.
    PlacePart place = PlacePart::All; ///< Of places, what is shown of them.
    ButtonAction button;
    QString prefix; ///< Of auto numbers, before the digits.
    int digits = 4; ///< Of auto numbers: at least so many digits.
    bool isDaily = false; ///< Of auto numbers: they begin anew each day, which stands before them.
    bool tellsPersons = true; ///< Of persons: whoever is put there by somebody else is told.
    LinkOptions link; ///< Of links.
    DefaultValue defaultValue;
    ValueRules rules; ///< None for what nobody types.
    /// Where the values come from, with fields by id; empty where people type them. The kind says
    /// what the result is shown as.
    QString formula;
    bool isSystem = false; ///< Written by a workflow only.
    bool isTrashed = false; ///< Deleted, restorable.

    /// Nobody types its values: the table or a formula makes them.
    bool isComputed() const { return !formula.isEmpty() || isAutomatic(kind); }
    /// A record is not made without somebody saying what stands here.
    bool isAskedFor() const
    {
        return rules.isRequired && !rules.onlyWarns && !isTrashed
            && defaultValue.kind == DefaultValue::Kind::Nothing;
    }
    /// Every record knows it of itself, so that it has no values of its own.
    bool isOfRecord() const { return casebase::isOfRecord(kind) && watched.isEmpty(); }
    /// Its values are kept in the database, in the log and in snapshots.
    bool isStored() const
    {
        return formula.isEmpty() && !isOfRecord() && kind != FieldKind::Button
            && (kind != FieldKind::Links || link.isKept);
    }
    /// What is written into it is looked at together with the rest of the record.
    bool isRuled() const
    {
        return !isTrashed
            && ((!rules.isEmpty() && !rules.onlyWarns) || !reason.isNull() || !parent.isNull()
                || (kind == FieldKind::Links && link.isLimited()));
    }
    const Option *option(OptionId option) const;
    const Option *optionNamed(const QString &optionName) const;
    friend bool operator==(const Field &, const Field &) = default;
};

inline constexpr qsizetype OptionsPerField = 2000;
inline constexpr qsizetype LinksPerCell = 1000; ///< Of fields that keep their links.
inline constexpr int RatingLimit = 10;
inline constexpr qsizetype SymbolLimit = 12; ///< Characters of a currency's sign or a unit.
/// What a rating may be counted in.
const QStringList &ratingIcons();

} // namespace casebase
