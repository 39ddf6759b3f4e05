package fisklapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// ids lists clients, archived ones too, and returns their ids.
func ids(ctx context.Context, w world, args schemas.PageArgs) ([]schemas.ID, schemas.ClientList, error) {
	list, err := w.Clients.List(ctx, schemas.ContactFilter{IncludeArchived: true, PageArgs: args})
	got := make([]schemas.ID, 0, len(list.Rows))
	for _, row := range list.Rows {
		got = append(got, row.ID)
	}
	return got, list, err
}

// upTo returns the numbers from 1 to n.
func upTo(n int) []schemas.ID {
	all := make([]schemas.ID, n)
	for i := range all {
		all[i] = schemas.ID(strconv.Itoa(i + 1))
	}
	return all
}

// TestCursors reads lists of any length in pieces of any length, cut short at any row, from servers of several kinds:
// every row comes once and in order, and only the last piece claims to be complete.
func TestCursors(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(0, 160), rapid.SampledFrom([]int{50, 100, 150, 200})).Draw(rt, "n")
		server := shelf{rows: numbered(n)}
		switch rapid.SampledFrom([]string{"paged", "unpaged", "wrapped", "wrapped whole"}).Draw(rt, "kind") {
		case "unpaged":
			server.unpaged = n%5 != 0 // see TestRoundListWithoutPages
		case "wrapped":
			server.wrap = spring
		case "wrapped whole":
			server.wrap, server.unpaged = spring, true
		}
		world := answered(t, server.ServeHTTP)
		var got []schemas.ID
		for cursor := "first"; cursor != ""; {
			args := schemas.PageArgs{Limit: rapid.IntRange(1, 200).Draw(rt, "limit"), Cursor: strings.TrimPrefix(cursor, "first")}
			piece, list, err := ids(t.Context(), world, args)
			if err != nil {
				rt.Fatal(err)
			}
			if len(piece) > args.Limit || list.Count != len(piece) || list.Complete != (list.NextCursor == "") {
				rt.Fatalf("got %d rows for limit %d, count %d, complete %t, cursor %q", len(piece), args.Limit, list.Count, list.Complete, list.NextCursor)
			}
			list.Cut(rapid.IntRange(0, 200).Draw(rt, "cut"))
			piece = piece[:list.Len()]
			got, cursor = append(got, piece...), list.NextCursor
			if list.Complete != (len(got) == n) {
				rt.Fatalf("complete is %t after %d of %d rows", list.Complete, len(got), n)
			}
		}
		if !slices.Equal(got, upTo(n)) {
			rt.Fatalf("got %v, want 1 to %d", got, n)
		}
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		rows     int
		args     schemas.PageArgs
		want     int
		complete bool
		requests int
	}{
		{"default", 26, schemas.PageArgs{}, schemas.DefaultLimit, false, 1},
		{"default, all there is", 25, schemas.PageArgs{}, 25, true, 2},
		{"nothing", 0, schemas.PageArgs{}, 0, true, 1},
		{"one", 3, schemas.PageArgs{Limit: 1}, 1, false, 1},
		{"a page that is full is not the last", 50, schemas.PageArgs{Limit: 50}, 50, true, 2},
		{"a row too many", 51, schemas.PageArgs{Limit: 50}, 50, false, 2},
		{"all", 130, schemas.PageArgs{All: true}, 130, true, 4},
		{"all beats limit", 130, schemas.PageArgs{All: true, Limit: 1}, 130, true, 4},
		{"all is bounded", 1001, schemas.PageArgs{All: true}, 1000, false, 22},
		{"all, at its bound", 1000, schemas.PageArgs{All: true}, 1000, true, 22},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world := answered(t, shelf{rows: numbered(test.rows)}.ServeHTTP)
			got, list, err := ids(t.Context(), world, test.args)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, upTo(test.want)) || list.Complete != test.complete {
				t.Errorf("got %v, complete %t, want 1 to %d, complete %t", got, list.Complete, test.want, test.complete)
			}
			if n := len(world.tape.all()); n != test.requests {
				t.Errorf("sent %d requests, want %d", n, test.requests)
			}
		})
	}
}

