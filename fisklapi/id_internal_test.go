package fisklapi

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestIDs reads and writes ids of every form.
func TestIDs(t *testing.T) {
	t.Parallel()
	for token, key := range map[string]schemas.ID{
		`1024`: "1024", `"1024"`: "1024", `9007199254740993`: "9007199254740993", `"0042"`: "0042",
		`18446744073709551616`: "18446744073709551616", `-7`: "-7", `"A_b-1.2:c"`: "A_b-1.2:c",
		`"9b2d8f5e-0c1a-4e7b-9d3f-2a6c4b8e1f70"`: "9b2d8f5e-0c1a-4e7b-9d3f-2a6c4b8e1f70",
		`null`:                                   "", `""`: "", `0`: "", `"0"`: "", `"\u200b12 "`: "12", `"\u0037"`: "7",
	} {
		var i id
		if err := json.Unmarshal([]byte(token), &i); err != nil || i.key != key {
			t.Errorf("%s: got %+v and error %v, want %q", token, i, err, key)
		}
	}
	for _, token := range []string{
		`1.0`, `1.5`, `1e3`, `1E3`, `true`, `{}`, `[]`, `[1]`, `"a b"`, `"a/b"`, `"é"`, `"."`, `"--"`,
		`"` + strings.Repeat("x", 65) + `"`, strings.Repeat("9", 65),
	} {
		var i id
		if err := json.Unmarshal([]byte(token), &i); err == nil {
			t.Errorf("%s: got %+v, want it refused", token, i)
		}
	}
}

// TestIDsOnTheWayBack sends ids in the form in which they came.
func TestIDsOnTheWayBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		token := rapid.OneOf(
			rapid.StringMatching(`-?[1-9][0-9]{0,40}`),
			rapid.StringMatching(`"[A-Za-z1-9][A-Za-z0-9_.:-]{0,63}"`),
		).Draw(t, "token")
		var i id
		if err := json.Unmarshal([]byte(token), &i); err != nil {
			t.Fatal(err)
		}
		back, err := json.Marshal(fields{"clientId": i})
		if want := `{"clientId":` + token + `}`; err != nil || string(back) != want {
			t.Errorf("got %s and error %v, want %s", back, err, want)
		}
	})
}

// FuzzID reads anything: what it takes for an id is written as it reads it again.
func FuzzID(f *testing.F) {
	for _, seed := range []string{`1`, `"1"`, `null`, `1e3`, `"a\nb"`, `-0`, `"0"`, `00`, `"\ud800"`} {
		f.Add(seed)
	}
	shape := regexp.MustCompile(`^[A-Za-z0-9_.:-]{1,64}$`)
	f.Fuzz(func(t *testing.T, token string) {
		var first, second id
		if json.Unmarshal([]byte(token), &first) != nil {
			return
		}
		back, err := json.Marshal(first)
		if err != nil || json.Unmarshal(back, &second) != nil || first != second {
			t.Fatalf("%q is %+v, written as %s, read as %+v", token, first, back, second)
		}
		if first.key != "" && !shape.MatchString(string(first.key)) {
			t.Fatalf("%q is %+v", token, first)
		}
	})
}

// TestDigestsStay holds digests against those of versions that had ids as numbers: another reference would be another
// invoice, and another content one that nobody agreed to.
func TestDigestsStay(t *testing.T) {
	t.Parallel()
	number := func(n string) id { return id{key: schemas.ID(n)} }
	body := fields{
		"clientId": number("1024"), "invoiceDate": "2026-11-22", "currency": "GBP",
		"items": []fields{{"quantity": json.Number("2"), "productId": number("77"), "price": int64(5000), "taxIds": []id{number("301"), number("302")}}},
	}
	if got := externalID("42", body); got != "mcp-1b997805303ebc901ba6e786" {
		t.Errorf("the reference is %s", got)
	}
	paying := request{op: OpRecordPayment, body: fields{"invoiceId": number("5253"), "amount": int64(100), "date": "2026-11-22", "accountId": number("501")}}
	for want, r := range map[string]request{"b170ff9f14673b5a6797289855c5bb47": paying, "e6fbf6e396c74b496165835f52a5e97a": at(OpSendInvoice, "5253")} {
		w := Write{ID: "5253"}
		if r.op == OpRecordPayment {
			w.Email, w.Date = "a@b.example", "2026-11-22"
		}
		if w, err := w.asked(r); err != nil || w.Content != want {
			t.Errorf("%s: the content is %s, want %s (%v)", r.op, w.Content, want, err)
		}
	}
}

// TestFormStays has an invoice under the digits of a string: it is another content than one under a number.
func TestFormStays(t *testing.T) {
	t.Parallel()
	one, other := fields{"clientId": id{key: "7"}}, fields{"clientId": id{key: "7", quoted: true}}
	if externalID("1", one) == externalID("1", other) {
		t.Error("a number and a string have one digest")
	}
}
