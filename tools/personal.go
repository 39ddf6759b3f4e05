package tools

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// personError is a write that was not even planned, because only a person's own
// answer would do and the client cannot ask for it.
type personError struct{ declared bool }

func (e *personError) Error() string {
	why := "this client cannot put a question to a person"
	if e.declared {
		why = "this client declared that it can put a question to a person, and answered that it cannot"
	}
	return "this server changes nothing without a person's own answer (FISKL_CONFIRM=person), and " + why +
		". Use a client that can (MCP elicitation), or do it in the Fiskl app"
}

// carryOut runs a tool, unless only a person's own answer would do and the
// client cannot ask for it.
func (t Tool) carryOut(ctx context.Context, req Request) (any, error) {
	if t.gate.personal(t.Effect) && !req.Asks {
		return nil, &personError{req.Unable}
	}
	return t.run(ctx, t, req)
}

// personally has a person agree to a write that needs no yes otherwise. The
// write is made as far as its guard, which tells what it would be; once the
// person agreed it is made again, and held against what they saw.
func personally(ctx context.Context, t Tool, req Request, do func(context.Context) (any, error)) (any, error) {
	yes, err := t.gate.confirmation(t.Name, req, "")
	if err != nil {
		return nil, err
	}
	calculated := &witness{}
	ctx = context.WithValue(ctx, witnessKey{}, calculated)
	if yes != nil {
		ctx = writepolicy.Agreed(ctx, yes.ID, func(w fisklapi.Write) error {
			if w, err = calculated.bind(w); err != nil {
				return err
			}
			if !yes.Covers(w.Content) || !yes.Stands(w.State) {
				return &staleError{"what would be done is no longer what the person agreed to"}
			}
			return nil
		})
		return do(ctx)
	}
	out, err := do(writepolicy.Rehearsed(ctx))
	dry, stopped := errors.AsType[*writepolicy.DryRunError](err)
	if !stopped {
		return out, err // nothing was to be written
	}
	if err := t.gate.check(ctx, dry.Write, ""); err != nil {
		return nil, err
	}
	bound, err := calculated.bind(dry.Write)
	if err != nil {
		return nil, err
	}
	return t.gate.question(t, bound, t.proposal(ctx, dry.Write, req.Args, calculated.invoice))
}

// witness keeps what Fiskl calculated on the way to a write.
type witness struct{ invoice *schemas.Invoice }

// witnessKey rides in the context since only create_invoice has something to
// put into the witness, and every tool's function would have to take it.
type witnessKey struct{}

func witnessOf(ctx context.Context) *witness {
	w, _ := ctx.Value(witnessKey{}).(*witness)
	return w
}

// bind has a write's content stand for what was calculated too.
func (c *witness) bind(w fisklapi.Write) (fisklapi.Write, error) {
	if c.invoice == nil {
		return w, nil
	}
	d, err := digest.JSON(withoutVolatile(*c.invoice))
	w.Content = digest.Of(w.Content + "\n" + d)
	return w, err
}

// watching keeps what Fiskl calculates before it is held against a preview.
func watching(ctx context.Context, agrees func(schemas.Invoice) error) func(schemas.Invoice) error {
	seen := witnessOf(ctx)
	if seen == nil {
		return agrees
	}
	return func(i schemas.Invoice) error {
		seen.invoice = &i
		if agrees == nil {
			return nil
		}
		return agrees(i)
	}
}

// proposal describes a write by what Fiskl calculated, or by its arguments.
func (t Tool) proposal(ctx context.Context, w fisklapi.Write, args json.RawMessage, i *schemas.Invoice) description {
	verb := map[Effect]string{Create: "Add", Update: "Change"}[t.Effect]
	d := description{
		opening: "Nothing has been changed.", label: "Yes, do it", warning: "This server asks before every change.",
		title: fmt.Sprintf("%s %s %s?", verb, w.Noun, quote(w.Name)),
		facts: []fact{{"company", quote(t.company(ctx))}},
	}
	if w.Name == "" {
		d.title = fmt.Sprintf("%s this %s?", verb, w.Noun)
	}
	if w.ID != "" {
		d.add("id", string(w.ID))
	}
	if i != nil {
		d.draft(*i)
		return d
	}
	value, err := decodeNumbers(args)
	if err == nil {
		d.arguments("", value)
	}
	return d
}

// draft describes an invoice that was calculated and not made.
func (d *description) draft(i schemas.Invoice) {
	d.add("client", fmt.Sprintf("%s (id %s)", quote(i.Client), i.ClientID))
	d.add("invoice date", string(i.InvoiceDate))
	d.add("due", string(i.DueDate))
	for n, l := range i.Items {
		d.add(fmt.Sprintf("line %d", n+1), fmt.Sprintf("%s × %s at %s %s, tax %s", l.Quantity, schemas.QuotedWhole(l.Name), l.Price, i.Currency, l.Tax))
		if l.Description != "" {
			d.add(fmt.Sprintf("text of line %d", n+1), schemas.QuotedWhole(l.Description))
		}
	}
	d.add("total", string(i.Total)+" "+i.Currency)
	if i.Notes != "" {
		d.add("notes", schemas.QuotedWhole(i.Notes))
	}
}

// arguments lists what was asked for, each value whole and in quotes.
func (d *description) arguments(name string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			d.arguments(strings.TrimPrefix(name+"."+schemas.Name(key), "."), v[key])
		}
	case []any:
		if len(v) == 0 {
			d.add(name, "none")
		}
		for i, item := range v {
			d.arguments(fmt.Sprintf("%s[%d]", name, i), item)
		}
	case nil:
	default:
		d.add(name, schemas.QuotedWhole(fmt.Sprint(v)))
	}
}

// decodeNumbers reads JSON with its numbers digit by digit.
func decodeNumbers(b []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}
