package fisklapi_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestCursorOfOtherFilters(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	list, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Status: schemas.InvoicePaid, PageArgs: schemas.PageArgs{Limit: 2}})
	if err != nil {
		t.Fatal(err)
	}
	page := schemas.PageArgs{Cursor: list.NextCursor, Limit: 2}
	if _, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Status: schemas.InvoicePaid, PageArgs: page}); err != nil {
		t.Errorf("got %v for the same filters, want the next page", err)
	}
	world.tape.rewind()
	for name, list := range map[string]func(context.Context) error{
		"status": func(ctx context.Context) error {
			_, err := world.Invoices.List(ctx, schemas.InvoiceFilter{Status: schemas.InvoiceSent, PageArgs: page})
			return err
		},
		"dates": func(ctx context.Context) error {
			_, err := world.Invoices.List(ctx, schemas.InvoiceFilter{Status: schemas.InvoicePaid, Period: schemas.Period{Start: "2026-01-01", End: "2026-12-31"}, PageArgs: page})
			return err
		},
		"another list": func(ctx context.Context) error {
			_, err := world.Quotes.List(ctx, schemas.QuoteFilter{PageArgs: page})
			return err
		},
	} {
		var refused *schemas.ArgumentError
		if err := list(t.Context()); !errors.As(err, &refused) || refused.Argument != "cursor" {
			t.Errorf("%s: got %v, want the cursor refused", name, err)
		}
	}
	if n := world.tape.count("GET", "/v1/invoices") + world.tape.count("GET", "/v1/quotes"); n != 0 {
		t.Errorf("sent %d requests for rows, want none", n)
	}
}

// FuzzCursor gives a list cursors that nobody was given: they are refused and nothing is asked, unless they name a
// place in this very list.
func FuzzCursor(f *testing.F) {
	world := answered(f, shelf{rows: numbered(60)}.ServeHTTP)
	_, list, err := ids(f.Context(), world, schemas.PageArgs{Limit: 10})
	if err != nil {
		f.Fatal(err)
	}
	mine := list.NextCursor[len("0.10."):]
	for _, seed := range []string{
		list.NextCursor, "garbage", "0.10", "0.10.", "..", "0.-1." + mine, "1.0." + mine, "-1.0." + mine, "0.+5." + mine, "0.1e3." + mine,
		"0.99999999999999999999." + mine, "0.10." + mine + ".", "0.10.00000000", "0x0.10." + mine, " ", "\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		world := answered(t, shelf{rows: numbered(60)}.ServeHTTP)
		rows, list, err := ids(t.Context(), world, schemas.PageArgs{Limit: 10, Cursor: cursor})
		var refused *schemas.ArgumentError
		switch {
		case err == nil:
			if all := upTo(60); len(rows) > 0 && !slices.Equal(rows, all[slices.Index(all, rows[0]):][:len(rows)]) {
				t.Errorf("got rows %v", rows)
			}
			if list.Count > 10 {
				t.Errorf("got %d rows, want at most 10", list.Count)
			}
		case !errors.As(err, &refused) || refused.Argument != "cursor":
			t.Errorf("got %v, want the cursor refused", err)
		case len(world.tape.all()) > 0:
			t.Error("a request was sent with a cursor that was refused")
		}
	})
}
