package fisklapi_test

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// single is an API that turns requests away while another is under way.
type single struct {
	next   http.Handler
	status int // 0 cuts the connection

	mu      sync.Mutex
	many    int
	refused int
	most    int // requests that were under way at once since it was last looked at
}

func (s *single) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.many++
	s.most = max(s.most, s.many)
	alone := s.many == 1
	if !alone {
		s.refused++
	}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.many--
	}()
	switch {
	case alone:
		time.Sleep(time.Millisecond)
		s.next.ServeHTTP(w, r)
	case s.status == 0:
		panic(http.ErrAbortHandler)
	default:
		http.Error(w, `{"message":"one at a time"}`, s.status)
	}
}

// seen is how many requests were under way at once and how many turned away, since it was last asked.
func (s *single) seen() (most, refused int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	most, refused = s.most, s.refused
	s.most, s.refused = 0, 0
	return most, refused
}

// reader is one question, asked for what it answers.
type reader func(context.Context, *fisklapi.Client) (any, error)

// readers are questions that take several requests.
func readers() map[string]reader {
	return map[string]reader{
		"a list with several asks": func(ctx context.Context, c *fisklapi.Client) (any, error) {
			return c.Invoices.List(ctx, schemas.InvoiceFilter{Status: schemas.InvoiceOverdue})
		},
		"unpaid ones, whole": func(ctx context.Context, c *fisklapi.Client) (any, error) {
			return c.Invoices.List(ctx, schemas.InvoiceFilter{Status: schemas.InvoiceUnpaid, PageArgs: schemas.PageArgs{All: true}})
		},
		"invoices of one client": func(ctx context.Context, c *fisklapi.Client) (any, error) {
			return c.Invoices.List(ctx, schemas.InvoiceFilter{Client: "Northwind Bakery"})
		},
		"totals": func(ctx context.Context, c *fisklapi.Client) (any, error) {
			return c.Insights.InvoiceTotals(ctx, schemas.PeriodArgs{})
		},
		"payment speed": func(ctx context.Context, c *fisklapi.Client) (any, error) {
			return c.Insights.PaymentSpeed(ctx, schemas.SpeedArgs{})
		},
		"taxes": func(ctx context.Context, c *fisklapi.Client) (any, error) { return c.Taxes.List(ctx, schemas.None{}) },
		"reads whose failures are kept": func(ctx context.Context, c *fisklapi.Client) (any, error) {
			var errs [3]error
			_ = c.Together(ctx,
				func(ctx context.Context) error { _, errs[0] = c.Permissions.List(ctx); return nil },
				func(ctx context.Context) error { _, errs[1] = c.Companies.Fresh(ctx); return nil },
				func(ctx context.Context) error { _, errs[2] = c.Periods.List(ctx, schemas.None{}); return nil },
			)
			return errs, nil
		},
		"a preview": func(ctx context.Context, c *fisklapi.Client) (any, error) {
			return c.Invoices.Preview(ctx, hours("1", "10"))
		},
		"the whole ledger": func(ctx context.Context, c *fisklapi.Client) (any, error) {
			return c.Reports.GeneralLedger(ctx, schemas.LedgerArgs{PageArgs: schemas.PageArgs{All: true}})
		},
	}
}

// passing is a clock that begins at noon.
func passing() adjust {
	began := time.Now()
	return func(o *fisklapi.Options) { o.Now = func() time.Time { return noon().Add(time.Since(began)) } }
}

// TestOneRequestAtATime asks everything of an API that turns away whatever comes beside something else: each answer is that
// of an API that does not. After the first refusal requests come one by one, for a minute.
func TestOneRequestAtATime(t *testing.T) {
	t.Parallel()
	for _, status := range []int{429, 409, 423, 425, 503, 0} {
		for name, ask := range readers() {
			t.Run(strconv.Itoa(status)+" "+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					inside := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
					want, err := ask(t.Context(), connect(t, inprocess.Transport{Handler: inside}, passing()).Client)
					if err != nil {
						t.Fatal(err)
					}
					api := &single{next: inside, status: status}
					w := connect(t, inprocess.Transport{Handler: api}, passing())
					for _, after := range []time.Duration{0, time.Second, 50 * time.Second, 2 * time.Minute} {
						time.Sleep(after)
						got, err := ask(t.Context(), w.Client)
						if err != nil || !reflect.DeepEqual(got, want) {
							t.Fatalf("after %s: got %+v and error %v, want %+v", after, got, err, want)
						}
					}
				})
			})
		}
	}
}

// TestManyPagesOneAtATime reads a long list to its end from such an API, goes on one by one for a minute and side by side
// after it.
func TestManyPagesOneAtATime(t *testing.T) {
	t.Parallel()
	for _, status := range []int{429, 409, 503, 0} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := &single{next: shelf{rows: numbered(2000)}, status: status}
				w := connect(t, inprocess.Transport{Handler: api}, passing())
				read := func() {
					t.Helper()
					var all []schemas.ID
					for cursor := "first"; cursor != ""; {
						args := schemas.PageArgs{All: true}
						if cursor != "first" {
							args.Cursor = cursor
						}
						got, list, err := ids(t.Context(), w, args)
						if err != nil {
							t.Fatal(err)
						}
						all, cursor = append(all, got...), list.NextCursor
					}
					if !reflect.DeepEqual(all, upTo(2000)) {
						t.Errorf("got %d rows", len(all))
					}
				}
				read()
				if _, refused := api.seen(); refused == 0 {
					t.Error("nothing was turned away: the pages did not come side by side")
				}
				time.Sleep(50 * time.Second)
				read()
				if most, refused := api.seen(); most > 1 || refused > 0 {
					t.Errorf("within a minute %d requests came at once, and %d were turned away", most, refused)
				}
				time.Sleep(time.Minute)
				read()
				if most, _ := api.seen(); most < 2 {
					t.Error("after a minute requests still come one by one")
				}
			})
		})
	}
}

// TestOneByOneAcrossCalls holds that calls which come at once take turns as well.
func TestOneByOneAcrossCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := &single{next: sandbox.New(sandbox.Options{Now: noon, Like: demoCompany}), status: http.StatusLocked}
		w := connect(t, inprocess.Transport{Handler: api}, passing())
		together := func() {
			var all sync.WaitGroup
			for range 5 {
				all.Go(func() {
					if _, err := w.Permissions.List(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}
		together()
		api.seen()
		together()
		if most, refused := api.seen(); most > 1 || refused > 0 {
			t.Errorf("%d came at once, and %d were turned away", most, refused)
		}
	})
}

// TestConflictOfItsOwn holds that a refusal of a request that came by itself is taken for what it says, at once.
func TestConflictOfItsOwn(t *testing.T) {
	t.Parallel()
	w := answered(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, `{"message":"no"}`, http.StatusConflict) })
	if _, err := w.Permissions.List(t.Context()); err == nil || len(w.tape.all()) != 1 {
		t.Errorf("got error %v after %d requests, want one", err, len(w.tape.all()))
	}
}
