// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/StoreCheck.h"
#include "shared/field/SensitiveField.h"
#include "shared/query/Match.h"
#include "shared/secret/Mask.h"
#include "tests/support/Cases.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace casebase;

namespace {

const QString Phone = QStringLiteral("phone");
const QString Number = QStringLiteral("13812345678");
const QString Masked = QStringLiteral("138****5678");

/// Of the files in the folder, those that hold the text, in UTF-8 or in UTF-16.
QStringList filesWith(const QString &folder, const QString &text)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    const QByteArray wide(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    while (files.hasNext()) {
        QFile file(files.next());
        const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        if (bytes.contains(text.toUtf8()) || bytes.contains(wide)) {
            found += file.fileName();
        }
    }
    return found;
}

} // namespace

/// Sensitive texts on their way between people, the server and disks.
class SensitiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void mask_showsLittle_data();
    void mask_showsLittle();
    void box_opensOnlyWhereItBelongs();
    void typed_isSealedAtOnce_andStandsInNoFile();
    void offline_waitsSealed_alsoAfterARestart();
    void withoutTheServersKey_nothingIsTaken();
    void undo_andRedo_bringTheTextBack();
    void mask_sentBack_changesNothing();
    void textOfAnotherCell_isRefused();
    void rules_holdForTheText_andTellNothing();
    void unique_looksThroughTheMasks();
    void fieldWithTexts_becomesSensitive_andLeavesNoTrace();
    void sensitiveField_becomesTexts();
    void otherForm_masksAnew();
    void filters_findMasks();
    void serverWithoutItsKeys_goesOnLocked();
    void keysOfAnotherServer_areNotTaken();

private:
    /// All of the text, as the server reads it.
    QString whole(RecordId record);
    Value value(WorldClient &client, RecordId record);
    Field field(SensitiveForm form = SensitiveForm::PhoneNumber);
    Done put(const Field &field);

    std::unique_ptr<World> m_world;
    WorldClient *m_ann = nullptr;
    WorldClient *m_bob = nullptr;
};

void SensitiveTest::init()
{
    m_world = std::make_unique<World>();
    m_ann = &m_world->add(QStringLiteral("ann"), Role::Owner);
    m_bob = &m_world->add(QStringLiteral("bob"));
    makeCases(*m_ann, *m_world);
    Field made = newField(m_ann->session().ids(), Phone, FieldKind::Sensitive);
    made.sensitive = SensitiveForm::PhoneNumber;
    QVERIFY(put(made));
    m_world->settle();
}

void SensitiveTest::cleanup()
{
    m_world.reset();
}

QString SensitiveTest::whole(RecordId record)
{
    const Snapshot document = m_world->snapshot();
    const TableData &table = *document->tableNamed(Cases);
    const Field &field = *table.definition().fieldNamed(Phone);
    const Value held = table.value(*table.row(record), field);
    const auto *sealed = std::get_if<Sealed>(&held);
    const auto keeper = m_world->core().vault().keeper(m_world->base().text());
    const auto text = sealed ? keeper->open(*sealed, {table.definition().id, record, field.id})
                             : Result<QString>(QStringLiteral("<not sealed>"));
    return text ? text.value() : QStringLiteral("<not opened>");
}

Value SensitiveTest::value(WorldClient &client, RecordId record)
{
    const TableData &table = client.table(Cases);
    return table.value(*table.row(record), *table.definition().fieldNamed(Phone));
}

Field SensitiveTest::field(SensitiveForm form)
{
    Field made = *m_ann->table(Cases).definition().fieldNamed(Phone);
    made.kind = FieldKind::Sensitive;
    made.sensitive = form;
    return made;
}

Done SensitiveTest::put(const Field &field)
{
    TRY(m_ann->undo().perform(m_world->base(),
        {PutField{m_ann->table(Cases).definition().id, field}}, QStringLiteral("field")));
    return Ok;
}

