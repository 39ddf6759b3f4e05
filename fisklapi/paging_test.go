package fisklapi_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// fromOne serves pages that count from one. Page zero is refused, or the first page as well.
func fromOne(list shelf, refuses bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		page, _ := strconv.Atoi(q.Get("page"))
		if page == 0 && refuses {
			http.Error(w, `{"message":"page must be at least 1"}`, http.StatusBadRequest)
			return
		}
		q.Set("page", strconv.Itoa(max(0, page-1)))
		r = r.Clone(r.Context())
		r.URL.RawQuery = q.Encode()
		list.ServeHTTP(w, r)
	}
}

// says wraps a page with a word about the whole list.
func says(word func(rows []any, last bool) map[string]any) func([]any, bool) any {
	return func(rows []any, last bool) any {
		body := word(rows, last)
		body["clients"] = rows
		return body
	}
}

// TestPagesOfOtherAPIs reads lists to their end from servers that page in their own ways.
func TestPagesOfOtherAPIs(t *testing.T) {
	t.Parallel()
	more := says(func(_ []any, last bool) map[string]any { return map[string]any{"hasMore": !last} })
	last := says(func(_ []any, last bool) map[string]any { return map[string]any{"last": last} })
	next := says(func(_ []any, last bool) map[string]any {
		if last {
			return map[string]any{"next": nil}
		}
		return map[string]any{"next": "/v1/clients?page=2"}
	})
	for name, server := range map[string]func(rows []any) http.Handler{
		"as documented":         func(rows []any) http.Handler { return shelf{rows: rows} },
		"a cap of 20":           func(rows []any) http.Handler { return shelf{rows: rows, most: 20} },
		"from one, refused":     func(rows []any) http.Handler { return fromOne(shelf{rows: rows}, true) },
		"from one, tolerated":   func(rows []any) http.Handler { return fromOne(shelf{rows: rows}, false) },
		"from one, a cap of 20": func(rows []any) http.Handler { return fromOne(shelf{rows: rows, most: 20}, true) },
		"hasMore":               func(rows []any) http.Handler { return shelf{rows: rows, most: 20, wrap: more} },
		"last":                  func(rows []any) http.Handler { return shelf{rows: rows, most: 30, wrap: last} },
		"next":                  func(rows []any) http.Handler { return shelf{rows: rows, most: 30, wrap: next} },
		"total": func(rows []any) http.Handler {
			return shelf{rows: rows, most: 20, wrap: says(func([]any, bool) map[string]any { return map[string]any{"total": len(rows)} })}
		},
	} {
		for _, n := range []int{0, 1, 19, 20, 21, 50, 51, 100, 130} {
			t.Run(name+" "+strconv.Itoa(n), func(t *testing.T) {
				t.Parallel()
				world := answered(t, server(numbered(n)).ServeHTTP)
				got, list, err := ids(t.Context(), world, schemas.PageArgs{All: true})
				// The first page comes twice, and its rows may be all that are given at once.
				doubt := name == "from one, tolerated" && n == 20
				if err != nil || !slices.Equal(got, upTo(n)) || list.Complete == doubt || (list.ListNote != "") != doubt {
					t.Errorf("got %d rows, complete %t, note %q and error %v after\n%s", len(got), list.Complete, list.ListNote, err, strings.Join(world.tape.lines(), "\n"))
				}
				if again, list, err := ids(t.Context(), world, schemas.PageArgs{All: true}); err != nil || !slices.Equal(again, got) || list.Complete == doubt {
					t.Errorf("got %d rows, complete %t and error %v the second time", len(again), list.Complete, err)
				}
			})
		}
	}
}

// TestPageIsIgnored reads from a server that gives all it has whatever page it is asked for.
func TestPageIsIgnored(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 21, 49, 61, 131} {
		world := answered(t, shelf{rows: numbered(n), unpaged: true}.ServeHTTP)
		got, list, err := ids(t.Context(), world, schemas.PageArgs{All: true})
		if err != nil || !slices.Equal(got, upTo(n)) || !list.Complete {
			t.Errorf("got %d rows of %d, complete %t and error %v", len(got), n, list.Complete, err)
		}
	}
}

