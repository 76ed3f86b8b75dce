// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/IdSource.h"
#include "shared/support/Mailbox.h"
#include "shared/support/Parallel.h"
#include "shared/support/Progress.h"
#include "shared/support/WorkQueue.h"
#include "tests/support/TestClock.h"

#include <QSet>
#include <QTest>

#include <atomic>
#include <numeric>
#include <thread>

using namespace casebase;

class SupportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void progress_goesThroughItsStages();
    void mail_runsInItsThreadInOrder();
    void mail_afterItsOwnerIsDropped();
    void mail_thatEndsItsOwnerIsTheLast();
    void jobs_areDoneWhenTheWaitEnds();
    void jobs_areTakenOnlyByIdleThreads();
    void parallel_doesEachOnceAndStopsInOrder();
    void ids_areOrderedAndTellApartWithoutCase();
};

/// Ids of many threads' worth in a moment that does not pass.
void SupportTest::ids_areOrderedAndTellApartWithoutCase()
{
    const TestClock clock;
    IdSource ids(clock);
    QSet<QString> seen;
    FieldId last;
    for (int i = 0; i < 50000; ++i) {
        const auto id = ids.next<FieldId>();
        QVERIFY(last < id && last.text() < id.text());
        QCOMPARE(FieldId::fromText(id.text()), std::optional(id));
        seen.insert(id.text().toLower());
        last = id;
    }
    QCOMPARE(seen.size(), 50000);
}

void SupportTest::mail_runsInItsThreadInOrder()
{
    Mailbox mailbox;
    std::vector<int> ran;
    std::vector<std::thread> posters;
    for (int poster = 0; poster < 4; ++poster) {
        posters.emplace_back([&, poster, address = mailbox.address()] {
            for (int i = 0; i < 1000; ++i) {
                address.post([&, poster, i] {
                    QCOMPARE(QThread::currentThread(), mailbox.thread());
                    ran.push_back(poster * 1000 + i);
                });
            }
        });
    }
    for (std::thread &poster : posters) {
        poster.join();
    }
    QCOMPARE(ran.size(), size_t(0));
    QCoreApplication::processEvents();
    QCOMPARE(ran.size(), size_t(4000));
    std::stable_sort(ran.begin(), ran.end(), [](int a, int b) { return a / 1000 < b / 1000; });
    std::vector<int> expected(4000);
    std::iota(expected.begin(), expected.end(), 0);
    QCOMPARE(ran, expected);
}

void SupportTest::mail_afterItsOwnerIsDropped()
{
    for (int round = 0; round < 200; ++round) {
        std::atomic<bool> isGone = false;
        auto mailbox = std::make_unique<Mailbox>();
        std::thread poster([&, address = mailbox->address()] {
            for (int i = 0; i < 200; ++i) {
                address.post([&] { QVERIFY(!isGone); });
            }
        });
        QCoreApplication::processEvents();
        mailbox.reset();
        isGone = true;
        poster.join();
        QCoreApplication::processEvents();
    }
}

void SupportTest::mail_thatEndsItsOwnerIsTheLast()
{
    auto mailbox = std::make_unique<Mailbox>();
    int ran = 0;
    const MailAddress address = mailbox->address();
    address.post([&] { ++ran; });
    address.post([&] { mailbox.reset(); });
    address.post([&] { ++ran; });
    QCoreApplication::processEvents();
    QCOMPARE(ran, 1);
}

void SupportTest::jobs_areDoneWhenTheWaitEnds()
{
    WorkerPool pool;
    int plain[64] = {};
    for (int round = 0; round < 100; ++round) {
        for (int &each : plain) {
            pool.post([&each] { ++each; });
        }
        pool.waitForDone();
        for (const int each : plain) {
            QCOMPARE(each, round + 1);
        }
    }
}

void SupportTest::jobs_areTakenOnlyByIdleThreads()
{
    JobList jobs;
    QVERIFY(!jobs.postIfIdle([] {}));
    std::atomic<int> ran = 0;
    std::atomic<bool> mayEnd = false;
    std::thread worker([&] { jobs.work(); });
    const auto block = [&] {
        while (!mayEnd) {
            std::this_thread::yield();
        }
        ++ran;
    };
    while (!jobs.postIfIdle(block)) { }
    QVERIFY(!jobs.postIfIdle(block)); // The one thread has its job.
    mayEnd = true;
    jobs.waitForDone();
    QCOMPARE(ran.load(), 1);
    jobs.stop();
    worker.join();
}

void SupportTest::parallel_doesEachOnceAndStopsInOrder()
{
    for (int round = 0; round < 300; ++round) {
        std::vector<int> done(200);
        inParallel(done.size(), [&](size_t i) {
            ++done[i];
            return i != 150;
        });
        const auto begun = std::count(done.cbegin(), done.cend(), 1);
        QVERIFY(begun > 150);
        QVERIFY(std::all_of(done.cbegin(), done.cbegin() + begun, [](int n) { return n == 1; }));
        QVERIFY(std::all_of(done.cbegin() + begun, done.cend(), [](int n) { return n == 0; }));
    }
    // From a job of the pool, while all its threads do the same.
    std::atomic<int> sum = 0;
    for (int i = 0; i < 50; ++i) {
        WorkerPool::instance().post([&] {
            inParallel(20, [&](size_t) {
                ++sum;
                return true;
            });
        });
    }
    WorkerPool::instance().waitForDone();
    QCOMPARE(sum.load(), 1000);
}

void SupportTest::progress_goesThroughItsStages()
{
    Progress progress;
    QCOMPARE(progress.percent(), 0);
    const auto go = [&progress](int steps) {
        for (int i = 0; i < steps; ++i) {
            progress.step();
        }
    };
    progress.begin(0.5, 10240);
    go(5120);
    QCOMPARE(progress.percent(), 25);
    go(5120);
    QCOMPARE(progress.percent(), 50);
    progress.begin(0.5, 0); // Nothing to do there, and yet more than was said.
    QCOMPARE(progress.percent(), 50);
    go(4096);
    QCOMPARE(progress.percent(), 100);
    progress.restart();
    QCOMPARE(progress.percent(), 0);
}

QTEST_GUILESS_MAIN(SupportTest)
#include "tst_Support.moc"