void SensitiveTest::mask_showsLittle_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<SensitiveForm>("form");
    QTest::addColumn<QString>("mask");
    using enum SensitiveForm;
    const std::tuple<const char *, SensitiveForm, const char *> rows[] = {
        {"13812345678", PhoneNumber, "138****5678"}, // api.md 2.2
        {"+86 138-1234-5678", PhoneNumber, "138****5678"},
        {"0086 13812345678", PhoneNumber, "138****5678"},
        {"１３８１２３４５６７８", PhoneNumber, "138****5678"},
        {"88889999", PhoneNumber, "****9999"}, {"12345", PhoneNumber, "****5"},
        {"zhang.san@example.com", Email, "z****@example.com"},
        {"a@example.com", Email, "****@example.com"}, {"110101199003071234", Text, "110****1234"},
        {"张三", Text, "****"}, {"欧阳修", Text, "****修"}, {"x", Text, "****"},
        {"12345678", Text, "****5678"}, {"𠮷𠮷𠮷", Text, "****𠮷"}};
    for (const auto &[text, form, mask] : rows) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << form << QString::fromUtf8(mask);
    }
}

void SensitiveTest::mask_showsLittle()
{
    QFETCH(QString, text);
    QFETCH(SensitiveForm, form);
    QFETCH(QString, mask);
    QCOMPARE(masked(text, form), mask);
    QVERIFY(isMask(mask));
    QVERIFY(mask.contains(soughtMask(text, form)) || soughtMask(text, form) == text);
}

void SensitiveTest::box_opensOnlyWhereItBelongs()
{
    const SealingKey key{7, SecretKey::random()};
    const SealingKey other{7, SecretKey::random()};
    const QByteArray tag(16, 't');
    const QByteArray box = keptBox(Number, "here", tag, key);
    QCOMPARE(openKept(box, "here", key), Number);
    QCOMPARE(box, keptBox(Number, "here", tag, key));
    QVERIFY(box != keptBox(Number, "there", tag, key));
    QVERIFY(!openKept(box, "there", key));
    QVERIFY(!openKept(box, "here", other));
    QCOMPARE(keyNumber(box), 7u);
    const KeyPair keys = KeyPair::fromSeed(SecretKey::random());
    const QByteArray posted = Sealer::create(keys.open)->seal(Number, SensitiveForm::Text).box;
    QCOMPARE(openPosted(posted, keys), Number);
    QVERIFY(!openPosted(posted, KeyPair::fromSeed(SecretKey::random())));
    // Any bit that is another one.
    for (const QByteArray &whole : {box, posted}) {
        for (qsizetype bit = 0; bit < whole.size() * 8; ++bit) {
            QByteArray changed = whole;
            if (whole == posted && bit == 32 * 8 + 7) {
                continue; // The last bit of a public key says nothing (RFC 7748, 5).
            }
            changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
            QVERIFY(!openKept(changed, "here", key));
            QVERIFY(!openPosted(changed, keys));
        }
        for (qsizetype size = 0; size < whole.size(); ++size) {
            QVERIFY(!openKept(whole.first(size), "here", key));
            QVERIFY(!openPosted(whole.first(size), keys));
        }
    }
    QVERIFY(!Sealer::create("short"));
    QVERIFY(!Sealer::create(QByteArray(32, '\0'))); // No key at all: anybody could open it.
}

void SensitiveTest::typed_isSealedAtOnce_andStandsInNoFile()
{
    const RecordId record = m_ann->create(Cases, {{Phone, QStringLiteral("+86 138 1234 5678")}});
    QCOMPARE(m_ann->text(Cases, record, Phone), Masked);
    m_world->settle();
    QCOMPARE(m_ann->text(Cases, record, Phone), Masked);
    QCOMPARE(m_bob->text(Cases, record, Phone), Masked);
    QCOMPARE(whole(record), QStringLiteral("+86 138 1234 5678"));
    QVERIFY(m_bob->edit(Cases, record, Phone, Number));
    m_world->settle();
    QCOMPARE(whole(record), Number);
    // As HTTP sends it: plain.
    const RecordId other = m_world->core().host().ids().next<RecordId>();
    QVERIFY(m_world->submit(m_bob->user(),
        Edit{{CreateRecords{m_bob->table(Cases).definition().id,
            {{other, {{m_bob->field(Cases, Phone), QStringLiteral("13900001111")}}}}}}}));
    m_world->settle();
    QCOMPARE(whole(other), QStringLiteral("13900001111"));
    QCOMPARE(m_ann->text(Cases, other, Phone), QStringLiteral("139****1111"));
    m_ann->session().flushCache();
    m_world->settle();
    for (const QString &folder : {m_world->core().folder(), m_ann->folder(), m_bob->folder()}) {
        QCOMPARE(filesWith(folder, QStringLiteral("1234 5678")), QStringList());
        QCOMPARE(filesWith(folder, QStringLiteral("12345678")), QStringList());
        QCOMPARE(filesWith(folder, QStringLiteral("00001111")), QStringList());
    }
    QVERIFY(!filesWith(m_world->core().folder(), Masked).isEmpty()); // or the search finds nothing
    const auto keys = QFile::permissions(m_world->core().folder() + QStringLiteral("/keys.json"));
    QVERIFY(!(keys & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteOther)));
    m_world->restartServer();
    m_world->settle();
    QCOMPARE(whole(record), Number);
    m_bob->forget();
    m_world->settle();
    QCOMPARE(m_bob->text(Cases, record, Phone), Masked);
    QVERIFY(m_world->allEqual());
}