// TestFewAmongMany looks for rows that lie beyond what one call reads.
func TestFewAmongMany(t *testing.T) {
	t.Parallel()
	rows := numbered(2100)
	rows[2050] = map[string]any{"id": 2051, "name": "Needle"}
	world := answered(t, shelf{rows: rows}.ServeHTTP)
	first, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: "needle"})
	if err != nil || first.Count != 0 || first.Complete || len(world.tape.all()) != 40 {
		t.Fatalf("got %+v and error %v after %d requests, want an incomplete answer after 40", first, err, len(world.tape.all()))
	}
	second, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: "needle", PageArgs: schemas.PageArgs{Cursor: first.NextCursor}})
	if err != nil || second.Count != 1 || second.Rows[0].ID != "2051" || !second.Complete {
		t.Errorf("got %+v and error %v, want the needle", second, err)
	}
}

// TestPageGivenTwice is about servers whose lists cannot be read to their end. One that gives no other page than its
// first looks the same as one that does not page and has just as many rows as were asked for.
func TestPageGivenTwice(t *testing.T) {
	t.Parallel()
	for name, server := range map[string]shelf{
		"ignores page":                    {rows: numbered(80), ignores: true},
		"ignores page, wrapped":           {rows: numbered(80), ignores: true, wrap: spring},
		"does not page":                   {rows: numbered(50), unpaged: true},
		"caps its pages and ignores page": {rows: numbered(80), most: 20, ignores: true, wrap: spring},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := answered(t, server.ServeHTTP)
			_, list, err := ids(t.Context(), world, schemas.PageArgs{All: true})
			if !errors.Is(err, fisklapi.Unexpected) {
				t.Errorf("got %d rows, complete %t, and error %v, want an error", list.Count, list.Complete, err)
			}
			if n := len(world.tape.all()); n > 5 { // the second page, whether pages count from one, all at once, and one ahead
				t.Errorf("sent %d requests before giving up", n)
			}
		})
	}
}

// TestLookUpsEnd is about the lists that are read to find one record.
func TestLookUpsEnd(t *testing.T) {
	t.Parallel()
	world := answered(t, shelf{rows: numbered(50), unpaged: true}.ServeHTTP)
	taxes, err := world.Taxes.List(t.Context(), schemas.None{})
	if err == nil && taxes.Count != 50 || len(world.tape.all()) > 3 {
		t.Errorf("got %d taxes and error %v after %d requests, want 50 or an error after 2", taxes.Count, err, len(world.tape.all()))
	}
}

// TestLookUpsSayWhenTheyStop is about lists longer than one look-up reads: what was not read may hold the record, or
// a second one of that name.
func TestLookUpsSayWhenTheyStop(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rows  int
		ref   string
		found bool
		kind  fisklapi.Kind
	}{
		"all read, found":          {1999, "Client 1999", true, ""},
		"all read, not found":      {1999, "Nobody", false, fisklapi.NotFound},
		"not all read, not found":  {2001, "Client 2001", false, fisklapi.Ambiguous},
		"not all read, one so far": {2001, "Client 1999", false, fisklapi.Ambiguous},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list := shelf{rows: numbered(test.rows)}
			world := answered(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/v1/clients" {
					_, _ = w.Write([]byte(`{"id":1999,"name":"Client 1999"}`))
					return
				}
				list.ServeHTTP(w, r)
			})
			_, err := world.Clients.Get(t.Context(), schemas.ClientRef{Client: test.ref})
			if test.found != (err == nil) || !test.found && !errors.Is(err, test.kind) {
				t.Fatalf("got %v, want found %t or %q", err, test.found, test.kind)
			}
			if test.kind == fisklapi.Ambiguous && !strings.Contains(err.Error(), "the first 2000 records") {
				t.Errorf("got %v, want what was read", err)
			}
		})
	}
}

