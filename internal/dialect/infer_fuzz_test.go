package dialect_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// allForms are the forms of all operations' answers.
func allForms() []*dialect.Form {
	var all []*dialect.Form
	for _, e := range fisklapi.Endpoints() {
		if f := fisklapi.FormOf(e.Operation); f != nil {
			all = append(all, f)
		}
	}
	return all
}

// FuzzInfer finds that no answer brings the search down, and that what it reads
// has every required field or is said to lack it.
func FuzzInfer(f *testing.F) {
	for _, seed := range []string{
		`[]`, `{}`, `null`, `{"data":[]}`, `{"content":[{"id":1,"no":"A","state":"Paid","customer":{"id":1},"issued":"31/10/2026","grandTotal":"1.50","settled":"1.00","balance":"0.50","ccy":"GBP"}]}`,
		`{"currency":"GBP","sections":[{"name":"a","rows":[{"name":"b","amount":5}],"total":5}],"totals":{"revenue":5}}`,
		`{"currency":"GBP","accounts":{"Bank":{"debit":1,"credit":0}},"totals":[{"name":"debit","amount":1}]}`,
		`{"currency":"GBP","buckets":["a"],"rows":[{"contactId":1,"contactName":"x","amounts":[{"value":1}],"total":1}],"amounts":[1],"total":1}`,
		`[{"node":{"id":1}},{"node":null}]`, `[{"id":1},null,3]`, `{"edges":[{"node":{"id":1}},{}]}`, `{"data":{"data":{"data":[[]]}}}`, `{"rows":[[1]],"lines":[null]}`,
		`{"a.b":1,"a":{"b":2}," - ":3}`, `{"amount":{"amount":{"amount":1}}}`, `{"debit":1,"credit":2}`, `{"totals":{"revenue":{"a":1}},"amounts":[{"a":[]}]}`,
	} {
		f.Add([]byte(seed))
	}
	forms := allForms()
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := dialect.Parse(b)
		if err != nil {
			return
		}
		for _, form := range forms {
			inferOne(t, form, &n)
		}
	})
}

// inferOne looks for a form in an answer and checks what comes of it.
func inferOne(t *testing.T, form *dialect.Form, n *dialect.Node) {
	t.Helper()
	in, err := dialect.Infer(form, n, dialect.Known{})
	if err != nil {
		return
	}
	out, err := in.Read(form, n)
	if err != nil {
		t.Errorf("%s %s: what was inferred from %s is not read: %v", form.Kind, form.Noun, n.Append(nil), err)
		return
	}
	if missing := dialect.Missing(form, &out); len(missing) != len(in.Missing) {
		t.Errorf("%s %s: %s lacks %v and is said to lack %v", form.Kind, form.Noun, n.Append(nil), missing, in.Missing)
	}
	if again := dialect.Weigh(form, &out); !reflect.DeepEqual(again, in.Evidence) {
		t.Errorf("%s %s: %s: the evidence is %+v, said to be %+v", form.Kind, form.Noun, n.Append(nil), again, in.Evidence)
	}
}

// hostile are answers of up to 8 MB that are made to take long.
func hostile() map[string]string {
	return map[string]string{
		"many rows": `[` + many(80000, func(i int) string { return fmt.Sprintf(`{"id":%d,"x":"2026-01-02","total":%d,"paid":0,"y":1}`, i, i) }) + `]`,
		"many amounts": `{"currency":"GBP","rows":[` + many(800, func(i int) string {
			return `{` + many(300, func(j int) string { return fmt.Sprintf(`"m%d":%d`, j, i+j) }) + `}`
		}) + `]}`,
		"many lists":   `{` + many(1900, func(i int) string { return fmt.Sprintf(`"l%d":[{"name":"a","amount":%d},{"name":"b"}]`, i, i) }) + `}`,
		"nested lists": strings.Repeat(`{"rows":[`, 30) + `1` + strings.Repeat(`]}`, 30),
		"wide, deep":   wide(4, 12),
		"sections": `{"currency":"GBP","groups":[` + many(2000, func(int) string {
			return `{"label":"a","entries":[` + many(20, func(j int) string { return fmt.Sprintf(`{"label":"x%d","a":%d,"b":%d,"c":1,"d":2}`, j, j, j) }) + `],"t":1}`
		}) + `]}`,
	}
}

// TestInferHostile finds that the search is bounded. On a busy machine all
// takes longer, so that the limit grows with the time that parsing takes; a
// search without bounds takes minutes.
func TestInferHostile(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs time that -short does not give")
	}
	ops := []fisklapi.Operation{fisklapi.OpListQuotes, fisklapi.OpGetProfitAndLoss}
	for name, body := range hostile() {
		if len(body) > 8<<20 {
			t.Fatalf("%s has %d bytes", name, len(body))
		}
		began := time.Now()
		n := parse(t, body)
		limit := max(5*time.Second, 60*time.Since(began))
		for _, op := range ops {
			began := time.Now()
			inferOne(t, fisklapi.FormOf(op), &n)
			if took := time.Since(began); took > limit {
				t.Errorf("%s: %s took %s, more than %s", name, op, took, limit)
			}
		}
	}
}

func many(n int, one func(i int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = one(i)
	}
	return strings.Join(all, ",")
}

// wide is an object of objects.
func wide(depth, members int) string {
	if depth == 0 {
		return `[{"amount":1}]`
	}
	inner := wide(depth-1, members)
	return `{` + many(members, func(i int) string { return fmt.Sprintf(`"total%d":%s`, i, inner) }) + `}`
}