void SensitiveTest::offline_waitsSealed_alsoAfterARestart()
{
    const RecordId record = m_ann->create(Cases, {{Phone, QStringLiteral("13911112222")}});
    m_world->settle();
    m_ann->goOffline();
    m_ann->killAndRestart();
    m_ann->goOffline();
    QVERIFY(m_ann->edit(Cases, record, Phone, Number));
    QCOMPARE(m_ann->text(Cases, record, Phone), Masked);
    QCOMPARE(filesWith(m_ann->folder(), Number), QStringList());
    m_ann->killAndRestart();
    m_world->settle();
    QCOMPARE(whole(record), Number);
    QCOMPARE(m_ann->session().waitingCount(), 0);
}

void SensitiveTest::withoutTheServersKey_nothingIsTaken()
{
    const RecordId record = m_ann->create(Cases, {});
    m_world->settle();
    m_ann->session().flushCache();
    m_world->settle();
    m_ann->goOffline();
    QVERIFY(QFile::remove(m_ann->folder() + QStringLiteral("/server.key")));
    m_ann->killAndRestart();
    m_ann->goOffline();
    const Done typed = m_ann->edit(Cases, record, Phone, Number);
    QVERIFY(!typed);
    QCOMPARE(typed.error().code, ErrorCode::SecretsLocked);
    QVERIFY(m_ann->edit(Cases, record, QStringLiteral("title"), QStringLiteral("all else")));
}

void SensitiveTest::undo_andRedo_bringTheTextBack()
{
    const RecordId record = m_ann->create(Cases, {{Phone, QStringLiteral("13911112222")}});
    m_world->settle();
    QVERIFY(m_ann->edit(Cases, record, Phone, Number));
    for (const bool isAnswered : {false, true}) {
        QVERIFY(m_ann->undo().undo());
        if (isAnswered) {
            m_world->settle();
            QCOMPARE(whole(record), QStringLiteral("13911112222"));
        }
        QVERIFY(m_ann->undo().redo());
        if (isAnswered) {
            m_world->settle();
        }
    }
    m_world->settle();
    QCOMPARE(whole(record), Number);
    QCOMPARE(m_ann->refusals.size(), 0);
    // Of somebody else's text in between, nothing is taken back.
    QVERIFY(m_bob->edit(Cases, record, Phone, QStringLiteral("13777778888")));
    m_world->settle();
    QVERIFY(!m_ann->undo().undo());
    QCOMPARE(whole(record), QStringLiteral("13777778888"));
    // Also of one with the same mask, which only the server can tell.
    QVERIFY(m_ann->edit(Cases, record, Phone, Number));
    m_world->settle();
    QVERIFY(m_bob->edit(Cases, record, Phone, QStringLiteral("13899995678")));
    m_world->settle();
    (void)bool(m_ann->undo().undo());
    m_world->settle();
    QCOMPARE(whole(record), QStringLiteral("13899995678"));
    QCOMPARE(m_ann->refusals.size(), 1);
    QCOMPARE(m_ann->refusals.first().code, ErrorCode::ChangedSince);
}

