package fisklapi_test

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// heard keeps what a read tells of itself.
func heard(ctx context.Context) (context.Context, *[]fisklapi.Progress) {
	all := new([]fisklapi.Progress)
	return fisklapi.WithProgress(ctx, func(p fisklapi.Progress) { *all = append(*all, p) }), all
}

// pages are the progress of a read of clients, by the rows of each page and how many are left behind it.
func pages(rowsAndRest ...int) []fisklapi.Progress {
	var all []fisklapi.Progress
	for i := 0; i < len(rowsAndRest); i += 2 {
		all = append(all, fisklapi.Progress{Operation: fisklapi.OpListClients, Page: i/2 + 1, Rows: rowsAndRest[i], Rest: rowsAndRest[i+1]})
	}
	return all
}

// TestProgress holds that a read tells of each page once, in order, and of a rest only where the API gives a number and
// the read goes that far.
func TestProgress(t *testing.T) {
	t.Parallel()
	bare := shelf{rows: numbered(120)}
	total := shelf{rows: numbered(120), wrap: says(func([]any, bool) map[string]any { return map[string]any{"total": 120} })}
	short := shelf{rows: numbered(120), wrap: says(func([]any, bool) map[string]any { return map[string]any{"total": 130} })}
	endless := shelf{rows: numbered(1500), wrap: says(func([]any, bool) map[string]any { return map[string]any{"total": 1500} })}
	for name, test := range map[string]struct {
		list http.Handler
		args schemas.PageArgs
		want []fisklapi.Progress
	}{
		"nothing is told":             {bare, schemas.PageArgs{All: true}, pages(50, -1, 50, -1, 20, 0)},
		"a total":                     {total, schemas.PageArgs{All: true}, pages(50, 70, 50, 20, 20, 0)},
		"more than there are":         {short, schemas.PageArgs{All: true}, pages(50, 80, 50, 30, 20, 0)},
		"it stops before":             {total, schemas.PageArgs{Limit: 60}, pages(50, -1, 50, -1)},
		"the caller goes on":          {total, schemas.PageArgs{Limit: 60, On: true}, pages(50, 70, 50, 20)},
		"one page":                    {shelf{rows: numbered(7)}, schemas.PageArgs{}, pages(7, 0)},
		"no rows":                     {shelf{}, schemas.PageArgs{}, pages(0, 0)},
		"more than a call takes":      {endless, schemas.PageArgs{All: true}, nil},
		"pages from one":              {fromOne(bare, true), schemas.PageArgs{All: true}, pages(50, -1, 50, -1, 20, 0)},
		"page zero is the first too":  {fromOne(bare, false), schemas.PageArgs{All: true}, pages(50, -1, 50, -1, 20, 0)},
		"a list that is given as one": {shelf{rows: numbered(121), unpaged: true}, schemas.PageArgs{All: true}, pages(121, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, got := heard(t.Context())
			if _, _, err := ids(ctx, answered(t, test.list.ServeHTTP), test.args); err != nil {
				t.Fatal(err)
			}
			if test.want == nil {
				told := slices.ContainsFunc(*got, func(p fisklapi.Progress) bool { return p.Rest >= 0 })
				if len(*got) < 20 || told {
					t.Errorf("got %v, want twenty pages and no rest", *got)
				}
				return
			}
			if !reflect.DeepEqual(*got, test.want) {
				t.Errorf("got %v, want %v", *got, test.want)
			}
		})
	}
}

// TestProgressGoesOn holds that a read from a cursor counts what is left of the whole list.
func TestProgressGoesOn(t *testing.T) {
	t.Parallel()
	list := shelf{rows: numbered(120), wrap: says(func([]any, bool) map[string]any { return map[string]any{"total": 120} })}
	w := answered(t, list.ServeHTTP)
	_, first, err := ids(t.Context(), w, schemas.PageArgs{Limit: 100, On: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, got := heard(t.Context())
	if _, _, err := ids(ctx, w, schemas.PageArgs{Limit: 100, Cursor: first.NextCursor, On: true}); err != nil {
		t.Fatal(err)
	}
	if want := pages(20, 0); !reflect.DeepEqual(*got, want) {
		t.Errorf("got %v, want %v", *got, want)
	}
}

// TestProgressOfLookUps holds that a look-up tells of its pages too, and that of a list that is asked for by several
// queries no rest is told before the last.
func TestProgressOfLookUps(t *testing.T) {
	t.Parallel()
	ctx, got := heard(t.Context())
	w := answered(t, shelf{rows: numbered(120)}.ServeHTTP)
	if _, err := w.Clients.Get(ctx, schemas.ClientRef{Client: "Nobody"}); err == nil {
		t.Error("it was found")
	}
	if want := pages(50, -1, 50, -1, 20, 0); len(*got) < 3 || !reflect.DeepEqual((*got)[:3], want) {
		t.Errorf("got %v, want %v first", *got, want)
	}
	ctx, got = heard(t.Context())
	inside, _ := sandboxed(t)
	if _, err := inside.Invoices.List(ctx, schemas.InvoiceFilter{Status: "overdue"}); err != nil {
		t.Fatal(err)
	}
	for i, p := range *got {
		if p.Operation != fisklapi.OpListInvoices || p.Page != i+1 || p.Rest >= 0 {
			t.Errorf("got %v", *got)
		}
	}
}

// TestCancelledRead holds that a read which is given up between two pages asks for no more than may be under way beside
// the first.
func TestCancelledRead(t *testing.T) {
	t.Parallel()
	for after := 1; after <= 3; after++ {
		t.Run(strconv.Itoa(after), func(t *testing.T) {
			t.Parallel()
			ctx, giveUp := context.WithCancel(t.Context())
			var asked atomic.Int32
			w := answered(t, func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				shelf{rows: numbered(400)}.ServeHTTP(w, r)
			})
			ctx = fisklapi.WithProgress(ctx, func(p fisklapi.Progress) {
				if p.Page == after {
					giveUp()
				}
			})
			if _, _, err := ids(ctx, w, schemas.PageArgs{All: true}); err == nil {
				t.Error("it was read all the same")
			}
			if asked := int(asked.Load()); asked < after || asked > max(2, after) {
				t.Errorf("the API was asked %d times, want %d", asked, after)
			}
		})
	}
}
