package resources

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// form is a form in which a resource can be read.
type form struct {
	name  string
	mime  string
	write func(b *Books, ctx context.Context, out any) (string, error) // a method
}

func jsonForm() form { return form{"json", "application/json", (*Books).json} }

func markdownForm() form { return form{"markdown", "text/markdown", (*Books).markdown} }

func csvForm() form { return form{"csv", "text/csv", (*Books).csv} }

// form is the one that an address asks for.
func (k kind) form(asked string) (form, error) {
	var names []string
	for _, f := range append([]form{jsonForm()}, k.forms...) {
		if asked == "" || strings.EqualFold(asked, f.name) {
			return f, nil
		}
		names = append(names, f.name)
	}
	return form{}, &schemas.ArgumentError{Argument: "format", Problem: "must be " + strings.Join(names, " or ")}
}

// budget is how many bytes a resource may have that a client puts before a
// model: as many as the answer of a tool.
const budget = 40_000

// cuttable is an answer with rows that can be cut.
type cuttable interface {
	Len() int
	Cut(n int)
}

// fit cuts an answer on a row's edge until what is written of it is within the
// budget. The answer says then that it is not complete.
func fit(out any, write func() (string, error)) (string, error) {
	for {
		text, err := write()
		list, ok := out.(cuttable)
		if err != nil || len(text) <= budget || !ok || list.Len() <= 1 {
			return text, err
		}
		list.Cut(max(1, min(list.Len()-1, list.Len()*budget/len(text)-1)))
	}
}

// json is what the tool of the same name says, and of what the base currency
// is and whether it is complete where the tool has no need to say so.
func (b *Books) json(ctx context.Context, out any) (string, error) {
	return fit(out, func() (string, error) {
		structured, err := b.o.Voice.Structured(ctx, out)
		if err != nil {
			return "", err
		}
		return b.stated(ctx, structured), nil
	})
}

func (b *Books) stated(ctx context.Context, structured json.RawMessage) string {
	var known map[string]json.RawMessage
	if json.Unmarshal(structured, &known) != nil {
		return string(structured)
	}
	s := strings.TrimSuffix(string(structured), "}")
	if known["currency"] == nil {
		if c, err := b.api.Companies.Get(ctx); err == nil && c.Currency != "" {
			s += `,"base_currency":"` + schemas.Clean(c.Currency, currencyLength) + `"`
		}
	}
	switch complete := known["complete"]; {
	case string(complete) == "false":
		s += `,"missing":"` + leftOut + `"`
	case complete == nil && (known["items_omitted"] != nil || known["accounts_omitted"] != nil):
		s += `,"complete":false`
	case complete == nil:
		s += `,"complete":true`
	}
	return s + "}"
}

// leftOut says how to get at the rows that an address has no room for.
const leftOut = "rows are left out, and an address has no next page; ask for a shorter period, or have export_report or export_list write all of them to a file"

// advised says so in a document that is not complete.
func advised(d render.Document) render.Document {
	for i, f := range d.Facts {
		if f == (render.Fact{Name: "complete", Value: "false"}) {
			d.Facts[i].Value += ": " + leftOut
		}
	}
	return d
}

// currencyLength is how long the code of a currency is.
const currencyLength = 3

func (b *Books) markdown(ctx context.Context, out any) (string, error) {
	company := b.o.Voice.Company(ctx)
	return fit(out, func() (string, error) {
		if i, ok := out.(*schemas.Invoice); ok {
			return invoicePage(i, company), nil
		}
		return render.Markdown(advised(render.FencedDocument(out, company))), nil
	})
}

func (b *Books) csv(ctx context.Context, out any) (string, error) {
	company := b.o.Voice.Company(ctx)
	return fit(out, func() (string, error) {
		var to bytes.Buffer
		err := render.Write(render.NewPage(&to), advised(render.NewDocument(out, company)))
		return to.String(), err
	})
}
