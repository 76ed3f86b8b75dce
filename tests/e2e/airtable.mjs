// SPDX-License-Identifier: GPL-3.0-or-later
// An unmodified npm airtable client against a Casebase server, over real data.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
const require = createRequire(process.cwd() + "/");
const Airtable = require("airtable");

const [, , endpointUrl, apiKey, baseId] = process.argv;
const base = new Airtable({ endpointUrl, apiKey, noRetryIfRateLimited: true }).base(baseId);
const incidents = base("incidents");

// Pages through everything, once each, in the order asked for.
const seen = new Set();
let last = -1, pages = 0;
await incidents.select({ sort: [{ field: "sys_mod_count" }], pageSize: 100 }).eachPage((records, next) => {
  pages += 1;
  for (const record of records) {
    assert(!seen.has(record.id));
    seen.add(record.id);
    assert(record.get("sys_mod_count") >= last);
    last = record.get("sys_mod_count");
  }
  next();
});
assert.equal(seen.size, 5998);
assert.equal(pages, 60);

const filtered = await incidents.select({
  filterByFormula: "AND({incident_state}='Resolved', {reassignment_count}>2, NOT({active}=BLANK()))",
  sort: [{ field: "reassignment_count", direction: "desc" }], fields: ["number", "reassignment_count"],
}).all();
assert(filtered.length > 10);
for (const record of filtered) {
  assert(record.get("reassignment_count") > 2);
  assert.equal(record.get("incident_state"), undefined);
}
assert.equal((await incidents.select({ maxRecords: 3, view: "全部" }).firstPage()).length, 3);

const made = await incidents.create(Array.from({ length: 10 }, (_, i) => ({
  fields: { number: `NEW${i}`, incident_state: "New", sys_mod_count: i, active: true, opened_at: "2026-11-22T01:00:00.000Z" },
})));
assert.equal(made.length, 10);
assert.equal(made[3].get("opened_at"), "2026-11-22T01:00:00.000Z");
assert.equal((await incidents.find(made[4].id)).get("number"), "NEW4");

await made[0].updateFields({ sys_mod_count: 77 });
assert.equal(made[0].get("sys_mod_count"), 77);
assert.equal(made[0].get("number"), "NEW0");
const updated = await incidents.update([{ id: made[1].id, fields: { incident_state: "Closed" } }, { id: made[2].id, fields: { active: null } }]);
assert.equal(updated[0].get("incident_state"), "Closed");
assert.equal(updated[1].get("active"), undefined);
const replaced = await incidents.replace(made[3].id, { number: "ONLY" });
assert.deepEqual(Object.keys(replaced.fields), ["number"]);

// This client has no word for upsert yet; the API has.
const upserted = await (await fetch(`${endpointUrl}/v0/${baseId}/incidents`, { method: "PATCH",
  headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" },
  body: JSON.stringify({ performUpsert: { fieldsToMergeOn: ["number"] },
    records: [{ fields: { number: "NEW5", sys_mod_count: 500 } }, { fields: { number: "UP1", sys_mod_count: 1 } }] }) })).json();
assert.equal(upserted.createdRecords.length, 1);
assert.deepEqual(upserted.updatedRecords, [made[5].id]);
assert.equal((await incidents.find(made[5].id)).get("sys_mod_count"), 500);

await assert.rejects(() => incidents.create({ incident_state: "Nonsense" }), (e) => e.statusCode === 422 && e.error === "INVALID_MULTIPLE_CHOICE_OPTIONS");
const typecast = await incidents.create({ number: "T", incident_state: "Brand new", sys_mod_count: "12" }, { typecast: true });
assert.equal(typecast.get("incident_state"), "Brand new");
assert.equal(typecast.get("sys_mod_count"), 12);

const gone = await incidents.destroy([...made.map((r) => r.id), upserted.createdRecords[0], typecast.id].slice(0, 10));
assert.equal(gone.length, 10);
await assert.rejects(() => incidents.find(made[0].id), (e) => e.statusCode === 404);
await assert.rejects(() => new Airtable({ endpointUrl, apiKey: "wrong" }).base(baseId)("incidents").select().firstPage(), (e) => e.statusCode === 401);
console.log("the Airtable client is content");
