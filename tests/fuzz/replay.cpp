// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target over the files of folders, where there is no libFuzzer to do it.
#include "tests/fuzz/Sample.h"

#include <QDirIterator>
#include <QFile>

#include <cstdio>

int main(int argc, char *argv[])
{
    int count = 0;
    for (int i = 1; i < argc; ++i) {
        for (QDirIterator files(QString::fromLocal8Bit(argv[i]), QDir::Files); files.hasNext();) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly)) {
                const QByteArray bytes = file.readAll();
                LLVMFuzzerTestOneInput(
                    reinterpret_cast<const uint8_t *>(bytes.constData()), size_t(bytes.size()));
                ++count;
            }
        }
    }
    std::printf("%d inputs\n", count);
    return count > 0 ? 0 : 1;
}
