<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>FilterWords</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation>
            <numerusform>%n week</numerusform>
            <numerusform>%n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n quarter(s)</source>
        <translation>
            <numerusform>%n quarter</numerusform>
            <numerusform>%n quarters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n year</numerusform>
            <numerusform>%n years</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PendingText</name>
    <message numerus="yes">
        <source>%n new record(s)</source>
        <translation>
            <numerusform>%n new record</numerusform>
            <numerusform>%n new records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) deleted</source>
        <translation>
            <numerusform>%n record deleted</numerusform>
            <numerusform>%n records deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) brought back</source>
        <translation>
            <numerusform>%n record brought back</numerusform>
            <numerusform>%n records brought back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more cell(s)</source>
        <translation>
            <numerusform>%n more cell</numerusform>
            <numerusform>%n more cells</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::BrokenRulesDialog</name>
    <message numerus="yes">
        <source>%n value(s); the first %1 are listed.</source>
        <translation>
            <numerusform>%n value; the first %1 are listed.</numerusform>
            <numerusform>%n values; the first %1 are listed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s). Double-click one to open its record.</source>
        <translation>
            <numerusform>%n value. Double-click it to open its record.</numerusform>
            <numerusform>%n values. Double-click one to open its record.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s).</source>
        <translation>
            <numerusform>%n value.</numerusform>
            <numerusform>%n values.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::FieldDialog</name>
    <message numerus="yes">
        <source>All %n value(s) convert</source>
        <translation>
            <numerusform>The value converts</numerusform>
            <numerusform>All %n values convert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The formula takes the place of %n value(s) that people typed. Undo brings them back.</source>
        <translation>
            <numerusform>The formula takes the place of %n value that somebody typed. Undo brings it back.</numerusform>
            <numerusform>The formula takes the place of %n values that people typed. Undo brings them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %n record(s) for names that are not found</source>
        <translation>
            <numerusform>Make %n record for the name that is not found</numerusform>
            <numerusform>Make %n records for names that are not found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) become empty, as their option goes. Undo brings them back.</source>
        <translation>
            <numerusform>%n value becomes empty, as its option goes. Undo brings it back.</numerusform>
            <numerusform>%n values become empty, as their option goes. Undo brings them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changing %n record(s)…</source>
        <translation>
            <numerusform>Changing %n record…</numerusform>
            <numerusform>Changing %n records…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looking through %n record(s)…</source>
        <translation>
            <numerusform>Looking through %n record…</numerusform>
            <numerusform>Looking through %n records…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::FieldRow</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::FilesArchive</name>
    <message numerus="yes">
        <source>Fetching %n file(s)…</source>
        <translation>
            <numerusform>Fetching %n file…</numerusform>
            <numerusform>Fetching %n files…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::GridView</name>
    <message numerus="yes">
        <source>Delete %n record(s)</source>
        <translation>
            <numerusform>Delete %n record</numerusform>
            <numerusform>Delete %n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) deleted</source>
        <translation>
            <numerusform>%n record deleted</numerusform>
            <numerusform>%n records deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Clear %n cell(s)</source>
        <translation>
            <numerusform>Clear %n cell</numerusform>
            <numerusform>Clear %n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) did not fit and were left out</source>
        <translation>
            <numerusform>%n cell did not fit and was left out</numerusform>
            <numerusform>%n cells did not fit and were left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::HistoryEntry</name>
    <message numerus="yes">
        <source>changed %n field(s)</source>
        <translation>
            <numerusform>changed %n field</numerusform>
            <numerusform>changed %n fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::ImportDialog</name>
    <message numerus="yes">
        <source>Cancelled after %n row(s)</source>
        <translation>
            <numerusform>Cancelled after %n row</numerusform>
            <numerusform>Cancelled after %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>%n row imported</numerusform>
            <numerusform>%n rows imported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::MainWindow</name>
    <message numerus="yes">
        <source>%n task(s) to decide</source>
        <translation>
            <numerusform>%n task to decide</numerusform>
            <numerusform>%n tasks to decide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) waiting</source>
        <translation>
            <numerusform>%n change waiting</numerusform>
            <numerusform>%n changes waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) could not be applied</source>
        <translation>
            <numerusform>%n change could not be applied</numerusform>
            <numerusform>%n changes could not be applied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file of unsent changes was damaged. %n change(s) could be read and will be sent. The damaged file is kept as %1</source>
        <translation>
            <numerusform>The file of unsent changes was damaged. %n change could be read and will be sent. The damaged file is kept as %1</numerusform>
            <numerusform>The file of unsent changes was damaged. %n changes could be read and will be sent. The damaged file is kept as %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 put you into “%2” of %n record(s)</source>
        <translation>
            <numerusform>%1 put you into “%2” of %n record</numerusform>
            <numerusform>%1 put you into “%2” of %n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::OptionsEdit</name>
    <message numerus="yes">
        <source>“%1” stands in %n record(s)</source>
        <translation>
            <numerusform>“%1” stands in %n record</numerusform>
            <numerusform>“%1” stands in %n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::RuleRows</name>
    <message numerus="yes">
        <source>%n value(s) break these rules, and stay.</source>
        <translation>
            <numerusform>%n value breaks these rules, and stays.</numerusform>
            <numerusform>%n values break these rules, and stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::StepsBar</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::TablePage</name>
    <message numerus="yes">
        <source>Delete %n record(s)</source>
        <translation>
            <numerusform>Delete %n record</numerusform>
            <numerusform>Delete %n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden field(s)</source>
        <translation>
            <numerusform>%n hidden field</numerusform>
            <numerusform>%n hidden fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) selected</source>
        <translation>
            <numerusform>%n cell selected</numerusform>
            <numerusform>%n cells selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n colour rule(s)</source>
        <translation>
            <numerusform>%n colour rule</numerusform>
            <numerusform>%n colour rules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) saved in %1</source>
        <translation>
            <numerusform>%n file saved in %1</numerusform>
            <numerusform>%n files saved in %1</numerusform>
        </translation>
    </message>
</context>
</TS>
