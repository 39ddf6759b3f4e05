package learn_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/learn"
)

// TestEmpty finds that an empty company teaches nothing that is wrong.
func TestEmpty(t *testing.T) {
	t.Parallel()
	empty := sandbox.New(sandbox.Options{Now: noon, Empty: true})
	d, report, err := learn.Learn(t.Context(), over(t, empty), learn.Options{Now: noon()})
	if err != nil || !d.Plain() || report.Requests == 0 {
		t.Errorf("got %+v, %v\n%s", d, err, strings.Join(report.Sentences(), "\n"))
	}
}

// TestRefusedEverywhere finds that nothing is learned of an API that answers
// errors, and that it is left alone soon.
func TestRefusedEverywhere(t *testing.T) {
	t.Parallel()
	for status, most := range map[int]int{401: 1, 402: 1, 403: 40, 404: 40, 400: 40} {
		h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { refuse(w, status) })
		_, report, err := learn.Learn(t.Context(), over(t, h), learn.Options{Now: noon()})
		if !errors.Is(err, learn.ErrNothing) || report.Requests > most {
			t.Errorf("%d: %v after %d requests", status, err, report.Requests)
		}
	}
	broken := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"error":"session expired"}`))
	})
	if _, _, err := learn.Learn(t.Context(), over(t, broken), learn.Options{Now: noon()}); !errors.Is(err, learn.ErrNothing) {
		t.Errorf("an error with status 200: %v", err)
	}
}

// TestUnsteady finds that nothing is learned of an API that answers the same
// question in two forms.
func TestUnsteady(t *testing.T) {
	t.Parallel()
	plain := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	other := shape{change: cased(snake)}.handler(plain)
	var n atomic.Int64
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1)%2 == 0 {
			other.ServeHTTP(w, r)
			return
		}
		plain.ServeHTTP(w, r)
	})
	if _, _, err := learn.Learn(t.Context(), over(t, h), learn.Options{Now: noon()}); !errors.Is(err, learn.ErrUnsteady) {
		t.Errorf("got %v", err)
	}
}

// TestLimited finds that an API that asks to be left alone is, and that what was
// read before is kept.
func TestLimited(t *testing.T) {
	t.Parallel()
	plain := shape{change: cased(snake)}.handler(sandbox.New(sandbox.Options{Now: noon, Like: demoCompany}))
	var n atomic.Int64
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) > 30 {
			w.Header().Set("Retry-After", "3600")
			refuse(w, http.StatusTooManyRequests)
			return
		}
		plain.ServeHTTP(w, r)
	})
	d, report, err := learn.Learn(t.Context(), over(t, h), learn.Options{Now: noon()})
	if err != nil || report.Stopped == "" || d.Members["invoiceDate"] != "invoice_date" {
		t.Errorf("got %v, stopped because %q: %v", err, report.Stopped, d.Members)
	}
}

// TestRecheck finds that what was learned and no longer holds is told, with few
// requests.
func TestRecheck(t *testing.T) {
	t.Parallel()
	plain := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	h := shape{change: renamed("outstanding", "offen")}.handler(plain)
	d, _, err := learn.Learn(t.Context(), over(t, h), learn.Options{Now: noon()})
	if err != nil {
		t.Fatal(err)
	}
	var n atomic.Int64
	counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		plain.ServeHTTP(w, r)
	})
	problems := learn.Recheck(t.Context(), over(t, counted), &d, learn.Options{Now: noon()})
	if len(problems) == 0 || n.Load() > 15 {
		t.Errorf("%v after %d requests", problems, n.Load())
	}
}

// TestRecheckOpen finds that what was not understood from the start is not told
// as what no longer holds.
func TestRecheckOpen(t *testing.T) {
	t.Parallel()
	h := shape{change: renamed("start", "von", "end", "bis", "sections", "abschnitte", "totals", "summen", "name", "bezeichnung")}.handler(sandbox.New(sandbox.Options{Now: noon, Like: demoCompany}))
	d, report, err := learn.Learn(t.Context(), over(t, h), learn.Options{Now: noon()})
	if err != nil {
		t.Fatal(err)
	}
	open := false
	for _, o := range report.Operations {
		open = open || len(o.Missing) > 0
	}
	if problems := learn.Recheck(t.Context(), over(t, h), &d, learn.Options{Now: noon()}); !open || len(problems) > 0 {
		t.Errorf("something is not understood: %v; no longer holds: %v", open, problems)
	}
}

// TestBudget finds that no more is asked than may be.
func TestBudget(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	plain := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		plain.ServeHTTP(w, r)
	})
	_, report, err := learn.Learn(t.Context(), over(t, h), learn.Options{Now: noon(), Requests: 20})
	if err != nil || n.Load() != 20 || report.Stopped == "" {
		t.Errorf("%v after %d requests: %s", err, n.Load(), report.Stopped)
	}
}

// TestReport finds that a report holds nothing of the books.
func TestReport(t *testing.T) {
	t.Parallel()
	h := shape{change: renamed("outstanding", "offen", "total", "brutto")}.handler(sandbox.New(sandbox.Options{Now: noon, Like: demoCompany}))
	d, report, err := learn.Learn(t.Context(), over(t, h), learn.Options{Now: noon()})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal([]any{report, d, report.Sentences()})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Acme", "Harbour", "INV-0", "HMRC", "GBP"} {
		if strings.Contains(string(b), secret) {
			t.Errorf("%q is in it", secret)
		}
	}
}
