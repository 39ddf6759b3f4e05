package dialect_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// TestReadRefused finds that a document that cannot be meant is refused in one
// line that says why.
func TestReadRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ document, want string }{
		"nothing":                 {"", "version is 0"},
		"no version":              {"dates = \"YYYY-MM-DD\"", "version is 0"},
		"version 2":               {"version = 2", "version is 2"},
		"no TOML":                 {"version = = 1", "toml"},
		"an unknown key":          {"version = 1\ncolour = 1", "colour"},
		"an unknown key below":    {"version = 1\n[operations.getInvoice]\ncolour = 1", "colour"},
		"a key twice":             {"version = 1\n[pages]\nfirst = 1\nFirst = 0", "pages.First"},
		"the wrong type":          {"version = \"1\"", "version"},
		"amounts":                 {"version = 1\namounts = \"pounds\"", "amounts cannot be"},
		"dates":                   {"version = 1\ndates = \"DD.MM\"", "dates cannot be"},
		"midnight nowhere":        {"version = 1\ndates = \"midnight London\"", "dates cannot be"},
		"first page":              {"version = 1\n[pages]\nfirst = 2", "pages.first"},
		"largest page":            {"version = 1\n[pages]\nlargest = -1", "pages.largest"},
		"page and size alike":     {"version = 1\n[pages]\npage = \"p\"\nsize = \"p\"", "both \"p\""},
		"page with a line in it":  {"version = 1\n[pages]\npage = \"p\\nq\"", "parameter"},
		"a method":                {"version = 1\n[operations.getInvoice]\nmethod = \"DELETE\"", "no method"},
		"a method in lower case":  {"version = 1\n[operations.getInvoice]\nmethod = \"get\"", "no method"},
		"a path that climbs":      {"version = 1\n[operations.getInvoice]\npath = \"/v1/../admin/{id}\"", "no path"},
		"a path that climbs, hid": {"version = 1\n[operations.getInvoice]\npath = \"/v1/%2e%2e/{id}\"", "no path"},
		"another host":            {"version = 1\n[operations.getInvoice]\npath = \"//evil.example/{id}\"", "no path"},
		"a whole address":         {"version = 1\n[operations.getInvoice]\npath = \"https://evil.example/{id}\"", "no path"},
		"a path with a query":     {"version = 1\n[operations.getInvoice]\npath = \"/v1/invoices?id={id}\"", "no path"},
		"a path that ends":        {"version = 1\n[operations.getInvoice]\npath = \"/v1/invoices\\n\"", "no path"},
		"a member twice":          {"version = 1\n[members]\npaid = \"x\"\ntotal = \"x\"", "both \"x\""},
		"one within another":      {"version = 1\n[operations.getInvoice.members]\ntotal = \"sums\"\npaid = \"sums.paid\"", "lies within"},
		"deeper within another":   {"version = 1\n[operations.getInvoice.members]\ntotal = \"a\"\npaid = \"a.b.c\"", "lies within"},
		"a difference twice":      {"version = 1\n[operations.getInvoice.members]\ntotal = \"a - b\"\npaid = \"b\"", "both \"b\""},
		"a member without a name": {"version = 1\n[members]\npaid = \"a..b\"", "cannot be the name"},
		"a member of nothing":     {"version = 1\n[members]\npaid = \"\"", "cannot be the name"},
		"a control character":     {"version = 1\n[members]\npaid = \"a\\u0000b\"", "cannot be the name"},
		"an escape character":     {"version = 1\n[members]\npaid = \"a\\u001b[2J\"", "cannot be the name"},
		"a bell in the answer":    {"version = 1\n[operations.getInvoice]\nanswer = \"a\\u0007\"", "answer cannot be"},
		"a raw control character": {"version = 1\n[members]\npaid = \"a\x01b\"", "toml"},
		"a long name":             {"version = 1\n[members]\npaid = \"" + strings.Repeat("x", 201) + "\"", "cannot be the name"},
		"a word twice":            {"version = 1\n[words.invoice]\nPaid = \"3\"\nSent = \"2, 3\"", "both \"3\""},
		"no word":                 {"version = 1\n[words.invoice]\nPaid = \" , \"", "no word"},
		"a word in two lines":     {"version = 1\n[words.invoice]\nPaid = \"a\\nb\"", "cannot be a word"},
		"a parameter twice":       {"version = 1\n[operations.listInvoices.parameters]\nstart = \"d\"\nend = \"d\"", "both \"d\""},
		"a parameter":             {"version = 1\n[operations.listInvoices.parameters]\nstart = \"a b\\n\"", "parameter"},
		"a missing member":        {"version = 1\n[operations.getInvoice]\nmissing = [\"a..b\"]", "cannot be the name"},
		"body twice":              {"version = 1\n[operations.createInvoice.body]\nnotes = \"n\"\ncurrency = \"n\"", "both \"n\""},
		"too large":               {"version = 1\n# " + strings.Repeat("x", dialect.MaxSize), "larger than 1 MB"},
	} {
		_, err := dialect.Read(strings.NewReader(test.document))
		switch {
		case err == nil:
			t.Errorf("%s: read without an error", name)
		case !strings.Contains(err.Error(), test.want):
			t.Errorf("%s: %v, want %q", name, err, test.want)
		case strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' }) || len(err.Error()) > 400:
			t.Errorf("%s: the error is no clear line: %q", name, err)
		}
	}
}

