// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/ErrorText.h"

#include <QCoreApplication>
#include <QList>

#include <algorithm>

namespace casebase {

namespace {

QString filled(QString sentence, const QStringList &arguments)
{
    // One pass, so that an argument that contains "%2" stays what the user wrote.
    QString result;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        if (sentence[i] == u'%' && i + 1 < sentence.size() && sentence[i + 1].isDigit()) {
            result += arguments.value(sentence[++i].digitValue() - 1);
        } else {
            result += sentence[i];
        }
    }
    return result;
}

} // namespace

const QList<ErrorText> &allErrorTexts()
{
    using enum ErrorCode;
    static const QList<ErrorText> rows{
        {Invalid, 422, "INVALID_REQUEST",
            QT_TRANSLATE_NOOP(
                "Error", "This could not be understood: %1. Check it and try again.")},
        {NotFound, 404, "NOT_FOUND",
            QT_TRANSLATE_NOOP(
                "Error", "%1 is not here. It may have been deleted, or you may not see it.")},
        {Forbidden, 403, "NOT_AUTHORIZED",
            QT_TRANSLATE_NOOP(
                "Error", "Your role does not allow this: %1. Ask an owner of the base.")},
        {Unauthenticated, 401, "AUTHENTICATION_REQUIRED",
            QT_TRANSLATE_NOOP(
                "Error", "You are not signed in, or the sign-in has expired. Sign in again.")},
        {Storage, 503, "STORAGE_FAILED",
            QT_TRANSLATE_NOOP("Error",
                "The change could not be stored. Nothing was changed; try again shortly.")},
        {Network, 503, "NETWORK_FAILED",
            QT_TRANSLATE_NOOP(
                "Error", "The server cannot be reached: %1. Check the address and the network.")},
        {Protocol, 400, "BAD_MESSAGE",
            QT_TRANSLATE_NOOP(
                "Error", "The message could not be read: %1. Check the version of the program.")},
        {UnknownTable, 404, "TABLE_NOT_FOUND",
            QT_TRANSLATE_NOOP(
                "Error", "There is no table “%1” that you can see. Check its name or id.")},
        {UnknownField, 422, "UNKNOWN_FIELD_NAME",
            QT_TRANSLATE_NOOP(
                "Error", "There is no field “%1” in this table. Check its name or id.")},
        {UnknownRecord, 404, "RECORD_NOT_FOUND",
            QT_TRANSLATE_NOOP(
                "Error", "Record %1 is not in this table. It may have been deleted.")},
        {UnknownOption, 422, "INVALID_MULTIPLE_CHOICE_OPTIONS",
            QT_TRANSLATE_NOOP("Error",
                "“%2” is not an option of the field “%1”. Choose one of its options, or add it "
                "first.")},
        {UnknownPerson, 422, "UNKNOWN_COLLABORATOR",
            QT_TRANSLATE_NOOP(
                "Error", "“%1” is not a person of this base. Use a user name, name or id.")},
        {WrongType, 422, "INVALID_VALUE_FOR_FIELD",
            QT_TRANSLATE_NOOP("Error", "The field “%1” cannot take “%2”. It expects %3.")},
        {ReadOnlyField, 422, "FIELD_IS_READ_ONLY",
            QT_TRANSLATE_NOOP(
                "Error", "The field “%1” is filled in by the system and cannot be edited.")},
        {NameTaken, 422, "DUPLICATE_NAME",
            QT_TRANSLATE_NOOP("Error", "The name “%1” is already used here. Choose another.")},
        {NameEmpty, 422, "EMPTY_NAME",
            QT_TRANSLATE_NOOP("Error", "A name is needed. Type at least one character.")},
        {TextNotAllowed, 422, "INVALID_TEXT",
            QT_TRANSLATE_NOOP("Error",
                "The text for “%1” holds characters that cannot be stored. Remove control "
                "characters.")},
        {ChangedSince, 409, "CHANGED_SINCE",
            QT_TRANSLATE_NOOP("Error",
                "“%1” has been changed by somebody else since. Look at the new value first.")},
        {AlreadyDecided, 409, "ALREADY_DECIDED",
            QT_TRANSLATE_NOOP(
                "Error", "%1 has already decided this at %2. Open the record to see the result.")},
        {RecordLocked, 423, "RECORD_LOCKED",
            QT_TRANSLATE_NOOP(
                "Error", "The record is in the workflow node “%1” and is locked until that ends.")},
        {WorkflowInvalid, 422, "INVALID_WORKFLOW",
            QT_TRANSLATE_NOOP("Error", "The workflow cannot be used: %1.")},
        {AlreadyRunning, 409, "ALREADY_RUNNING",
            QT_TRANSLATE_NOOP("Error", "The workflow “%1” is already running on this record.")},
        {TooLarge, 413, "REQUEST_TOO_LARGE",
            QT_TRANSLATE_NOOP(
                "Error", "%1 is too large; the limit is %2. Split it or make it smaller.")},
        {TooMany, 422, "TOO_MANY",
            QT_TRANSLATE_NOOP(
                "Error", "Too many %1; the limit is %2. Send them in several parts.")},
        {OperationReused, 422, "OPERATION_ID_REUSED",
            QT_TRANSLATE_NOOP(
                "Error", "This change carries the number of another change and was not applied.")},
        {WrongPassword, 401, "WRONG_PASSWORD",
            QT_TRANSLATE_NOOP(
                "Error", "User name or password is wrong. Check both, and Caps Lock.")},
        {Throttled, 429, "TOO_MANY_REQUESTS",
            QT_TRANSLATE_NOOP("Error", "Too many attempts. Wait %1 seconds and try again.")},
        {NewerVersion, 503, "NEWER_VERSION",
            QT_TRANSLATE_NOOP("Error",
                "%1 was written by a newer version of Casebase. Update this program; nothing was "
                "changed.")},
        {Busy, 503, "BUSY",
            QT_TRANSLATE_NOOP("Error",
                "The data directory %1 is in use by another Casebase process (%2). Stop that "
                "first.")},
        {FormulaInvalid, 422, "INVALID_FILTER_BY_FORMULA",
            QT_TRANSLATE_NOOP("Error", "The formula cannot be read at character %1: %2.")},
        {FieldFormulaInvalid, 422, "INVALID_FORMULA",
            QT_TRANSLATE_NOOP("Error", "The formula cannot be used; at character %1: %2.")},
        {LinkToNothing, 422, "ROW_DOES_NOT_EXIST",
            QT_TRANSLATE_NOOP("Error",
                "The field “%1” cannot lead to “%2”: there is no such record. Choose another, or "
                "make it first.")},
        {TooManyLinks, 422, "TOO_MANY_LINKED_RECORDS",
            QT_TRANSLATE_NOOP("Error", "The field “%1” takes at most %2 linked records.")},
        {LinkTaken, 422, "ALREADY_LINKED",
            QT_TRANSLATE_NOOP("Error",
                "“%2” is already linked, and “%1” takes one record only. Remove that link first.")},
        {StillLinked, 409, "STILL_LINKED",
            QT_TRANSLATE_NOOP("Error",
                "“%1” cannot be deleted while a record of “%2” leads to it. Remove the link "
                "first.")},
        {ValueTaken, 422, "DUPLICATE_VALUE",
            QT_TRANSLATE_NOOP("Error",
                "“%2” stands in another record already, and no two records may have the same "
                "“%1”. Enter another value.")},
        {ValueRefused, 422, "INVALID_VALUE_FOR_COLUMN",
            QT_TRANSLATE_NOOP("Error", "The field “%1” does not take “%2”: %3.")},
        {MoveNotAllowed, 422, "MOVE_NOT_ALLOWED",
            QT_TRANSLATE_NOOP(
                "Error", "“%1” does not go from “%2” to “%3”. From there it may go to: %4.")},
        {ReasonMissing, 422, "MISSING_VALUE",
            QT_TRANSLATE_NOOP("Error",
                "“%1” becomes “%2” only with a reason. Write it into “%3” in the same step.")},
        {OptionElsewhere, 422, "INVALID_VALUE_FOR_COLUMN",
            QT_TRANSLATE_NOOP("Error",
                "“%2” is no choice for “%1” while “%3” is “%4”. Choose another, or change “%3” "
                "first.")},
        {ButtonNotOffered, 422, "BUTTON_NOT_OFFERED",
            QT_TRANSLATE_NOOP(
                "Error", "“%1” cannot be pressed in this record: its condition is not met.")},
        {FormulaFault, 422, "INVALID_FORMULA",
            QT_TRANSLATE_NOOP("Error", "The formula %1 comes to %2 in this record.")},
        {LinkNotOffered, 422, "INVALID_RECORD_ID",
            QT_TRANSLATE_NOOP("Error",
                "“%1” does not lead to “%2” here. Choose one of the records that the field "
                "offers.")},
        {DepartmentInUse, 409, "DEPARTMENT_IN_USE",
            QT_TRANSLATE_NOOP("Error",
                "“%1” stands in records of “%2”. Put others in its place first, or close it.")},
        {SecretsLocked, 503, "SECRETS_LOCKED",
            QT_TRANSLATE_NOOP("Error",
                "Sensitive texts can be neither read nor written now: the keys of the server are "
                "not known here. Connect to the server; if that does not help, its administrator "
                "has to put keys.json back.")},
        {SecretForeign, 422, "INVALID_VALUE_FOR_COLUMN",
            QT_TRANSLATE_NOOP("Error",
                "What was sealed as “%1” belongs to another cell or another server. Type the text "
                "again.")},
        {FileNotWritten, 500, "FILE_NOT_WRITTEN",
            QT_TRANSLATE_NOOP("Error", "“%1” cannot be written: %2. Choose another place.")},
        {FileInvalid, 422, "INVALID_FILE",
            QT_TRANSLATE_NOOP("Error", "The file cannot be read at line %1: %2.")},
        {Exists, 409, "ALREADY_EXISTS",
            QT_TRANSLATE_NOOP("Error", "%1 exists already. Choose another.")},
        {PasswordWeak, 422, "WEAK_PASSWORD",
            QT_TRANSLATE_NOOP("Error",
                "The password needs 10 to 256 bytes and no control characters. Choose a longer "
                "one.")},
        {Cancelled, 409, "CANCELLED", QT_TRANSLATE_NOOP("Error", "This was cancelled.")},
        {Resync, 409, "RESYNC",
            QT_TRANSLATE_NOOP("Error", "The position is unknown here; the base is loaded again.")},
        {MissingValue, 422, "MISSING_VALUE",
            QT_TRANSLATE_NOOP("Error", "“%1” is missing. Fill it in and try again.")},
        {LastField, 422, "LAST_FIELD",
            QT_TRANSLATE_NOOP("Error",
                "“%1” is the first field and names the records. Make another field the first one "
                "before.")},
        {Unavailable, 503, "UNAVAILABLE",
            QT_TRANSLATE_NOOP(
                "Error", "The server is busy or shutting down. Try again in %1 seconds.")},
        {CommentNeeded, 422, "COMMENT_NEEDED",
            QT_TRANSLATE_NOOP(
                "Error", "A reason is needed to reject. Write one sentence and try again.")},
        {UnknownKey, 422, "UNKNOWN_KEY",
            QT_TRANSLATE_NOOP(
                "Error", "“%1” is not a key that is known here. Check its spelling.")},
        {DiskFull, 503, "DISK_FULL",
            QT_TRANSLATE_NOOP("Error",
                "The disk that holds the data is full. Nothing was changed; it goes on by itself "
                "once there is space.")},
        {Damaged, 503, "STORE_DAMAGED",
            QT_TRANSLATE_NOOP("Error",
                "The file of the store is damaged. Stop the server, keep the file, and restore a "
                "backup.")},
        {Restored, 409, "SERVER_RESTORED",
            QT_TRANSLATE_NOOP("Error",
                "The server was restored from a backup of an earlier time, and this change is not "
                "there any more. Send it again, or discard it.")},
        {InUse, 409, "IN_USE",
            QT_TRANSLATE_NOOP("Error",
                "Casebase is already open for this account on this computer. Use that window, or "
                "close it first.")},
        {NotWritable, 503, "NOT_WRITABLE",
            QT_TRANSLATE_NOOP("Error",
                "The folder %1 cannot be written to. Check its permissions, or choose another.")},
        {WrittenByOther, 503, "STORE_WRITTEN_BY_OTHER",
            QT_TRANSLATE_NOOP("Error",
                "Another program has written to the file that holds the data. Nothing was changed. "
                "Restart Casebase; on a server, run “casebase-server check” first.")},
        {TooSlow, 422, "QUERY_TOO_SLOW",
            QT_TRANSLATE_NOOP("Error",
                "The query took longer than %1 seconds and was stopped. Make it narrower.")},
    };
    return rows;
}