void SensitiveTest::mask_sentBack_changesNothing()
{
    const RecordId record = m_ann->create(Cases, {{Phone, Number}});
    m_world->settle();
    const quint64 revision = m_world->snapshot()->revision();
    const auto send = [&](const QString &text) {
        return m_world->submit(m_ann->user(),
            Edit{{EditCells{m_ann->table(Cases).definition().id,
                {{record, m_ann->field(Cases, Phone), text, {}}}}}});
    };
    QVERIFY(send(Masked));
    QCOMPARE(m_world->snapshot()->revision(), revision);
    QCOMPARE(whole(record), Number);
    const auto wrong = send(QStringLiteral("138****9999"));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::WrongType);
    QCOMPARE(whole(record), Number);
    const Done typed = m_ann->edit(Cases, record, Phone, QStringLiteral("139****5678"));
    QVERIFY(!typed);
    // Emptied, it is empty.
    QVERIFY(m_ann->edit(Cases, record, Phone, {}));
    m_world->settle();
    QVERIFY(isEmpty(value(*m_bob, record)));
}

void SensitiveTest::textOfAnotherCell_isRefused()
{
    const RecordId a = m_ann->create(Cases, {{Phone, Number}});
    const RecordId b = m_ann->create(Cases, {{Phone, QStringLiteral("13911112222")}});
    m_world->settle();
    const Value stolen = value(*m_bob, a);
    const auto done = m_world->submit(m_bob->user(),
        Edit{{EditCells{
            m_bob->table(Cases).definition().id, {{b, m_bob->field(Cases, Phone), stolen, {}}}}}});
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::SecretForeign);
    // Nor does it become readable in a field of plain text.
    const auto plain = m_world->submit(m_bob->user(),
        Edit{{EditCells{m_bob->table(Cases).definition().id,
            {{a, m_bob->field(Cases, QStringLiteral("title")), stolen, {}}}}}});
    QVERIFY(!plain);
    QCOMPARE(plain.error().code, ErrorCode::SecretForeign);
    QCOMPARE(whole(b), QStringLiteral("13911112222"));
}

void SensitiveTest::rules_holdForTheText_andTellNothing()
{
    Field ruled = field();
    ruled.rules.pattern = QStringLiteral("1[0-9]{10}");
    ruled.rules.isRequired = true;
    QVERIFY(put(ruled));
    m_world->settle();
    const RecordId record = m_ann->create(Cases, {{Phone, Number}});
    m_world->settle();
    for (const char *wrong : {"02188889999", "no number"}) {
        const Done typed = m_ann->edit(Cases, record, Phone, QString::fromUtf8(wrong));
        QVERIFY(!typed);
        QVERIFY(!typed.error().arguments.join(u' ').contains(QString::fromUtf8(wrong)));
        const auto sent = m_world->submit(m_ann->user(),
            Edit{{EditCells{m_ann->table(Cases).definition().id,
                {{record, m_ann->field(Cases, Phone), QString::fromUtf8(wrong), {}}}}}});
        QVERIFY(!sent);
        QVERIFY(!sent.error().arguments.join(u' ').contains(QString::fromUtf8(wrong)));
    }
    QVERIFY(!m_ann->edit(Cases, record, Phone, {}));
    // A server does not believe what a client has sealed.
    const QByteArray key = m_world->core().vault().publicKey();
    const Sealed lie{Masked,
        Sealer::create(key)->seal(QStringLiteral("02188889999"), SensitiveForm::PhoneNumber).box};
    const auto sent = m_world->submit(m_ann->user(),
        Edit{{EditCells{m_ann->table(Cases).definition().id,
            {{record, m_ann->field(Cases, Phone), lie, {}}}}}});
    QVERIFY(!sent);
    QCOMPARE(whole(record), Number);
}

void SensitiveTest::unique_looksThroughTheMasks()
{
    Field ruled = field();
    ruled.rules.isUnique = true;
    QVERIFY(put(ruled));
    m_world->settle();
    const RecordId first = m_ann->create(Cases, {{Phone, Number}});
    m_world->settle();
    const RecordId like = m_ann->create(Cases, {{Phone, QStringLiteral("13899995678")}});
    m_world->settle();
    QCOMPARE(m_ann->refusals.size(), 0);
    QCOMPARE(m_ann->text(Cases, like, Phone), m_ann->text(Cases, first, Phone));
    const RecordId same = m_ann->create(Cases, {{Phone, QStringLiteral("+86 138 1234 5678")}});
    m_world->settle();
    QCOMPARE(m_ann->text(Cases, same, Phone), QStringLiteral("<gone>"));
    QCOMPARE(m_ann->refusals.size(), 1);
    QCOMPARE(m_ann->refusals.first().code, ErrorCode::ValueTaken);
    QVERIFY(!m_ann->refusals.first().arguments.join(u' ').contains(QStringLiteral("1234")));
}

