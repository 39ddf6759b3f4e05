package dialect_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// TestRoundTrip finds that whatever is written in a dialect is read as it was,
// for forms, dialects and values by chance.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		form := drawForm(r, 3)
		m := drawMapping(r, form)
		value := drawValue(r, form)
		roundTripValue(r, form, m, value)
	})
}

func roundTripValue(t interface {
	Helper()
	Fatalf(string, ...any)
}, form *dialect.Form, m dialect.Mapping, value dialect.Node,
) {
	t.Helper()
	theirs, err := m.Write(form, &value)
	if err != nil {
		t.Fatalf("write %s as %+v: %v", value.Append(nil), m, err)
	}
	theirs = parse(t, string(theirs.Append(nil)))
	ours, err := m.Read(form, &theirs)
	if err != nil {
		t.Fatalf("read %s, written of %s as %+v: %v", theirs.Append(nil), value.Append(nil), m, err)
	}
	if !same(&value, &ours) {
		t.Fatalf("%s\nis written %s\nand read  %s\nas %+v", value.Append(nil), theirs.Append(nil), ours.Append(nil), m)
	}
}

// same compares values without the order of members.
func same(a, b *dialect.Node) bool {
	if a.Type != b.Type || len(a.Members) != len(b.Members) || len(a.Items) != len(b.Items) || string(a.Raw) != string(b.Raw) {
		return false
	}
	for i := range a.Items {
		if !same(&a.Items[i], &b.Items[i]) {
			return false
		}
	}
	for i := range a.Members {
		v := b.Get(a.Members[i].Name)
		if v == nil || !same(&a.Members[i].Value, v) {
			return false
		}
	}
	return true
}

func memberNames() []string {
	return []string{"id", "number", "status", "total", "paid", "date", "rows", "amounts", "currency", "rate", "note", "flags"}
}

// drawForm makes a record, or a list of records, of fields of all kinds.
func drawForm(r *rapid.T, depth int) *dialect.Form {
	record := &dialect.Form{Kind: dialect.Record, Noun: "thing"}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(memberNames()), 1, 6, rapid.ID).Draw(r, "fields") {
		record.Fields = append(record.Fields, dialect.Field{Name: name, Form: drawField(r, depth)})
	}
	if rapid.Bool().Draw(r, "list") {
		return &dialect.Form{Kind: dialect.List, Elem: record}
	}
	return record
}

func drawField(r *rapid.T, depth int) *dialect.Form {
	kinds := []dialect.Kind{dialect.Word, dialect.ID, dialect.Amount, dialect.Day, dialect.Decimal, dialect.Count, dialect.Flag, dialect.Words, dialect.Amounts}
	kind := rapid.SampledFrom(kinds).Draw(r, "kind")
	switch {
	case depth > 1 && rapid.IntRange(0, 3).Draw(r, "below") == 0:
		return drawForm(r, depth-1)
	case kind == dialect.Word && rapid.Bool().Draw(r, "vocabulary"):
		return &dialect.Form{Kind: kind, Meanings: []string{"Draft", "Sent", "Paid"}, Vocabulary: "thing"}
	case kind == dialect.Amount && rapid.Bool().Draw(r, "amounts in a list"):
		return &dialect.Form{Kind: dialect.List, Elem: &dialect.Form{Kind: kind}}
	default:
		return &dialect.Form{Kind: kind}
	}
}

