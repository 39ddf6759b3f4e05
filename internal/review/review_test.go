package review_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/review"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func present() time.Time { return time.Date(2026, time.November, 22, 16, 0, 0, 0, time.UTC) }

// reviewer reviews the books of a sandbox with a key.
func reviewer(t *testing.T, key string, o sandbox.Options) review.Reviewer {
	t.Helper()
	o.Now = present
	return over(t, key, inprocess.Transport{Handler: sandbox.New(o)})
}

func over(t *testing.T, key string, road http.RoundTripper) review.Reviewer {
	t.Helper()
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(key), BaseURL: "http://127.0.0.1", Rate: -1, MinorUnits: fisklapi.Hundredths, Now: present,
		Transport: road,
	})
	if err != nil {
		t.Fatal(err)
	}
	return review.Reviewer{API: api}
}

// TestBadArguments refuses what makes no sense, and says what does.
func TestBadArguments(t *testing.T) {
	t.Parallel()
	r := reviewer(t, sandbox.KeyOwner, sandbox.Options{})
	for name, c := range map[string]struct {
		in   schemas.ReviewArgs
		says string
	}{
		"a period to come":      {schemas.ReviewArgs{Period: schemas.Period{Start: "2027-01-01", End: "2027-01-31"}}, "start begins on 2027-01-01, after today, 2026-11-22"},
		"ten years":             {schemas.ReviewArgs{Period: schemas.Period{Start: "2016-01-01", End: "2025-12-31"}}, "longer than a year"},
		"negative days":         {schemas.ReviewArgs{OverdueDays: -1}, "overdue_days is not a number of days from 1 to 3650"},
		"absurd days":           {schemas.ReviewArgs{OverdueDays: 1 << 40}, "overdue_days is not"},
		"a negative minimum":    {schemas.ReviewArgs{Minimum: "-1"}, "minimum is negative"},
		"signed off too early":  {schemas.ReviewArgs{SignedOff: "2026-10-30"}, "signed_off is before the period ends, 2026-10-31"},
		"signed off in future":  {schemas.ReviewArgs{SignedOff: "2026-11-23"}, "signed_off is after today, 2026-11-22"},
		"half a period":         {schemas.ReviewArgs{Period: schemas.Period{Start: "2026-10-01"}}, "end is missing"},
		"a period nobody knows": {schemas.ReviewArgs{Period: schemas.Period{Period: "the good old days"}}, "is not a period"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := r.Review(t.Context(), c.in); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}

// TestQuiet finds nothing in a company without history, nor before it began,
// and says which months were too few to judge by.
func TestQuiet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		o  sandbox.Options
		in schemas.ReviewArgs
	}{
		"nothing yet":         {sandbox.Options{Empty: true}, schemas.ReviewArgs{}},
		"before it began":     {sandbox.Options{Generated: true, Seed: 7}, schemas.ReviewArgs{Period: schemas.Period{Start: "2019-01-01", End: "2019-12-31"}}},
		"its first month":     {sandbox.Options{Generated: true, Seed: 7}, schemas.ReviewArgs{Period: schemas.Period{Start: "2024-12-01", End: "2024-12-31"}}},
		"the month under way": {sandbox.Options{Generated: true, Seed: 7}, schemas.ReviewArgs{Period: schemas.Period{Start: "2026-11-01", End: "2026-11-30"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := reviewer(t, sandbox.KeyOwner, c.o).Review(t.Context(), c.in)
			if err != nil || len(got.Findings) > 0 || got.Period == "" && got.Start == "" {
				t.Errorf("got %+v, %v", got, err)
			}
			if got.End > "2026-11-22" {
				t.Errorf("it is of days to come: %s", got.End)
			}
		})
	}
}

// TestUnread names each check that a credential may not make, and makes the
// rest.
func TestUnread(t *testing.T) {
	t.Parallel()
	got, err := reviewer(t, sandbox.KeyInvoiceOnly, sandbox.Options{}).Review(t.Context(), schemas.ReviewArgs{})
	if err != nil || got.Complete || len(got.Checks) < 4 || len(got.Checks)+len(got.Skipped) != 16 {
		t.Fatalf("got %+v, %v", got, err)
	}
	for _, s := range got.Skipped {
		if !strings.Contains(s.Reason, "permission") && s.Check != "changes after sign-off" {
			t.Errorf("%s: %s", s.Check, s.Reason)
		}
	}
	if _, err := reviewer(t, sandbox.KeyRevoked, sandbox.Options{}).Review(t.Context(), schemas.ReviewArgs{}); err == nil {
		t.Error("a revoked key reviewed the books")
	}
}

// TestSignedOff finds a late invoice of a closed month, and takes no payment for
// a change of it.
func TestSignedOff(t *testing.T) {
	t.Parallel()
	clean, err := reviewer(t, sandbox.KeyOwner, sandbox.Options{Generated: true, Seed: 3}).Review(t.Context(), schemas.ReviewArgs{SignedOff: "2026-11-01"})
	if err != nil || len(clean.Findings) > 0 || len(clean.Skipped) > 0 || !clean.Complete {
		t.Errorf("got %+v, %v", clean, err)
	}
}

// TestAttention shows the first findings with one record each.
func TestAttention(t *testing.T) {
	t.Parallel()
	r := reviewer(t, sandbox.KeyOwner, sandbox.Options{})
	all, err := r.Review(t.Context(), schemas.ReviewArgs{})
	if err != nil {
		t.Fatal(err)
	}
	few, err := r.Attention(t.Context())
	if err != nil || few.High+few.Medium+few.Low != all.Count || len(few.First) != 5 || few.First[0].What != all.Findings[0].What {
		t.Fatalf("got %+v, %v; want the first of %+v", few, err, all)
	}
	for _, f := range few.First {
		if len(f.Evidence) != 1 {
			t.Errorf("%d records of %s", len(f.Evidence), f.What)
		}
	}
	if few.Next != `review_books {"start":"2026-10-01","end":"2026-10-31"}` {
		t.Errorf("next is %s", few.Next)
	}
}

// TestMinimum leaves out what is smaller, and what has no amount stays.
func TestMinimum(t *testing.T) {
	t.Parallel()
	got, err := reviewer(t, sandbox.KeyOwner, sandbox.Options{}).Review(t.Context(), schemas.ReviewArgs{Minimum: "999999999"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range got.Findings {
		if f.Amount != "" {
			t.Errorf("%s of %s %s", f.What, f.Amount, f.Currency)
		}
	}
}

// counting counts the requests that it carries.
type counting struct {
	next http.RoundTripper
	sent atomic.Int64
}

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.sent.Add(1)
	return c.next.RoundTrip(r)
}

// TestRequests bounds what one review asks for.
func TestRequests(t *testing.T) {
	t.Parallel()
	c := &counting{next: inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present})}}
	if _, err := over(t, sandbox.KeyOwner, c).Review(t.Context(), schemas.ReviewArgs{}); err != nil || c.sent.Load() == 0 || c.sent.Load() > 25 {
		t.Errorf("%d requests, %v; want at most 25", c.sent.Load(), err)
	}
}