void SensitiveTest::fieldWithTexts_becomesSensitive_andLeavesNoTrace()
{
    Field open =
        newField(m_ann->session().ids(), QStringLiteral("mail"), FieldKind::SingleLineText);
    QVERIFY(put(open));
    const RecordId record =
        m_ann->create(Cases, {{QStringLiteral("mail"), QStringLiteral("canary.one@example.com")}});
    const RecordId wrong =
        m_ann->create(Cases, {{QStringLiteral("mail"), QStringLiteral("canary without a sign")}});
    m_world->settle();
    QVERIFY(m_ann->edit(
        Cases, record, QStringLiteral("mail"), QStringLiteral("canary.two@example.com")));
    QVERIFY(m_ann->edit(Cases, record, QStringLiteral("title"), QStringLiteral("after")));
    m_world->settle();
    QVERIFY(!filesWith(m_world->core().folder(), QStringLiteral("canary")).isEmpty());
    open.kind = FieldKind::Sensitive;
    open.sensitive = SensitiveForm::Email;
    QVERIFY(put(open));
    QCOMPARE(
        m_ann->text(Cases, record, QStringLiteral("mail")), QStringLiteral("c****@example.com"));
    m_world->settle();
    QCOMPARE(
        m_bob->text(Cases, record, QStringLiteral("mail")), QStringLiteral("c****@example.com"));
    QCOMPARE(m_bob->text(Cases, wrong, QStringLiteral("mail")), QString());
    QCOMPARE(filesWith(m_world->core().folder(), QStringLiteral("canary")), QStringList());
    // What is in the log is still what the tables hold, and its chain is whole.
    const auto database = Database::openSqlite(
        ServerCore::databasePath(m_world->core().folder()), OpenMode::ReadOnly);
    const auto faults =
        storeFaults(*database.value(), m_world->core().files(), m_world->core().folder());
    QCOMPARE(faults.value(), QStringList());
    QVERIFY(m_bob->edit(Cases, record, QStringLiteral("title"), QStringLiteral("still going on")));
    m_world->settle();
    QCOMPARE(
        storeFaults(*database.value(), m_world->core().files(), m_world->core().folder()).value(),
        QStringList());
    // Taken back, all is readable again, also what was no address.
    QVERIFY(m_ann->undo().undo());
    m_world->settle();
    QCOMPARE(m_ann->refusals.size(), 0);
    for (WorldClient *each : {m_ann, m_bob}) {
        QCOMPARE(each->text(Cases, record, QStringLiteral("mail")),
            QStringLiteral("canary.two@example.com"));
        QCOMPARE(each->text(Cases, wrong, QStringLiteral("mail")),
            QStringLiteral("canary without a sign"));
    }
    QVERIFY(m_world->allEqual());
    // To and fro, faster than the server answers.
    QVERIFY(m_ann->undo().redo());
    QVERIFY(m_ann->undo().undo());
    QVERIFY(m_ann->undo().redo());
    m_world->settle();
    QCOMPARE(m_ann->refusals.size(), 0);
    QCOMPARE(
        m_bob->text(Cases, record, QStringLiteral("mail")), QStringLiteral("c****@example.com"));
    QCOMPARE(filesWith(m_world->core().folder(), QStringLiteral("canary")), QStringList());
    QVERIFY(m_world->allEqual());
}

void SensitiveTest::sensitiveField_becomesTexts()
{
    const RecordId record = m_ann->create(Cases, {{Phone, Number}});
    m_world->settle();
    Field plain = field();
    plain.kind = FieldKind::PhoneNumber;
    QVERIFY(put(plain));
    m_world->settle();
    QCOMPARE(m_bob->text(Cases, record, Phone), Number);
    QVERIFY(m_ann->undo().undo());
    m_world->settle();
    QCOMPARE(m_bob->text(Cases, record, Phone), Masked);
    QCOMPARE(whole(record), Number);
    QVERIFY(m_world->allEqual());
}

void SensitiveTest::otherForm_masksAnew()
{
    const RecordId record = m_ann->create(Cases, {{Phone, QStringLiteral("+86 138 1234 5678")}});
    m_world->settle();
    QVERIFY(put(field(SensitiveForm::Text)));
    m_world->settle();
    QCOMPARE(m_bob->text(Cases, record, Phone), QStringLiteral("+86****5678"));
    QCOMPARE(whole(record), QStringLiteral("+86 138 1234 5678"));
    QVERIFY(m_ann->undo().undo());
    m_world->settle();
    QCOMPARE(m_bob->text(Cases, record, Phone), Masked);
    QCOMPARE(m_ann->refusals.size(), 0);
    QVERIFY(m_world->allEqual());
}

