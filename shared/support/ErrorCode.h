// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace casebase {

/// Every way in which something expected can fail. Numbers cross the wire: append, never renumber.
/// The sentence, the HTTP status and the API type of each stand in ErrorText.cpp.
enum class ErrorCode : quint16 {
    Invalid = 1,
    NotFound = 2,
    Forbidden = 3,
    Unauthenticated = 4,
    Storage = 5,
    Network = 6,
    Protocol = 7,
    UnknownTable = 8,
    UnknownField = 9,
    UnknownRecord = 10,
    UnknownOption = 11,
    UnknownPerson = 12,
    WrongType = 13,
    ReadOnlyField = 14,
    NameTaken = 15,
    NameEmpty = 16,
    TextNotAllowed = 17,
    ChangedSince = 18,
    AlreadyDecided = 19,
    RecordLocked = 20,
    WorkflowInvalid = 21,
    AlreadyRunning = 22,
    TooLarge = 23,
    TooMany = 24,
    OperationReused = 25,
    WrongPassword = 26,
    Throttled = 27,
    NewerVersion = 28,
    Busy = 29,
    FormulaInvalid = 30,
    FileInvalid = 31,
    Exists = 32,
    PasswordWeak = 33,
    Cancelled = 34,
    Resync = 35,
    MissingValue = 36,
    LastField = 37,
    Unavailable = 38,
    CommentNeeded = 39,
    UnknownKey = 40,
    DiskFull = 41,
    Damaged = 42,
    TooSlow = 43,
    Restored = 44,
    InUse = 45,
    NotWritable = 46,
    WrittenByOther = 47,
    FieldFormulaInvalid = 48,
    LinkToNothing = 49,
    TooManyLinks = 50,
    LinkTaken = 51,
    StillLinked = 52,
    ValueTaken = 53,
    ValueRefused = 54,
    MoveNotAllowed = 55,
    ReasonMissing = 56,
    OptionElsewhere = 57,
    ButtonNotOffered = 58,
    FormulaFault = 59,
    LinkNotOffered = 60,
    DepartmentInUse = 61,
    SecretsLocked = 62,
    SecretForeign = 63,
    FileNotWritten = 64, ///< On this computer.
};

/// The store of the server failed, whatever was asked of it.
constexpr bool isOfTheStore(ErrorCode code)
{
    return code == ErrorCode::Storage || code == ErrorCode::DiskFull || code == ErrorCode::Damaged
        || code == ErrorCode::WrittenByOther;
}

} // namespace casebase
