package timing_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/timing"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

const canary = "canary"

// client is one whose requests are noted.
func client(t *testing.T, r *timing.Recorder, road http.RoundTripper, base string, pace *rate.Limiter) *fisklapi.Client {
	t.Helper()
	c, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key("fsk_" + canary), BaseURL: base, Rate: -1, Pace: pace, Transport: r.Transport(road), Timeout: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// records answers every request with a record of that id, or with a list of one.
func records(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:])
	record := map[string]any{"id": id, "name": canary, "archived": false}
	if err != nil {
		_ = json.NewEncoder(w).Encode([]any{record})
		return
	}
	_ = json.NewEncoder(w).Encode(record)
}

func table(t *testing.T, r *timing.Recorder) string {
	t.Helper()
	var b strings.Builder
	if n, err := r.WriteTo(&b); err != nil || int(n) != b.Len() {
		t.Errorf("wrote %d of %d, %v", n, b.Len(), err)
	}
	return b.String()
}

// get reads a client; that it cannot be read matters to nobody here.
func get(ctx context.Context, c *fisklapi.Client, id string) {
	_, _ = c.Clients.Get(ctx, schemas.ClientRef{Client: id})
}

// TestTable finds for requests that follow one another, and for some side by
// side, when each began and what it waited for.
func TestTable(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := timing.New()
		api := func(w http.ResponseWriter, req *http.Request) {
			id, _ := strconv.Atoi(req.URL.Path[strings.LastIndex(req.URL.Path, "/")+1:])
			time.Sleep(time.Duration(id) * time.Millisecond) // of a clock that does not run
			records(w, req)
		}
		c := client(t, r, inprocess.Transport{Handler: http.HandlerFunc(api)}, "http://127.0.0.1", rate.NewLimiter(10, 2))
		r.Begin()
		time.Sleep(5 * time.Millisecond)
		get(t.Context(), c, "150")
		var side sync.WaitGroup
		for _, id := range []string{"100", "40"} {
			side.Go(func() { get(t.Context(), c, id) })
			synctest.Wait()
		}
		side.Wait()
		time.Sleep(time.Millisecond)
		r.Begin()
		r.End()
		time.Sleep(time.Hour)
		want := strings.TrimPrefix(`
#  BEGAN  AFTER  TURN  CONNECTION  FIRST BYTE  REST  TOTAL  REQUEST        STATUS
1  5.0    -      0.0   -           150.0       0.0   150.0  GET getClient  200
2  155.0  1      0.0   -           100.0       0.0   100.0  GET getClient  200
3  155.0  1      0.0   -           40.0        0.0   40.0   GET getClient  200
3 requests, 2 in sequence, 256.0 ms in all
`, "\n")
		if got := table(t, r); got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
	})
}

// TestTurn finds that the wait for the rate limit is told apart from the rest.
func TestTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := timing.New()
		c := client(t, r, inprocess.Transport{Handler: http.HandlerFunc(records)}, "http://127.0.0.1", rate.NewLimiter(2, 1))
		r.Begin()
		get(t.Context(), c, "1")
		get(t.Context(), c, "2")
		r.End()
		want := strings.TrimPrefix(`
#  BEGAN  AFTER  TURN   CONNECTION  FIRST BYTE  REST  TOTAL  REQUEST        STATUS
1  0.0    -      0.0    -           0.0         0.0   0.0    GET getClient  200
2  0.0    1      500.0  -           0.0         0.0   500.0  GET getClient  200
2 requests, 2 in sequence, 500.0 ms in all
`, "\n")
		if got := table(t, r); got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
	})
}

// TestNothing finds what is said of a call that asked for nothing.
func TestNothing(t *testing.T) {
	t.Parallel()
	r := timing.New()
	r.Begin()
	if got := table(t, r); !regexp.MustCompile(`^0 requests, 0 in sequence, \d+\.\d ms in all\n$`).MatchString(got) {
		t.Errorf("got %q", got)
	}
}

// TestOverConnections finds new connections and old ones, attempts that follow
// others, and answers that never came, and nothing of what was asked.
func TestOverConnections(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		switch {
		case asked.Add(1) == 2:
			w.WriteHeader(http.StatusServiceUnavailable)
		case req.Method == http.MethodPost:
			panic(http.ErrAbortHandler)
		default:
			records(w, req)
		}
	}))
	t.Cleanup(api.Close)
	r := timing.New()
	r.Begin()
	c := client(t, r, fisklapi.NewTransport(), api.URL, nil)
	get(t.Context(), c, "1")
	get(t.Context(), c, "5268")
	if _, err := c.Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: "another " + canary}}); err == nil {
		t.Error("a client was made without an answer")
	}
	r.End()
	got := table(t, r)
	for _, row := range []string{
		`1  \d+\.\d +- +0\.0 +\d+\.\d +\d+\.\d +\d+\.\d +\d+\.\d +GET getClient +200`,
		`2  \d+\.\d +1 +0\.0 +reused +\d+\.\d +\d+\.\d +\d+\.\d +GET getClient +503`,
		`3  \d+\.\d +2 +0\.0 +reused +\d+\.\d +\d+\.\d +\d+\.\d +GET getClient \(attempt 2\) +200`,
		`- +- +\d+\.\d +POST createClient +no answer`,
	} {
		if !regexp.MustCompile(row).MatchString(got) {
			t.Errorf("there is no %s in\n%s", row, got)
		}
	}
	for _, secret := range []string{canary, "5268", "fsk_", "127.0.0.1", "/v1"} {
		if strings.Contains(got, secret) {
			t.Errorf("%s is in\n%s", secret, got)
		}
	}
}

// broken takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("nobody reads") }

// TestBroken finds that a table that nobody takes is an error.
func TestBroken(t *testing.T) {
	t.Parallel()
	if _, err := timing.New().WriteTo(broken{}); err == nil {
		t.Error("no error")
	}
}