// drawMapping renames members, puts them deeper, and writes amounts, dates and
// words otherwise.
func drawMapping(r *rapid.T, form *dialect.Form) dialect.Mapping {
	d := dialect.Dialect{
		Version: dialect.Version,
		Amounts: rapid.SampledFrom([]dialect.Money{"", dialect.MinorUnits, dialect.MinorText, dialect.DecimalNumber, dialect.DecimalText}).Draw(r, "money"),
		Dates:   rapid.SampledFrom(allDays()).Draw(r, "days"),
	}
	if rapid.Bool().Draw(r, "words") {
		d.Words = map[string]map[string]string{"thing": {"Draft": "0", "Sent": "OUT, OFF", "Paid": "2"}}
	}
	o := dialect.Operation{Answer: rapid.SampledFrom([]string{"", "data", "a.b"}).Draw(r, "answer"), Members: map[string]string{}}
	o.Single = form.Kind == dialect.Record && rapid.Bool().Draw(r, "single")
	if form.Kind == dialect.List && rapid.Bool().Draw(r, "edges") {
		o.Members["*"] = "node"
	}
	form.Walk(func(path string, f dialect.Field) {
		within := f.Form.Kind == dialect.Amounts || f.Form.Kind == dialect.List && f.Form.Elem.Kind == dialect.Amount
		if within && rapid.Bool().Draw(r, "object of "+path) {
			o.Members[path+".*"] = "value"
		}
		switch rapid.IntRange(0, 3).Draw(r, path) {
		case 0:
			o.Members[path] = "x_" + f.Name
		case 1:
			o.Members[path] = "inner." + f.Name
		case 2:
			if f.Form.Kind == dialect.Amount {
				o.Members[path] = "up_" + f.Name + " - " + "down_" + f.Name
			}
		}
	})
	d.Operations = map[string]dialect.Operation{"get": o}
	if err := d.Validate(); err != nil {
		r.Fatalf("%v of %+v", err, d)
	}
	m, _ := d.Answer("get", form, nil)
	return m
}

func drawValue(r *rapid.T, form *dialect.Form) dialect.Node {
	switch form.Kind {
	case dialect.Record:
		n := dialect.Node{Type: dialect.Object}
		for _, f := range form.Fields {
			if rapid.IntRange(0, 5).Draw(r, "there") > 0 {
				n.Members = append(n.Members, dialect.Member{Name: f.Name, Value: drawValue(r, f.Form)})
			}
		}
		return n
	case dialect.List:
		n := dialect.Node{Type: dialect.Array}
		for range rapid.IntRange(0, 3).Draw(r, "rows") {
			n.Items = append(n.Items, drawValue(r, form.Elem))
		}
		return n
	case dialect.Amounts:
		n := dialect.Node{Type: dialect.Object}
		for i := range rapid.IntRange(0, 3).Draw(r, "names") {
			n.Members = append(n.Members, dialect.Member{Name: fmt.Sprintf("sum%d", i), Value: number(strconv.FormatInt(rapid.Int64().Draw(r, "amount"), 10))})
		}
		return n
	default:
		return drawScalar(r, form)
	}
}

func drawScalar(r *rapid.T, form *dialect.Form) dialect.Node {
	switch form.Kind {
	case dialect.Amount:
		return number(strconv.FormatInt(rapid.Int64().Draw(r, "amount"), 10))
	case dialect.Day:
		day := time.Date(2024, 1, 1+rapid.IntRange(0, 1500).Draw(r, "day"), 0, 0, 0, 0, time.UTC)
		return dialect.Text(day.Format(time.DateOnly))
	case dialect.Count, dialect.ID:
		return number(strconv.Itoa(rapid.Int().Draw(r, "count")))
	case dialect.Decimal:
		return number(rapid.SampledFrom([]string{"7.5", "0", "-1.250", "20"}).Draw(r, "decimal"))
	case dialect.Flag:
		return dialect.Node{Type: dialect.Bool, Raw: []byte(rapid.SampledFrom([]string{"true", "false"}).Draw(r, "flag"))}
	case dialect.Words:
		return dialect.Node{Type: dialect.Array, Items: []dialect.Node{dialect.Text("a"), dialect.Text("b")}}
	default:
		if form.Meanings != nil {
			return dialect.Text(rapid.SampledFrom(form.Meanings).Draw(r, "word"))
		}
		return dialect.Text(rapid.String().Draw(r, "text"))
	}
}