// whole has something of everything that a dialect can say.
func whole() dialect.Dialect {
	return dialect.Dialect{
		Version: 1, For: "https://api.fiskl.example", Source: "by hand", Learned: true,
		Amounts: dialect.DecimalText, Dates: "midnight +01:00",
		Pages:   dialect.Pages{Page: "p", Size: "n", First: 1, Largest: 50},
		Members: map[string]string{"outstanding": "balance", "paid": "settled.amount"},
		Words:   map[string]map[string]string{"invoice": {"Paid": "4, PAID", "Draft": "0"}},
		Operations: map[string]dialect.Operation{
			"getInvoice": {
				Method: "POST", Path: "/v2/invoice/{id}/full", Permission: "invoices.view", Scope: "invoices:view",
				Parameters: map[string]string{"start": "from", "end": "-"}, Answer: "data.invoice", Single: true,
				Members: map[string]string{"clientId": "client.id", "amount": "debit - credit", "items": "lines"},
				Body:    map[string]string{"notes": "memo"}, Amounts: dialect.MinorUnits, Dates: dialect.DottedDMY,
				Missing: []string{"dueDate"}, Evidence: []string{"total = subtotal + taxTotal held 12 times"},
			},
			"listInvoices": {Answer: "edges", Members: map[string]string{"*": "node"}},
		},
	}
}

// TestDocument finds that what is written is read as it was.
func TestDocument(t *testing.T) {
	t.Parallel()
	want := whole()
	var b bytes.Buffer
	if err := want.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := dialect.Read(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("got %+v\nof %s", got, b.String())
	}
}

// FuzzRead finds that no document does harm, and that one that is taken is
// written and read again as it is.
func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	full := whole()
	if err := full.Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("version = 1\n[members]\na = \"b\"\nb = \"a\""))
	f.Fuzz(func(t *testing.T, document []byte) {
		d, err := dialect.Read(bytes.NewReader(document))
		if err != nil {
			return
		}
		var written bytes.Buffer
		if err := d.Write(&written); err != nil {
			t.Fatal(err)
		}
		again, err := dialect.Read(bytes.NewReader(written.Bytes()))
		if err != nil {
			t.Fatalf("%v\n%s", err, written.String())
		}
		var twice bytes.Buffer
		if err := again.Write(&twice); err != nil || !bytes.Equal(twice.Bytes(), written.Bytes()) {
			t.Errorf("written %q, then %q: %v", written.String(), twice.String(), err)
		}
	})
}