func TestSearchIsTrimmed(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	list, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: " acme "})
	if err != nil || list.Count != 2 {
		t.Errorf("got %d clients and error %v, want both called Acme", list.Count, err)
	}
	products, err := world.Products.List(t.Context(), schemas.ProductFilter{Search: " poster "})
	if err != nil || products.Count != 1 {
		t.Errorf("got %d products and error %v, want the poster", products.Count, err)
	}
}

// TestFiltersThatAreIgnored reads from a server that gives everything whatever it is asked.
func TestFiltersThatAreIgnored(t *testing.T) {
	t.Parallel()
	world := answered(t, shelf{rows: numbered(30)}.ServeHTTP)
	list, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: "CLIENT 1"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, row := range list.Rows {
		names = append(names, strings.TrimPrefix(row.Name, "Client "))
	}
	if got, want := fmt.Sprint(names), "[1 10 11 13 14 16 17 19]"; got != want {
		t.Errorf("got %s, want those with a 1 that are not archived: %s", got, want)
	}
}

// TestSearchFallsBack looks for a name that the server knows only by its exact spelling, in pieces of any length: every
// such record comes once, and only the last piece claims to be complete.
func TestSearchFallsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(0, 160), rapid.SampledFrom([]int{50, 100, 150})).Draw(rt, "n")
		var want []schemas.ID
		rows := numbered(n)
		for i := range rows {
			if rapid.IntRange(0, 9).Draw(rt, "Müller") == 0 {
				rows[i] = map[string]any{"id": i + 1, "name": "Müller " + strconv.Itoa(i+1)}
				want = append(want, schemas.ID(strconv.Itoa(i+1)))
			}
		}
		server := shelf{rows: rows, keepsOnly: func(r *http.Request, row any) bool {
			name, _ := row.(map[string]any)["name"].(string)
			return strings.Contains(strings.ToLower(name), r.URL.Query().Get("name"))
		}}
		world := answered(t, server.ServeHTTP)
		var got []schemas.ID
		for cursor := "first"; cursor != ""; {
			args := schemas.PageArgs{Limit: rapid.IntRange(1, 200).Draw(rt, "limit"), Cursor: strings.TrimPrefix(cursor, "first")}
			list, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: "muller", IncludeArchived: true, PageArgs: args})
			if err != nil {
				rt.Fatal(err)
			}
			for _, row := range list.Rows {
				got = append(got, row.ID)
			}
			cursor = list.NextCursor
			if list.Complete != (len(got) == len(want)) {
				rt.Fatalf("complete is %t after %d of %d rows", list.Complete, len(got), len(want))
			}
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("got %v, want %v", got, want)
		}
	})
}

// TestSearchAsTyped finds names by what somebody types who has only the letters of an English keyboard.
func TestSearchAsTyped(t *testing.T) {
	t.Parallel()
	for name, typed := range map[string]string{
		"Café Lumière SARL":       " cafe lumiere",
		"Cafe\u0301":              "café",
		"MÜLLER & Söhne":          "Muller & sohne",
		"Łódź Ørsted Großhandel":  "lodz orsted grosshandel",
		"Nguyễn Đạt":              "nguyen dat",
		"O’Leary “Joinery” – Ltd": "O'Leary 'Joinery' - Ltd",
		"ＡＢＣ\u00a0Ltd":            "abc ltd",
		"株式会社":                    "式",
		"कुमार":                   "कुमार",
		"bad \xff name":           "bad",
	} {
		world := answered(t, shelf{rows: []any{
			map[string]any{"id": 1, "name": "कमार Kumar"}, map[string]any{"id": 2, "name": name}, map[string]any{"id": 3, "name": "Moller"},
		}}.ServeHTTP)
		list, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: typed})
		if err != nil || len(list.Rows) != 1 || list.Rows[0].ID != "2" {
			t.Errorf("%q: got %+v and %v for %q", name, list.Rows, err, typed)
		}
	}
}