void SensitiveTest::filters_findMasks()
{
    const RecordId record = m_ann->create(Cases, {{Phone, Number}});
    m_ann->create(Cases, {{Phone, QStringLiteral("13911112222")}});
    m_ann->create(Cases, {});
    m_world->settle();
    for (WorldClient *each : {m_ann, m_bob}) {
        const TableData &table = each->table(Cases);
        const FieldContext fields = each->session().fieldContext(m_world->base());
        const QueryContext context{fields, each->user()};
        const auto found = [&](FilterOp op, const char *text) {
            Filter filter;
            filter.kind = Filter::Kind::Test;
            filter.field = each->field(Cases, Phone);
            filter.op = op;
            filter.operand.values = {QString::fromUtf8(text)};
            const RowTest test = compileFilter(filter, table, context).value();
            QList<RecordId> records;
            for (Row row = 0; row < table.rowCount(); ++row) {
                if (test(row)) {
                    records += table.recordId(row);
                }
            }
            return records;
        };
        const QList<RecordId> one{record};
        QCOMPARE(found(FilterOp::Is, "138 1234 5678"), one);
        QCOMPARE(found(FilterOp::Is, "138****5678"), one);
        QCOMPARE(found(FilterOp::Contains, "13812345678"), one);
        QCOMPARE(found(FilterOp::Contains, "5678"), one);
        QCOMPARE(found(FilterOp::EndsWith, "5678"), one);
        QCOMPARE(found(FilterOp::Contains, "1234"), QList<RecordId>());
        const RowTest any = containsText(QStringLiteral("+86 13812345678"), table,
            {each->field(Cases, Phone), each->field(Cases, QStringLiteral("title"))}, context);
        QVERIFY(any(*table.row(record)));
    }
}

void SensitiveTest::serverWithoutItsKeys_goesOnLocked()
{
    const RecordId record = m_ann->create(Cases, {{Phone, Number}});
    m_world->settle();
    const QString backup = m_world->backUpServer();
    QVERIFY(QFile::exists(m_world->core().folder() + QStringLiteral("/keys.json")));
    const QString keys = m_world->core().folder() + QStringLiteral("/keys.json");
    m_world->restoreServer(backup); // No backup holds keys.
    QVERIFY(!QFile::exists(m_world->core().folder() + QStringLiteral("/keys.json")));
    QVERIFY(m_world->core().vault().isLocked());
    m_world->settle();
    QCOMPARE(m_bob->text(Cases, record, Phone), Masked);
    const Done typed = m_bob->edit(Cases, record, Phone, QStringLiteral("13911112222"));
    QVERIFY(!typed);
    QCOMPARE(typed.error().code, ErrorCode::SecretsLocked);
    QVERIFY(m_bob->edit(Cases, record, QStringLiteral("title"), QStringLiteral("goes on")));
    m_world->settle();
    QCOMPARE(m_bob->session().waitingCount(), 0);
    // Put back, and started anew.
    QVERIFY(QFile::copy(keys, m_world->core().folder() + QStringLiteral("/keys.json")));
    m_world->restartServer();
    m_world->settle();
    QCOMPARE(whole(record), Number);
    QVERIFY(m_bob->edit(Cases, record, Phone, QStringLiteral("13911112222")));
    m_world->settle();
    QCOMPARE(whole(record), QStringLiteral("13911112222"));
}

void SensitiveTest::keysOfAnotherServer_areNotTaken()
{
    World other;
    QVERIFY(m_ann->create(Cases, {{Phone, Number}}) != RecordId());
    m_world->settle();
    const QString file = m_world->core().folder() + QStringLiteral("/keys.json");
    QVERIFY(QFile::remove(file));
    QVERIFY(QFile::copy(other.core().folder() + QStringLiteral("/keys.json"), file));
    m_world->restartServer();
    QVERIFY(m_world->core().vault().isLocked());
    QVERIFY(m_world->core().vault().publicKey().isEmpty());
}

QTEST_GUILESS_MAIN(SensitiveTest)
#include "tst_Sensitive.moc"
