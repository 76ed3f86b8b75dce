#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shaping tables and approving over HTTP, as a script of a stranger would: the demo base, names instead of ids."""
import json, pathlib, subprocess, sys, tempfile, urllib.error, urllib.parse, urllib.request

SERVER = sys.argv[1]


def call(method, path, body=None, raw=None):
    data = raw or (json.dumps(body).encode() if body is not None else None)
    request = urllib.request.Request(url + urllib.parse.quote(path, safe="/?=&"), method=method, data=data,
                                     headers={"Authorization": "Bearer " + token})
    try:
        return json.load(urllib.request.urlopen(request))
    except urllib.error.HTTPError as error:
        return {"status": error.code, **json.load(error)}


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    (folder / "pw").write_text("a long password")
    data = str(folder / "data")
    subprocess.run([SERVER, "init", "--data", data, "--admin", "admin", "--password-file", str(folder / "pw"), "--demo"], check=True, capture_output=True)
    server = subprocess.Popen([SERVER, "serve", "--data", data, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().split()[-1]
        token = ""
        signed_in = call("POST", "/api/session", {"username": "admin", "password": "a long password"})
        token = signed_in["token"]
        base = call("GET", "/v0/meta/bases")["bases"][0]["id"]
        table, meta = f"/v0/{base}/客户信息管理", f"/v0/meta/bases/{base}/tables/客户信息管理"

        made = call("POST", meta + "/workflows", {"name": "客户审核", "nodes": [
            {"id": "a", "type": "approve", "name": "审核", "assignees": [{"user": "admin"}], "fields": {"edit": ["备注"]}, "next": "end"},
            {"id": "end", "type": "end"}]})
        assert (made["stateField"], made["nodeField"]) == ("审批状态", "审批节点"), made
        record = call("GET", table + "?pageSize=1")["records"][0]["id"]
        assert "instance" in call("POST", f"/api/{base}/workflows/客户审核/start", {"record": record})
        assert call("POST", f"/api/{base}/workflows/客户审核/start", {"record": record})["status"] == 409
        assert call("PATCH", f"{table}/{record}", {"fields": {"审批节点": "结束"}})["error"]["type"] == "FIELD_IS_READ_ONLY"
        task = call("GET", "/api/tasks?state=open&role=assignee")["tasks"][0]
        assert task["nodeName"] == "审核" and task["editable"] == ["备注"], task
        assert call("POST", f"/api/tasks/{task['id']}/reject", {})["error"]["type"] == "COMMENT_NEEDED"
        assert call("PATCH", f"{table}/{record}", {"fields": {"年龄": 40}})["id"] == record
        late = call("POST", f"/api/tasks/{task['id']}/approve", {"seen": task["seen"]})
        assert late["error"]["type"] == "CHANGED_SINCE", late
        seen = call("GET", "/api/tasks")["tasks"][0]["seen"]
        done = call("POST", f"/api/tasks/{task['id']}/approve", {"comment": "ok", "fields": {"备注": "checked"}, "seen": seen})
        assert done["state"] == "approved" and done["steps"][0]["people"][0]["comment"] == "ok", done
        assert call("POST", f"/api/tasks/{task['id']}/approve", {})["status"] == 409
        fields = call("GET", f"{table}/{record}")["fields"]
        assert (fields["审批状态"], fields["审批节点"], fields["备注"]) == ("已通过", "结束", "checked"), fields
        history = call("GET", f"/api/{base}/客户信息管理/{record}/history")["history"]
        assert len(history) == 4 and history[-1]["kind"] == "created", history

        field = call("POST", meta + "/fields", {"name": "积分", "type": "singleLineText"})
        assert call("PATCH", f"{table}/{record}", {"fields": {"积分": "12"}})["fields"]["积分"] == "12"
        assert call("PATCH", meta + "/fields/积分", {"type": "number"})["conversion"] == {"converted": 1, "lost": 0}
        assert call("DELETE", meta + "/fields/积分") == {}
        assert "积分" not in call("GET", f"{table}/{record}")["fields"]
        assert call("POST", f"{meta}/fields/{field['id']}/restore", {})["name"] == "积分"
        assert call("GET", f"{table}/{record}")["fields"]["积分"] == 12
        # Kinds of numbers and addresses: their options come back, wrong ones are refused, and each becomes the others.
        for kind, options, value in (("currency", {"precision": 2, "symbol": "€", "thousands": False}, 1234.5), ("percent", {"precision": 1}, 0.25),
                                     ("rating", {"max": 7, "icon": "heart", "color": "red"}, 6), ("progress", {"precision": 0, "color": "teal"}, 40),
                                     ("duration", {"durationFormat": "h:mm:ss.SS"}, 90.25), ("number", {"precision": 1, "unit": "kg", "thousands": True}, 3.5),
                                     ("email", None, "a@b.de"), ("url", None, "https://x.de"), ("phoneNumber", None, "+49 30 1234")):
            made = call("POST", meta + "/fields", {"name": kind, "type": kind} | ({"options": options} if options else {}))
            assert made["type"] == kind and made.get("options") == options, made
            assert call("PATCH", f"{table}/{record}", {"fields": {kind: value}})["fields"][kind] == value
            assert call("PATCH", f"{table}/{record}", {"fields": {kind: "not one"}})["error"]["type"] == "INVALID_VALUE_FOR_FIELD"
        assert call("POST", meta + "/fields", {"name": "x", "type": "rating", "options": {"max": 11}})["status"] == 422
        assert call("POST", meta + "/fields", {"name": "x", "type": "duration", "options": {"durationFormat": "days"}})["status"] == 422
        assert call("PATCH", meta + "/fields/duration", {"type": "singleLineText"})["conversion"] == {"converted": 1, "lost": 0}
        assert call("GET", f"{table}/{record}")["fields"]["duration"] == "0:01:30.25"
        assert call("PATCH", meta + "/fields/email", {"type": "rating"})["conversion"] == {"converted": 0, "lost": 1}
        for formula, count in (("{currency}=1234.5", 1), ("{percent}*100=25", 1), ("{rating}>6", 0), ("{phoneNumber}='+49 30 1234'", 1)):
            assert len(call("GET", f"{table}?filterByFormula={formula}")["records"]) == count, formula
        query = {"aggregate": [{"field": "rating", "fn": "max"}, {"field": "progress", "fn": "sum"}]}
        assert "6" in json.dumps(call("POST", f"/api/{base}/客户信息管理/query", query)), query
        # Defaults: on every way in, unless something is given, even if that is nothing.
        for name, kind, options in (("d1", "singleSelect", {"choices": [{"name": "新"}, {"name": "旧"}], "default": "新"}), ("d2", "singleCollaborator", {"default": {"me": True}}),
                                    ("d3", "date", {"default": {"now": True}}), ("d4", "currency", {"symbol": "€", "default": 9.5}), ("d5", "checkbox", {"default": True})):
            made = call("POST", meta + "/fields", {"name": name, "type": kind, "options": options})
            assert made["options"]["default"] == options["default"], made
        fresh = call("POST", table, {"fields": {"客户": "x"}})
        assert (fresh["fields"]["d1"], fresh["fields"]["d2"]["name"], fresh["fields"]["d4"], fresh["fields"]["d5"]) == ("新", "admin", 9.5, True), fresh
        assert len(fresh["fields"]["d3"]) == 10, fresh
        fresh = call("POST", table, {"fields": {"d1": None, "d2": None, "d4": 1}})
        assert "d1" not in fresh["fields"] and "d2" not in fresh["fields"] and fresh["fields"]["d4"] == 1 and fresh["fields"]["d5"] is True, fresh
        for wrong in ({"type": "singleSelect", "options": {"choices": [{"name": "a"}], "default": "b"}}, {"type": "rating", "options": {"default": 9}},
                      {"type": "number", "options": {"default": {"me": True}}}, {"type": "createdTime", "options": {"default": {"now": True}}}, {"type": "autoNumber", "options": {"default": 5}},
                      {"type": "email", "options": {"default": "nobody"}}, {"type": "date", "options": {"default": {"now": True, "more": 1}}}):
            assert call("POST", meta + "/fields", {"name": "wrong"} | wrong)["status"] in (400, 422), wrong
        assert "default" not in call("PATCH", meta + "/fields/d4", {"options": {"default": None}})["options"]
        assert "default" not in call("PATCH", meta + "/fields/d1", {"type": "number"}).get("options", {})  # it fits no more
        # States, cascades, checklists, codes, places, buttons: what they take, what they refuse, what follows.
        choices = [{"name": "open", "next": ["busy"]}, {"name": "busy", "next": ["open", "closed"]}, {"name": "closed", "asksReason": True}]
        kinds = call("POST", f"/v0/meta/bases/{base}/tables", {"name": "kinds", "fields": [
            {"name": "n", "type": "singleLineText"}, {"name": "by", "type": "createdBy"}, {"name": "fresh", "type": "formula", "options": {"formula": "LEN({n})"}},
            {"name": "state", "type": "state", "options": {"limitsMoves": True, "reasonFieldId": "why", "choices": choices}},
            {"name": "since", "type": "lastModifiedTime", "options": {"referencedFieldIds": ["state"]}},
            {"name": "why", "type": "singleLineText"},
            {"name": "region", "type": "singleSelect", "options": {"choices": [{"name": "north"}, {"name": "south"}]}},
            {"name": "city", "type": "singleSelect", "options": {"parentFieldId": "region", "choices": [{"name": "Harbin", "under": ["north"]}, {"name": "Canton", "under": ["south"]}]}},
            {"name": "list", "type": "checklist"}, {"name": "code", "type": "barcode", "options": {"symbology": "ean13"}}, {"name": "place", "type": "location"},
            {"name": "photo", "type": "image"}, {"name": "go", "type": "button", "options": {"action": "editFields", "fields": {"n": "{n}&\"!\""}, "condition": "{state}=\"open\""}}]})
        fields = {field["name"]: field for field in kinds["fields"]}
        assert fields["state"]["options"]["choices"][0]["next"] == [fields["state"]["options"]["choices"][1]["id"]], fields["state"]
        assert fields["since"]["options"]["referencedFieldIds"] == [fields["state"]["id"]] and fields["go"]["options"]["fields"] == {fields["n"]["id"]: "{%s}&\"!\"" % fields["n"]["id"]}
        rows = f"/v0/{base}/kinds"
        first = call("POST", rows, {"fields": {"n": "a", "state": "open", "region": "south", "city": "Canton", "list": [{"text": "call", "done": True}, "send"],
                                               "code": {"text": "629104150021"}, "place": {"province": "广东省", "city": "深圳市", "address": "路1号", "latitude": 22.5, "longitude": 114}}})
        assert first["fields"]["code"] == {"text": "6291041500213"} and first["fields"]["list"] == [{"text": "call", "done": True}, {"text": "send", "done": False}], first
        assert first["fields"]["place"] == {"province": "广东省", "city": "深圳市", "address": "路1号", "latitude": 22.5, "longitude": 114}, first
        assert call("GET", rows + "?filterByFormula=FIND(\"send\",{list})")["records"][0]["fields"] == first["fields"]
        one = rows + "/" + first["id"]
        for wrong, status, kind in (({"state": "closed"}, 422, "MOVE_NOT_ALLOWED"), ({"state": None}, 422, "MOVE_NOT_ALLOWED"), ({"city": "Harbin"}, 422, "INVALID_VALUE_FOR_COLUMN"),
                                    ({"code": "123"}, 422, "INVALID_VALUE_FOR_FIELD"), ({"place": {"latitude": 200, "longitude": 0}}, 422, "INVALID_VALUE_FOR_FIELD"),
                                    ({"since": "2026-01-01"}, 422, "FIELD_IS_READ_ONLY"), ({"go": 1}, 422, "FIELD_IS_READ_ONLY")):
            refused = call("PATCH", one, {"fields": wrong})
            assert refused["status"] == status and refused["error"]["type"] == kind, (wrong, refused)
        pressed = call("POST", f"/api/{base}/kinds/{first['id']}/press/go")
        assert pressed["fields"]["n"] == "a!", pressed
        assert "city" not in call("PATCH", one, {"fields": {"region": "north", "state": "busy"}})["fields"]
        assert call("POST", f"/api/{base}/kinds/{first['id']}/press/go")["error"]["type"] == "BUTTON_NOT_OFFERED"
        assert call("PATCH", one, {"fields": {"state": "closed"}})["error"]["type"] == "MISSING_VALUE"
        closed = call("PATCH", one, {"fields": {"state": "closed", "why": "repaired"}})
        assert closed["fields"]["state"] == "closed" and closed["fields"]["since"] > first["fields"]["since"], closed
        history = call("GET", f"/api/{base}/kinds/{first['id']}/history")["history"]
        assert [entry["kind"] for entry in history] == ["edited", "edited", "edited", "created"] and all(c["field"] != "since" for e in history for c in e["changes"]), history
        merged = call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/fields/state", {"options": {"merge": {"closed": "busy"}}})
        assert [c["name"] for c in merged["options"]["choices"]] == ["open", "busy"] and call("GET", one)["fields"]["state"] == "busy", merged
        assert call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/fields/state", {"options": {"merge": {"open": "nowhere"}}})["status"] == 422
        for type_, status in (("image/png", 200), ("text/plain; charset=utf-8", 422)):
            sent = urllib.request.Request(url + f"/api/{base}/attachments?name=p", data=b"x", method="POST", headers={"Authorization": "Bearer " + token, "Content-Type": type_})
            sent = json.load(urllib.request.urlopen(sent))
            assert sent["type"] == type_.split(";")[0], sent
            assert call("PATCH", one, {"fields": {"photo": [{"id": sent["id"]}]}}).get("status", 200) == status, type_
        people = call("POST", f"/v0/meta/bases/{base}/tables", {"name": "staff", "fields": [{"name": "who", "type": "singleLineText"}, {"name": "away", "type": "checkbox"}]})
        here = call("POST", f"/v0/meta/bases/{base}/tables/staff/views", {"name": "here", "filter": {"formula": "NOT({away})"}})
        link = call("POST", f"/v0/meta/bases/{base}/tables/kinds/fields", {"name": "does", "type": "multipleRecordLinks", "options": {
            "linkedTableId": people["id"], "viewIdForRecordSelection": here["id"], "linkCondition": "LEN({who})>LEN({n})"}})
        assert link["options"]["viewIdForRecordSelection"] == here["id"] and people["fields"][0]["id"] in link["options"]["linkCondition"], link
        staff = call("POST", f"/v0/{base}/staff", {"records": [{"fields": {"who": "Ann Lee"}}, {"fields": {"who": "Bob Fox", "away": True}}, {"fields": {"who": "C"}}]})["records"]
        for person, status in ((0, 200), (1, 422), (2, 422)):
            tried = call("PATCH", one, {"fields": {"does": [staff[person]["id"]]}})
            assert tried.get("status", 200) == status and (status == 200 or tried["error"]["type"] == "INVALID_RECORD_ID"), tried
        assert call("PATCH", f"/v0/{base}/staff/{staff[1]['id']}", {"fields": {"kinds": [first["id"]]}})["error"]["type"] == "INVALID_RECORD_ID"
        for wrong in ({"viewIdForRecordSelection": "viw0"}, {"viewIdForRecordSelection": people["id"]}, {"linkCondition": "{nobody}"}):
            assert call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/fields/does", {"options": wrong})["status"] == 422, wrong
        freed = call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/fields/does", {"options": {"viewIdForRecordSelection": None, "linkCondition": ""}})
        assert "linkCondition" not in freed["options"] and "viewIdForRecordSelection" not in freed["options"], freed
        assert call("PATCH", one, {"fields": {"does": [staff[1]["id"]]}})["fields"]["does"] == [staff[1]["id"]]
        where = f"/api/{base}/departments"
        made = call("PUT", where, {"departments": [{"name": "客服部", "head": "admin", "departments": [{"name": "华东组"}, {"name": "华北组", "closed": True}]}, {"name": "仓库"}]})
        assert made == call("GET", where) and [d["name"] for d in made["departments"][0]["departments"]] == ["华东组", "华北组"], made
        field = call("POST", f"/v0/meta/bases/{base}/tables/kinds/fields", {"name": "group", "type": "department", "options": {"choices": [{"name": "own"}]}})
        assert field["type"] == "department" and [c["name"] for c in field["options"]["choices"]] == ["客服部", "华东组", "华北组", "仓库"], field
        assert call("PATCH", one, {"fields": {"group": "华东组"}})["fields"]["group"] == "华东组"
        assert call("PATCH", one, {"fields": {"group": "nowhere"}, "typecast": True})["status"] == 422
        east = made["departments"][0]["departments"][0]
        made["departments"][0]["departments"] = [east | {"name": "东区"}]
        made = call("PUT", where, made)
        assert call("GET", one)["fields"]["group"] == "东区" and made["departments"][0]["departments"] == [east | {"name": "东区"}], made
        assert call("PUT", where, {"departments": []})["error"]["type"] == "DEPARTMENT_IN_USE"
        for wrong in ({"departments": [{"name": "a", "parent": "b"}]}, {"departments": [{"name": "a", "head": "nobody"}]}, {"departments": [{"name": "a"}, {"name": "A"}]}, {"all": []}, {}, {"departments": "x"}, {"departments": [{"id": "sel00000000000001", "name": "a"}]}):
            assert call("PUT", where, wrong)["status"] in (400, 404, 409, 422), wrong
        found = call("GET", f"/v0/{base}/kinds?filterByFormula={{group}}=\"东区\"")["records"]
        assert [r["id"] for r in found] == [first["id"]], found
        fields = f"/v0/meta/bases/{base}/tables/kinds/fields"
        field = call("POST", fields, {"name": "when", "type": "dateTime", "options": {"dateFormat": {"name": "european"}, "timeFormat": {"name": "12hour"}, "timeZone": "Europe/Berlin", "showTimeZone": True}})
        assert field["options"] == {"dateFormat": {"name": "european"}, "timeFormat": {"name": "12hour"}, "timeZone": "Europe/Berlin", "showTimeZone": True}, field
        assert call("PATCH", one, {"fields": {"when": "03/05/2026 9:30 PM"}, "typecast": True})["fields"]["when"] == "2026-05-03T19:30:00.000Z"
        strings = call("GET", f"/v0/{base}/kinds?cellFormat=string&timeZone=Asia/Shanghai&userLocale=en&maxRecords=1")
        assert strings["records"][0]["fields"]["when"] == "03/05/2026 9:30 PM (GMT+2)", strings
        view = call("POST", f"/v0/meta/bases/{base}/tables/kinds/views", {"name": "that day", "filter": {"field": "when", "op": "is", "value": "2026-05-03"}})
        assert [r["id"] for r in call("GET", f"/v0/{base}/kinds?view=that day")["records"]] == [first["id"]], view
        for wrong in ({"dateFormat": {"name": "roman"}}, {"timeFormat": {"name": "13hour"}}, {"timeZone": "Mars/Phobos"}, {"dateFormat": "iso"}):
            assert call("PATCH", f"{fields}/when", {"options": wrong})["status"] == 422, wrong
        for name, kind, options in (
                ("sum", "number", {"unit": "kg", "thousands": True, "precision": 1, "separators": "periodComma", "showAs": "bar", "full": 500, "color": "teal", "notNegative": True}),
                ("part", "percent", {"precision": 0, "showAs": "ring", "full": 80, "color": "red"}), ("spot", "location", {"show": "city"})):
            field = call("POST", fields, {"name": name, "type": kind, "options": options})
            assert field.get("options") == options, field
        changed = call("PATCH", one, {"fields": {"sum": 1234.5, "part": 0.5, "spot": "广东深圳南山区科技园路1号"}})["fields"]
        assert changed["spot"]["district"] == "南山区", changed
        strings = call("GET", f"/v0/{base}/kinds?cellFormat=string&timeZone=UTC&userLocale=en&maxRecords=1")["records"][0]["fields"]
        assert (strings["sum"], strings["part"], strings["spot"]) == ("1.234,5 kg", "50%", "广东省 深圳市"), strings
        assert call("PATCH", one, {"fields": {"sum": -1}})["status"] == 422
        assert call("PATCH", one, {"fields": {"sum": "2.500,5"}, "typecast": True})["fields"]["sum"] == 2500.5
        for wrong in ({"separators": "dots"}, {"showAs": "pie"}, {"full": 0}, {"show": "street"}):
            assert call("PATCH", f"{fields}/sum", {"options": wrong})["status"] == 422, wrong
        field = call("POST", fields, {"name": "twice", "type": "formula", "options": {"formula": "{sum}*2", "result": {
            "type": "number", "options": {"precision": 1, "separators": "spaceComma", "showAs": "ring", "full": 9000, "color": "red"}}}})
        result = field["options"]["result"]
        assert (result["options"]["separators"], result["options"]["showAs"], result["options"]["full"]) == ("spaceComma", "ring", 9000), field
        again = call("PATCH", f"{fields}/twice", {"options": {"formula": "{sum}*2", "result": result}})  # as it came
        assert again["options"]["result"] == result, again
        field = call("POST", fields, {"name": "tags", "type": "multipleSelects", "options": {"choices": [{"name": "old"}], "takesNewOptions": True}})
        assert field["options"]["takesNewOptions"] is True, field
        assert call("PATCH", one, {"fields": {"tags": ["old", "new"]}})["status"] == 422
        assert call("PATCH", one, {"fields": {"tags": ["old", "new"]}, "typecast": True})["fields"]["tags"] == ["old", "new"]
        report = call("POST", f"/api/{base}/kinds/import?format=csv", raw="n,tags\nimported,\"new, newer\"\n".encode())
        assert report["imported"] == 1 and not report["faults"], report
        found = call("GET", f"/v0/{base}/kinds?filterByFormula={{n}}=\"imported\"")["records"][0]
        assert found["fields"]["tags"] == ["new", "newer"], found
        call("PATCH", f"{fields}/tags", {"options": {"takesNewOptions": False}})
        report = call("POST", f"/api/{base}/kinds/import?format=csv", raw="n,tags\nimported,newest\n".encode())
        assert report["imported"] == 1 and [f["field"] for f in report["faults"]] == ["tags"], report
        shown = call("PATCH", f"{fields}/does", {"options": {"onlyNewRecords": True}})
        assert shown["options"]["onlyNewRecords"] is True, shown
        assert call("PATCH", one, {"fields": {"does": [staff[0]["id"]]}})["error"]["type"] == "INVALID_RECORD_ID"
        call("PATCH", f"{fields}/does", {"options": {"onlyNewRecords": False}})
        for wrong in ("fld00000000000001", field["id"], "name", 3):
            assert call("PATCH", f"{fields}/does", {"options": {"shownFieldId": wrong}})["status"] == 422, wrong
        field = call("POST", fields, {"name": "phone", "type": "phoneNumber", "options": {"sensitive": True, "unique": True}})
        assert (field["type"], field["options"]) == ("phoneNumber", {"sensitive": True, "unique": True}), field
        assert call("POST", fields, {"name": "count", "type": "number", "options": {"sensitive": True}})["status"] == 422
        assert call("PATCH", one, {"fields": {"phone": "138 1234 5678"}})["fields"]["phone"] == "138****5678"
        assert call("PATCH", one, {"fields": {"phone": "138****5678"}})["fields"]["phone"] == "138****5678"  # as it came
        for wrong in ("139****5678", "nobody", 138):
            refused = call("PATCH", one, {"fields": {"phone": wrong}})
            assert refused["status"] == 422 and "nobody" not in refused["error"]["message"], refused
        reveal = f"/api/{base}/kinds/{first['id']}/reveal/phone"
        assert call("POST", reveal, {"reason": "calls back"}) == {"value": "138 1234 5678"}
        assert call("POST", reveal.replace("phone", field["id"]), {"reason": "calls back"}) == {"value": "138 1234 5678"}
        for wrong in ({}, {"reason": " "}, {"reason": "a", "why": 1}):
            assert call("POST", reveal, wrong)["status"] == 422, wrong
        assert call("POST", reveal.replace("phone", "n"), {"reason": "a"})["status"] == 422
        assert call("POST", reveal.replace(first["id"], "rec00000000000001"), {"reason": "a"})["status"] in (404, 422)
        taken = call("POST", f"/v0/{base}/kinds", {"fields": {"n": "twin", "phone": "+8613812345678"}})
        assert taken["status"] == 422 and "1234" not in json.dumps(taken), taken
        asked = call("POST", f"/v0/meta/bases/{base}/tables/kinds/views", {"name": "called", "filter": {"field": "phone", "op": "is", "value": "138-1234-5678"}})
        assert [r["id"] for r in call("GET", f"/v0/{base}/kinds?view=called")["records"]] == [first["id"]], asked
        history = json.dumps(call("GET", f"/api/{base}/kinds/{first['id']}/history"))
        assert "138****5678" in history and "1234 5678" not in history, history
        assert "138****5678" in json.dumps(call("GET", f"/api/{base}/search?q=13812345678"), ensure_ascii=False)
        opened = call("PATCH", f"{fields}/phone", {"options": {"sensitive": False}})
        assert "sensitive" not in opened["options"] and call("GET", one)["fields"]["phone"] == "138 1234 5678", opened
        assert call("POST", reveal, {"reason": "a"})["status"] == 422
        closed = call("PATCH", f"{fields}/phone", {"options": {"sensitive": True}})
        assert closed["options"]["sensitive"] and call("GET", one)["fields"]["phone"] == "138****5678", closed
        rows = f"/v0/{base}/kinds"
        call("POST", rows, {"records": [{"fields": {"n": "b"}}, {"fields": {"n": "bb"}}, {"fields": {"n": "b"}}]})
        view = call("POST", f"/v0/meta/bases/{base}/tables/kinds/views", {"name": "twice", "filter": {"all": [{"formula": "IS_DUPLICATE({n})"}, {"formula": "LEN({n}) < 2 && {by}=ME()"}]}})
        assert view["filter"]["all"][1] == {"formula": "LEN({n}) < 2 && {by}=ME()"}, view
        assert [r["fields"]["n"] for r in call("GET", rows + "?view=twice")["records"]] == ["b", "b"]
        view = call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/views/twice", {"colours": [
            {"filter": {"formula": "LEN({n})>1"}, "color": "red"}, {"filter": {"formula": "{n}=\"b\""}, "color": "teal", "part": "edge"},
            {"filter": {"field": "n", "op": "is", "value": "b"}, "color": "blue", "field": "n"}]})
        assert [(c["part"], c["color"], c.get("field")) for c in view["colours"]] == [("row", "red", None), ("edge", "teal", None), ("cell", "blue", "n")], view
        for wrong in ({"filter": {"formula": "{nobody}"}}, {"filter": {}, "part": "ear"}, {"filter": {}, "part": "cell"}, {"filter": {}, "field": "nobody"}, {"when": 1}):
            assert call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/views/twice", {"colours": [wrong]})["status"] in (400, 404, 422), wrong
        call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/fields/n", {"name": "number"})
        views = call("GET", f"/v0/meta/bases/{base}/tables/kinds/views")["views"]
        assert [v["filter"] for v in views if v["name"] == "twice"][0]["all"][1] == {"formula": "LEN({number}) < 2 && {by}=ME()"}, views
        refused = call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/views/twice", {"filter": {"formula": "LEN({n})"}})
        assert refused["status"] == 422 and "“n”" in refused["error"]["message"], refused
        refused = call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/fields/fresh", {"options": {"formula": "ME()"}})
        assert refused["status"] == 422, refused
        call("PATCH", f"/v0/meta/bases/{base}/tables/kinds/fields/number", {"name": "n"})
        assert call("PATCH", meta, {"name": "客户", "description": "d"})["name"] == "客户"
        assert call("DELETE", f"/v0/{base}/客户/{record}")["deleted"] is True
        assert call("POST", f"/api/{base}/trash/restore", {"table": "客户", "records": [record]})["records"][0]["fields"]["积分"] == 12
        assert len(call("GET", f"/api/{base}/search?q=冰袋")["results"]) > 5
        changes = call("GET", f"/api/{base}/changes?since=1")
        assert [c["revision"] for c in changes["changes"]] == list(range(2, changes["revision"] + 1))
        assert call("DELETE", "/api/session") == {}
        assert call("GET", "/v0/meta/bases")["status"] == 401
    finally:
        server.terminate()
        assert server.wait(timeout=15) == 0
    checked = subprocess.run([SERVER, "check", "--data", data], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
print("the API does what it says")
