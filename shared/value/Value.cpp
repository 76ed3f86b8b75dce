// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/value/Value.h"

namespace casebase {

QString faultCode(Fault fault)
{
    switch (fault) {
    case Fault::Error:
        return QStringLiteral("#ERROR!");
    case Fault::DivideByZero:
        return QStringLiteral("#DIV/0!");
    case Fault::NotANumber:
        return QStringLiteral("#NUM!");
    case Fault::BadUnit:
        return QStringLiteral("#UNIT!");
    case Fault::BadPattern:
        return QStringLiteral("#PATTERN!");
    case Fault::MissingField:
        return QStringLiteral("#FIELD!");
    case Fault::Circular:
        return QStringLiteral("#CYCLE!");
    case Fault::TooComplex:
        return QStringLiteral("#LIMIT!");
    }
    return QStringLiteral("#ERROR!");
}

} // namespace casebase