const ErrorText &errorText(ErrorCode code)
{
    const QList<ErrorText> &rows = allErrorTexts();
    const auto found = std::find_if(
        rows.cbegin(), rows.cend(), [code](const ErrorText &row) { return row.code == code; });
    return found == rows.cend() ? rows.first() : *found;
}

namespace {

/// The second argument is one of our phrases, with words in it that follow.
bool isOfFormula(ErrorCode code)
{
    return code == ErrorCode::FormulaInvalid || code == ErrorCode::FieldFormulaInvalid;
}

} // namespace

QString englishSentence(const Error &error)
{
    QStringList arguments = error.arguments;
    if (isOfFormula(error.code) && arguments.size() > 2) {
        arguments[1] = filled(arguments[1], arguments.mid(2));
    }
    return filled(QString::fromUtf8(errorText(error.code).sentence), arguments);
}

const QList<const char *> &allPhrases()
{
    static const QList<const char *> phrases{
        // What fields expect.
        QT_TRANSLATE_NOOP("Error", "text"),
        QT_TRANSLATE_NOOP("Error", "a number"),
        QT_TRANSLATE_NOOP("Error", "an amount"),
        QT_TRANSLATE_NOOP("Error", "a share such as 25%"),
        QT_TRANSLATE_NOOP("Error", "a number from 0 to 100"),
        QT_TRANSLATE_NOOP("Error", "a whole number from 0 to the field's best"),
        QT_TRANSLATE_NOOP("Error", "a duration such as 1:30, 90 (minutes) or 2h"),
        QT_TRANSLATE_NOOP("Error", "a duration such as 0:01:30, 90 (seconds) or 2h"),
        QT_TRANSLATE_NOOP("Error", "a date"),
        QT_TRANSLATE_NOOP("Error", "a date such as 2026-11-22"),
        QT_TRANSLATE_NOOP("Error", "a date and time"),
        QT_TRANSLATE_NOOP("Error", "a date and time such as 2026-11-22 14:30"),
        QT_TRANSLATE_NOOP("Error", "yes or no"),
        QT_TRANSLATE_NOOP("Error", "true or false"),
        QT_TRANSLATE_NOOP("Error", "the name of an option"),
        QT_TRANSLATE_NOOP("Error", "a list of option names"),
        QT_TRANSLATE_NOOP("Error", "a person"),
        QT_TRANSLATE_NOOP("Error", "a list of people"),
        QT_TRANSLATE_NOOP("Error", "an option"),
        QT_TRANSLATE_NOOP("Error", "a list of options"),
        QT_TRANSLATE_NOOP("Error", "a list of records"),
        QT_TRANSLATE_NOOP("Error", "a list of the ids of records"),
        QT_TRANSLATE_NOOP("Error", "files"),
        QT_TRANSLATE_NOOP("Error", "files, which are dropped or picked"),
        QT_TRANSLATE_NOOP("Error", "a file that was sent to this base"),
        QT_TRANSLATE_NOOP("Error", "an e-mail address such as name@example.com"),
        QT_TRANSLATE_NOOP("Error", "a link such as https://example.com/page"),
        QT_TRANSLATE_NOOP("Error", "a telephone number such as +86 138 0013 8000"),
        QT_TRANSLATE_NOOP("Error", "pictures"),
        QT_TRANSLATE_NOOP("Error", "one picture"),
        QT_TRANSLATE_NOOP("Error", "an EAN of 13 digits"),
        QT_TRANSLATE_NOOP("Error", "at most 80 letters, digits and signs without accents"),
        QT_TRANSLATE_NOOP("Error", "a latitude from -90 to 90 and a longitude from -180 to 180"),
        QT_TRANSLATE_NOOP("Error", "no such default"),
        // Why a value is refused.
        QT_TRANSLATE_NOOP("Error", "it does not have the form that is asked for"),
        QT_TRANSLATE_NOOP("Error", "the condition of the field is not met"),
        QT_TRANSLATE_NOOP("Error", "it is below zero"),
        // What is wrong with a formula.
        QT_TRANSLATE_NOOP("Error", "%1 does not take %2 values"),
        QT_TRANSLATE_NOOP("Error", "LET ends without a result"),
        QT_TRANSLATE_NOOP("Error", "it ends too early; a value is missing"),
        QT_TRANSLATE_NOOP("Error", "it has more than 500 operators"),
        QT_TRANSLATE_NOOP("Error", "it is nested deeper than 64 levels"),
        QT_TRANSLATE_NOOP("Error", "something is left over here"),
        QT_TRANSLATE_NOOP("Error", "the closing quote is missing"),
        QT_TRANSLATE_NOOP("Error", "the formula is longer than 65,536 characters"),
        QT_TRANSLATE_NOOP("Error", "the text holds what cannot be stored"),
        QT_TRANSLATE_NOOP("Error", "there is no field “%1”"),
        QT_TRANSLATE_NOOP("Error", "there is no function “%1”"),
        QT_TRANSLATE_NOOP("Error", "this is not a number"),
        QT_TRANSLATE_NOOP("Error", "“%1” is not expected"),
        QT_TRANSLATE_NOOP("Error", "“)” is missing"),
        QT_TRANSLATE_NOOP("Error", "“,” or “)” is missing"),
        QT_TRANSLATE_NOOP("Error", "“}” is missing"),
        QT_TRANSLATE_NOOP("Error", "its result cannot be shown as this type"),
        QT_TRANSLATE_NOOP("Error", "it reads itself: %1"),
        QT_TRANSLATE_NOOP("Error", "ME(), IS_DUPLICATE() and BREAKS_RULES() are for filters"),
        QT_TRANSLATE_NOOP("Error", "“%1” is no link field"),
        QT_TRANSLATE_NOOP("Error", "“.{Field}” is missing behind the name of the table"),
        QT_TRANSLATE_NOOP(
            "Error", "a table and its field have to follow the key, as in {Table}.{Field}"),
        QT_TRANSLATE_NOOP(
            "Error", "a key cannot be looked up from a linked record; make a field of it there"),
        // What is not here.
        QT_TRANSLATE_NOOP("Error", "The base"),
        QT_TRANSLATE_NOOP("Error", "The file"),
        QT_TRANSLATE_NOOP("Error", "The node"),
        QT_TRANSLATE_NOOP("Error", "The task"),
        QT_TRANSLATE_NOOP("Error", "The view"),
        QT_TRANSLATE_NOOP("Error", "The workflow"),
        // What is not allowed.
        QT_TRANSLATE_NOOP("Error", "administrators manage people"),
        QT_TRANSLATE_NOOP("Error", "attaching files"),
        QT_TRANSLATE_NOOP("Error", "changing records"),
        QT_TRANSLATE_NOOP("Error", "changing tables, fields, workflows or members"),
        QT_TRANSLATE_NOOP("Error", "changing this field at this node"),
        QT_TRANSLATE_NOOP("Error", "reading sensitive texts"),
        QT_TRANSLATE_NOOP("Error", "starting a workflow"),
        QT_TRANSLATE_NOOP("Error", "withdrawing this workflow"),
    };
    return phrases;
}

QString localisedPhrase(const QString &text)
{
    const QList<const char *> &phrases = allPhrases();
    const auto phrase = std::find_if(phrases.cbegin(), phrases.cend(),
        [&text](const char *each) { return text == QString::fromUtf8(each); });
    return phrase == phrases.cend() ? text : QCoreApplication::translate("Error", *phrase);
}

QString localisedSentence(const Error &error)
{
    QStringList arguments = error.arguments;
    const bool isOfValue =
        error.code == ErrorCode::WrongType || error.code == ErrorCode::ValueRefused;
    const qsizetype at = isOfValue                                                ? 2
        : isOfFormula(error.code)                                                 ? 1
        : error.code == ErrorCode::NotFound || error.code == ErrorCode::Forbidden ? 0
                                                                                  : -1;
    if (at >= 0 && at < arguments.size()) {
        arguments[at] = localisedPhrase(arguments[at]); // A name that somebody gave stays as it is.
    }
    if (isOfFormula(error.code) && arguments.size() > 2) {
        arguments[1] = filled(arguments[1], arguments.mid(2));
    }
    return filled(QCoreApplication::translate("Error", errorText(error.code).sentence), arguments);
}

} // namespace casebase