// TestRoundListWithoutPages is about a server that gives as many rows as may be all that it gives at once, whatever page it
// is asked for: that there are no more is not said.
func TestRoundListWithoutPages(t *testing.T) {
	t.Parallel()
	for _, n := range []int{5, 20, 25} {
		world := answered(t, shelf{rows: numbered(n), unpaged: true}.ServeHTTP)
		got, list, err := ids(t.Context(), world, schemas.PageArgs{All: true})
		if err != nil || !slices.Equal(got, upTo(n)) || list.Complete || !strings.Contains(list.ListNote, "there may be more") {
			t.Errorf("got %d rows of %d, complete %t, note %q and error %v", len(got), n, list.Complete, list.ListNote, err)
		}
	}
}

// TestTotalSaysMore is about a list that ends before as many rows came as it says there are.
func TestTotalSaysMore(t *testing.T) {
	t.Parallel()
	tells := says(func([]any, bool) map[string]any { return map[string]any{"total": 45} })
	world := answered(t, shelf{rows: numbered(40), wrap: tells}.ServeHTTP)
	got, list, err := ids(t.Context(), world, schemas.PageArgs{All: true})
	if err != nil || len(got) != 40 || list.Complete || !strings.Contains(list.ListNote, "there are 5 more rows") {
		t.Errorf("got %d rows, complete %t, note %q and error %v", len(got), list.Complete, list.ListNote, err)
	}
}

// TestRowTwice is about a list that moves while it is read: a row comes twice, and another may be missing.
func TestRowTwice(t *testing.T) {
	t.Parallel()
	world := answered(t, func(w http.ResponseWriter, r *http.Request) {
		rows := numbered(60)
		if r.URL.Query().Get("page") != "0" { // a row was put in front
			rows = slices.Insert(rows, 0, any(map[string]any{"id": 99, "name": "New"}))
		}
		shelf{rows: rows}.ServeHTTP(w, r)
	})
	got, list, err := ids(t.Context(), world, schemas.PageArgs{All: true})
	if err != nil || !slices.Equal(got, upTo(60)) || list.Complete || !strings.Contains(list.ListNote, "a row came twice") {
		t.Errorf("got %v, complete %t, note %q and error %v", got, list.Complete, list.ListNote, err)
	}
}

// TestInvoicesOfAllDays holds that a list of invoices without dates is asked for with dates, and without them where the API
// refuses them.
func TestInvoicesOfAllDays(t *testing.T) {
	t.Parallel()
	for name, refuses := range map[string]bool{"taken": false, "refused": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := answered(t, func(w http.ResponseWriter, r *http.Request) {
				if refuses && r.URL.Query().Has("start") {
					http.Error(w, `{"message":"no such parameter"}`, http.StatusBadRequest)
					return
				}
				shelf{rows: []any{wholeInvoice(nil)}}.ServeHTTP(w, r)
			})
			list, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{})
			if err != nil || list.Count != 1 || !list.Complete || list.Range != (schemas.Range{}) {
				t.Fatalf("got %+v and error %v", list, err)
			}
			dates, sent := 0, strings.Join(world.tape.lines(), "\n")
			for _, one := range world.tape.all() {
				if one.req.URL.Query().Get("start") == "2000-01-01" && one.req.URL.Query().Get("end") == "2099-12-31" {
					dates++
				}
			}
			if refuses && dates != 1 || !refuses && dates != world.tape.count("GET", "/v1/invoices") {
				t.Errorf("asked\n%s", sent)
			}
		})
	}
}

// TestStrangeStatuses is about invoices in a state that is not known: without a filter they are shown as they are, with
// one it is said that they are left out.
func TestStrangeStatuses(t *testing.T) {
	t.Parallel()
	rows := []any{wholeInvoice(fields{"id": 1}), wholeInvoice(fields{"id": 2, "status": "Disputed"})}
	for status, want := range map[schemas.InvoiceStatus]int{"": 2, schemas.InvoiceSent: 1, schemas.InvoiceUnpaid: 1, schemas.InvoicePaid: 0} {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			world := answered(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/v1/company" {
					_ = json.NewEncoder(w).Encode(fields{"id": 1, "name": "N", "currency": "GBP", "timeZone": "UTC"})
					return
				}
				shelf{rows: rows}.ServeHTTP(w, r)
			})
			list, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Status: status})
			if err != nil || list.Count != want || list.Complete != (status == "") || !strings.Contains(list.ListNote, "(\"Disputed\")") {
				t.Fatalf("got %+v and error %v", list, err)
			}
			if left := strings.Contains(list.ListNote, "are left out"); left != (status != "") {
				t.Errorf("got note %q", list.ListNote)
			}
			if status == "" && list.Rows[1].Status != "Disputed" {
				t.Errorf("got %+v", list.Rows[1])
			}
		})
	}
}
